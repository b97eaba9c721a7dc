import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, test } from 'vitest';

const { DEEPFFMPEG_SHARED } = process.env;

/** The folder of reference data and real models, which is not part of the project; absent on most machines. */
export const sharedFolder: string | undefined = [
  DEEPFFMPEG_SHARED,
  fileURLToPath(new URL('../../../../shared', import.meta.url)),
].find((folder) => folder && existsSync(folder));

/** Groups tests that need the shared folder; where there is none, they are skipped and say why. */
export function describeWithShared(title: string, define: (shared: string) => void): void {
  if (sharedFolder !== undefined) {
    const folder = sharedFolder;
    describe(title, () => define(folder));
    return;
  }
  const reason = 'there is no folder of shared test material; DEEPFFMPEG_SHARED may name one';
  console.info(`skipped: ${title} (${reason})`);
  test.skip(`${title} (${reason})`, () => {});
}
