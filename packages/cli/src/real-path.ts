import { realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

/** The one name of a file under all its names: links followed, as far as the path exists. */
export async function realPathOf(path: string): Promise<string> {
  const whole = resolve(path);
  const parent = dirname(whole);
  return realpath(whole).catch(async () =>
    parent === whole ? whole : join(await realPathOf(parent), basename(whole)),
  );
}
