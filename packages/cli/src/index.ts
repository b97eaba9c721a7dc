import { ExitCode } from './exit-code.js';
import { restoreTerminal } from './restore-terminal.js';
import { runCli } from './run-cli.js';

const controller = new AbortController();
const interrupt = (signal: NodeJS.Signals) => {
  // A second one does not wait for anything to be tidied up.
  if (controller.signal.aborted) {
    restoreTerminal(process.stderr);
    process.exit(130);
  }
  controller.abort(new DOMException(`stopped by ${signal}`, 'AbortError'));
};
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
