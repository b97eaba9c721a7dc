import { readlink, realpath } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/** As many as Linux follows, itself. */
const MOST_LINKS = 40;

/**
 * Where a path leads that need not exist: links are followed to the last, also one that points to what is not there yet.
 *
 * @throws Error of the file system, with code `ELOOP`, when links go round in a circle.
 */
export async function linkTarget(path: string): Promise<string> {
  let place = resolve(path);
  for (let i = 0; i <= MOST_LINKS; i++) {
    const target = await readlink(place).catch(() => undefined); // no link, most of the time
    if (target === undefined) return place;
    // The system takes `..` from where the folder is, not from where a link to it is.
    const folder = await realpath(dirname(place)).catch(() => dirname(place));
    place = resolve(folder, target);
  }
  throw Object.assign(new Error(`too many links from ${path}`), { code: 'ELOOP' });
}
