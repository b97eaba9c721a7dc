import { abortErrorOf, isMediaError, MediaError } from '@deepffmpeg/core';
import { lateIndexError } from './exit-error.js';
import type { FfmpegLog } from './ffmpeg-log.js';
import type { FfmpegPlace } from './find-ffmpeg.js';
import { inputError } from './input-error.js';
import { asJpeg, type ResolvedInput } from './media-input.js';
import { type MediaProcess, type ProcessEnd, startProcess } from './media-process.js';
import { readHead } from './read-head.js';

/** What ffmpeg takes a large JPEG for, by the ending of its name alone: one of numbered pictures, which are not read. */
const TAKEN_FOR_NUMBERED = /\[image2\] Format not on whitelist/;

/**
 * Runs ffprobe and gives what `read` makes of its output. However the loop over it ends, ffprobe is gone afterwards.
 *
 * @throws AbortError
 * @throws {MediaError} `ERR_FFMPEG_MISSING` without ffprobe; `ERR_INPUT` with what ffprobe says of the input.
 */
export async function* readFfprobe<Item>(
  place: FfmpegPlace,
  input: ResolvedInput,
  args: readonly string[],
  signal: AbortSignal | undefined,
  read: (process: MediaProcess) => AsyncIterable<Item>,
): AsyncGenerator<Item, void, undefined> {
  try {
    yield* runFfprobe(place, input, args, signal, read);
  } catch (error) {
    const said = isMediaError(error) && error.cause instanceof Error ? error.cause.message : '';
    if (!TAKEN_FOR_NUMBERED.test(said) || !(await mayBeJpeg(input))) throw error;
    yield* runFfprobe(place, asJpeg(input), args, signal, read);
  }
}

/** Looks at the first bytes; what a server sends is left to the decoder. */
async function mayBeJpeg(input: ResolvedInput): Promise<boolean> {
  return input.kind !== 'file' || (await readHead(input.path, 3)).toString('hex') === 'ffd8ff';
}

async function* runFfprobe<Item>(
  place: FfmpegPlace,
  input: ResolvedInput,
  args: readonly string[],
  signal: AbortSignal | undefined,
  read: (process: MediaProcess) => AsyncIterable<Item>,
): AsyncGenerator<Item, void, undefined> {
  if (place.ffprobePath === undefined) throw noFfprobe(place.path);
  if (signal?.aborted) throw abortErrorOf(signal);
  const process = startProcess(
    place.ffprobePath,
    ['-hide_banner', '-loglevel', 'level+error', ...args, '-of', 'json=compact=1', ...input.args],
    { stdin: input.kind === 'stream' },
  );
  const stop = () => void process.stop();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    let held: readonly Item[] = []; // of an input that is refused there may be an empty object
    for await (const item of read(process)) {
      yield* held;
      held = [item];
    }
    checkEnd(await process.ended, input, process.log);
    yield* held;
  } catch (error) {
    if (signal?.aborted) throw abortErrorOf(signal);
    if (isMediaError(error)) throw error;
    process.stdout.destroy();
    // An input that cannot be opened leaves broken JSON behind: the exit status says more.
    checkEnd(await process.ended, input, process.log, error);
    throw error;
  } finally {
    signal?.removeEventListener('abort', stop);
    await process.stop();
  }
}

function checkEnd(
  { exitCode, signal }: ProcessEnd,
  input: ResolvedInput,
  log: FfmpegLog,
  cause?: unknown,
): void {
  if (signal !== undefined)
    throw new MediaError('ERR_FFMPEG_EXIT', `ffprobe was ended by ${signal}`, { cause });
  if (exitCode !== 0) throw refused(input, log, cause);
}

function noFfprobe(path: string): MediaError {
  return new MediaError(
    'ERR_FFMPEG_MISSING',
    `there is no ffprobe beside ${path} or on PATH, and without it nothing is known of an input: install a full ffmpeg, ` +
      'or name ffprobe in DEEPFFMPEG_FFPROBE',
  );
}

/** Turns what ffprobe printed into a message. */
function refused(input: ResolvedInput, log: FfmpegLog, cause?: unknown): MediaError {
  const { name } = input;
  if (input.kind === 'stream' && input.stream.isEmpty) return inputError(`${name} is empty`, cause);
  const said = log.tail.slice(-1500);
  const lateIndex = lateIndexError(input, said);
  if (lateIndex !== undefined) return lateIndex;
  const told = new Error(said, { cause });
  const [, format] = /\[([^\]]+)\] Format not on whitelist/.exec(said) ?? [];
  if (format !== undefined)
    return inputError(
      `${name} cannot be read as video or audio: its format, ${format}, is not among those that are read without asking: see the option formats`,
      told,
    );
  const hint = /whitelist/i.test(said)
    ? ' (an address in it is not among those that are read without asking: see the option formats)'
    : '';
  return inputError(
    `${name} cannot be read as video or audio${hint}: ${said || 'ffprobe says nothing'}`,
    told,
  );
}
