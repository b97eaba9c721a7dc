import { removeUnfinished } from '@deepffmpeg/core';
import { ExitCode } from './exit-code.js';
import { restoreTerminal } from './restore-terminal.js';
import { runCli } from './run-cli.js';

/** What is still open this long after an interrupted run has ended, such as a pipe that nobody reads, never ends. */
const PATIENCE_MS = 500;

const controller = new AbortController();
let stoppedBy: NodeJS.Signals | undefined;
const interrupt = (signal: NodeJS.Signals) => {
  // A second one waits for nothing.
  if (stoppedBy !== undefined) return dieBy(signal);
  stoppedBy = signal;
  controller.abort(new DOMException(`stopped by ${signal}`, 'AbortError'));
};
/** Ends at once: `process.exit` would wait for native work, and for a pipe to open, maybe for ever. */
function dieBy(signal: NodeJS.Signals): void {
  removeUnfinished();
  restoreTerminal(process.stderr);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}
process.on('SIGINT', interrupt);
process.on('SIGTERM', interrupt);
process.on('SIGHUP', interrupt); // the terminal was closed
process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
  // A reader that went away, as `head` does; what is written to after that is gone.
  if (code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED') return;
  process.stderr.write(`error: cannot write to stdout: ${message}\n`);
  process.exitCode = ExitCode.failed; // files are written all the same
});
process.stderr.on('error', () => {});

const { stdin, stdout, stderr } = process;
const code = await runCli(process.argv.slice(2), { stdin, stdout, stderr, signal: controller.signal });
process.exitCode ??= code;
const by = stoppedBy as NodeJS.Signals | undefined; // by now it may be set
if (by !== undefined) setTimeout(() => dieBy(by), PATIENCE_MS).unref();
