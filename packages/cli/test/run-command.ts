import { Readable, Writable } from 'node:stream';
import { runCli } from '../src/run-cli.js';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in this process. */
export async function runCommand(
  args: readonly string[],
  { stdin = Readable.from([]) as Readable, signal = new AbortController().signal, isTTY = false } = {},
): Promise<Ran> {
  const [stdout, stderr] = [new Collector(isTTY), new Collector(isTTY)];
  const code = await runCli(args, { stdin, stdout, stderr, signal });
  return { code, stdout: stdout.text, stderr: stderr.text };
}

class Collector extends Writable {
  text = '';
  readonly isTTY: boolean;

  constructor(isTTY: boolean) {
    super();
    this.isTTY = isTTY;
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void) {
    this.text += chunk;
    done();
  }
}
