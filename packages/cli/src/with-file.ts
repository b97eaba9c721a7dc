import type { CliIo } from './cli-io.js';
import { spoolToFile } from './spool-to-file.js';

/** Hands stdin on as a file, since it is read more than once. */
export async function withFile<Result>(
  input: string,
  { stdin, signal }: CliIo,
  work: (path: string) => Promise<Result>,
): Promise<Result> {
  const spooled = input === '-' ? await spoolToFile(stdin, signal) : undefined;
  try {
    return await work(spooled?.path ?? input);
  } finally {
    await spooled?.remove();
  }
}
