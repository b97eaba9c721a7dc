import { CommanderError } from 'commander';
import type { CliIo } from './cli-io.js';
import { createProgram } from './create-program.js';
import { ExitCode, exitCodeOf } from './exit-code.js';
import { isThere } from './is-there.js';
import { messageText, terminalText } from './terminal-text.js';

/** Runs one command line, without program and script name. Never rejects: what went wrong is told on `stderr`. */
export async function runCli(args: readonly string[], io: CliIo): Promise<ExitCode> {
  let code: ExitCode = ExitCode.done;
  const program = createProgram(io, (result) => {
    code = result;
  });
  try {
    // The original's name for it; commander gives help one long flag only.
    const known = args.map((arg) => (arg === '--usage' ? '--help' : arg));
    await program.parseAsync(known, { from: 'user' });
    return code;
  } catch (error) {
    // Commander has told it already, be it help or a mistake.
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return ExitCode.done;
      const file = await findFlagLike(args);
      if (file !== undefined) io.stderr.write(`${messageText(`(the file ${file} is named as ./${file})`)}\n`);
      return ExitCode.usage;
    }
    const failure = io.signal.aborted ? ExitCode.interrupted : exitCodeOf(error);
    io.stderr.write(failure === ExitCode.interrupted ? 'interrupted\n' : `${describe(error)}\n`);
    return failure;
  }
}

/** A file whose name begins as a flag does, which `*` of a shell may have put among the inputs. */
async function findFlagLike(args: readonly string[]): Promise<string | undefined> {
  for (const arg of args) if (/^-./.test(arg) && (await isThere(arg))) return arg;
  return undefined;
}

/** The error's message; the stack too for what is none of ours, since that is a bug. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return terminalText(`error: ${error}`);
  if (error.name === 'MediaError') return messageText(`error: ${error.message}`);
  return (error.stack ?? error.message).split('\n').map(terminalText).join('\n');
}
