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
process.stdout.on('error', () => {}); // a reader that went away, as `head` does
process.stderr.on('error', () => {});

const { stdin, stdout, stderr } = process;
process.exitCode = await runCli(process.argv.slice(2), { stdin, stdout, stderr, signal: controller.signal });
