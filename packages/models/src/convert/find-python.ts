import { MediaError } from '@deepffmpeg/core';
import { runLines } from './run-lines.js';

/** The oldest that onnxruntime and numpy of the lock run on. */
const OLDEST = { major: 3, minor: 11 };

/** One line of JSON: version, and whether environments can be made. */
const PROBE = `
import importlib.util, json, sys
print(json.dumps([*sys.version_info[:2], all(map(importlib.util.find_spec, ("venv", "ensurepip")))]))
`;

/**
 * Finds a Python that can make environments: the one that was named, `DEEPFFMPEG_PYTHON`, else `python3`.
 *
 * @throws {MediaError} `ERR_CONVERSION` saying what is missing and how to get it; AbortError
 */
export async function findPython(named: string | undefined, signal?: AbortSignal): Promise<string> {
  const usual = process.platform === 'win32' ? 'python' : 'python3';
  const path = named ?? (process.env['DEEPFFMPEG_PYTHON'] || usual);
  const wanted = `Python ${OLDEST.major}.${OLDEST.minor} or newer`;
  const ways = 'install it, or name another with --python or DEEPFFMPEG_PYTHON';
  const fail = (problem: string, cause?: unknown) =>
    new MediaError('ERR_CONVERSION', `converting needs ${wanted}; ${problem}: ${ways}`, { cause });

  const lines: string[] = [];
  const end = await runLines(path, ['-E', '-s', '-c', PROBE], {
    signal,
    onLine: (line) => void lines.push(line),
  }).catch((cause: Error) => {
    throw cause.name === 'MediaError' ? fail(cause.message, cause) : cause;
  });
  const [, major, minor, hasVenv] = /^\[(\d+), (\d+), (true|false)\]$/.exec(lines[0] ?? '') ?? [];
  if (end.exitCode !== 0 || major === undefined || minor === undefined)
    throw fail(`${path} did not tell its version (${end.tail || lines[0] || 'it printed nothing'})`);
  if (Number(major) !== OLDEST.major || Number(minor) < OLDEST.minor)
    throw fail(`${path} is Python ${major}.${minor}`);
  if (hasVenv !== 'true')
    throw new MediaError(
      'ERR_CONVERSION',
      `${path} cannot make environments: install its venv module (on Debian and Ubuntu python3-venv), or name another Python ` +
        'with --python or DEEPFFMPEG_PYTHON',
    );
  return path;
}
