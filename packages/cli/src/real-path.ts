import { realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { linkTarget } from '@deepffmpeg/core';

/** The one name of a file under all its names: links followed, as far as the path exists, and to where a file would be made. */
export async function realPathOf(path: string): Promise<string> {
  const whole = await linkTarget(path).catch(() => resolve(path)); // links in a circle lead nowhere
  const parent = dirname(whole);
  return realpath(whole).catch(async () =>
    parent === whole ? whole : join(await realPathOf(parent), basename(whole)),
  );
}
