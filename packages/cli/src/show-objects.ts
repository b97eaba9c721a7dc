import { dirname, isAbsolute, relative, sep } from 'node:path';
import { MediaError, type VideoFrame } from '@deepffmpeg/core';
import { type OverlayStyle, writePicture } from '@deepffmpeg/detect';
import { isAddress, playVideo, shownName, writeVideo } from '@deepffmpeg/ffmpeg-filters';
import { isFolder } from './list-inputs.js';
import type { PerInputPaths } from './per-input-paths.js';
import { realPathOf } from './real-path.js';
import { requireFolder } from './require-folder.js';
import type { Say } from './say.js';
import { isPicture } from './sniff-input.js';

/** Flags of what is drawn. */
export interface DrawChoice extends Omit<OverlayStyle, 'confidence'> {
  /** `true` without a file: then it is played. */
  readonly visualization?: string | true;
  readonly play?: boolean;
  readonly audioStream?: number;
}

/** Whether objects are to be drawn. */
export const isDrawing = ({ visualization, play = false }: DrawChoice): boolean =>
  play || visualization !== undefined;

/** The path that drawings are written to, if they are written. @throws {MediaError} `ERR_INVALID_OPTIONS` */
export function drawingPath({ visualization, play = false }: DrawChoice): string | undefined {
  if (typeof visualization !== 'string') return undefined;
  if (play) throw new MediaError('ERR_INVALID_OPTIONS', 'give --visualization FILE or --play, not both');
  return visualization;
}

const VIDEO_ENDING = /\.(?:mp4|mkv|mov|webm)$/i;
const PICTURE_ENDING = /\.(?:png|jpe?g|webp)$/i;

interface DrawnInputs {
  /** As they were named, folders among them. */
  readonly named: readonly string[];
  readonly inputs: readonly string[];
  /** Whether there are several, or may be. */
  readonly isMany: boolean;
}

/**
 * Makes sure that drawings can go to a path before any work is done.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS` when its ending does not fit the input, files would stand among inputs, or there is no such
 * folder.
 */
export async function checkDrawingPath(path: string, { named, inputs, isMany }: DrawnInputs): Promise<void> {
  const [input = ''] = inputs;
  if (isMany || path.endsWith('/') || (await isFolder(path))) return refuseAmongInputs(path, named, inputs);
  // What stdin or an address holds is known when it is read.
  const isKnown = input !== '-' && !isAddress(input);
  if (isKnown || !PICTURE_ENDING.test(path)) refuseOtherEnding(path, isKnown && (await isPicture(input, {})));
  await requireFolder({ flag: '--visualization', path });
}

/** A folder is read with those inside it, so that a later run would take drawings below it for inputs. @throws {MediaError} `ERR_INVALID_OPTIONS` */
async function refuseAmongInputs(
  path: string,
  named: readonly string[],
  inputs: readonly string[],
): Promise<void> {
  const place = await realPathOf(path);
  const around = new Set(
    inputs.filter((input) => input !== '-' && !isAddress(input)).map((file) => dirname(file)),
  );
  for (const folder of around) if ((await realPathOf(folder)) === place) throw amongInputs(path);
  for (const folder of named)
    if ((await isFolder(folder)) && isWithin(place, await realPathOf(folder))) throw amongInputs(path);
}

const amongInputs = (path: string) =>
  new MediaError(
    'ERR_INVALID_OPTIONS',
    `--visualization ${path}: drawings would stand among the inputs, and be taken for some: name another folder`,
  );

/** Whether a place is a folder, or anywhere below it; both as of `realPathOf`. */
function isWithin(place: string, folder: string): boolean {
  const way = relative(folder, place);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way); // absolute: on another drive
}

/** @throws {MediaError} `ERR_INVALID_OPTIONS` */
function refuseOtherEnding(path: string, isStill: boolean): void {
  if (!(isStill ? PICTURE_ENDING : VIDEO_ENDING).test(path))
    throw new MediaError(
      'ERR_INVALID_OPTIONS',
      `--visualization ${path}: of ${isStill ? 'a picture the name must end in .png, .jpg or .webp' : 'a video the name must end in .mp4, .mkv, .mov or .webm'}`,
    );
}

interface ShowSettings {
  /** Where drawings go; played where there is none. */
  readonly paths: PerInputPaths | undefined;
  /** Whether the input is a picture, once the first frame is there. */
  readonly isStill: () => boolean;
  readonly audioStream: number | undefined;
  readonly say: Say;
  readonly signal: AbortSignal;
}

/**
 * Shows the drawn frames of an input: a picture as a picture, a video with the sound of the input; or in a window.
 * Where none comes there is nothing to show.
 */
export async function showObjects(
  input: string,
  frames: AsyncGenerator<VideoFrame, void, undefined>,
  { paths, isStill, audioStream, say, signal }: ShowSettings,
): Promise<void> {
  const first = await frames.next();
  if (first.done) return say.always(`${shownName(input)}: no frame was decoded, so nothing is drawn`);
  const all = startingWith(first.value, frames);
  if (!paths) {
    if (isStill())
      throw new MediaError(
        'ERR_INPUT',
        `${shownName(input)} is a picture: give --visualization FILE in place of --play`,
      );
    return playVideo(all, { signal });
  }
  const path = paths.pathFor(input, isStill() ? pictureEnding(input) : '.mp4');
  refuseOtherEnding(path, isStill());
  if (isStill()) return writePicture(path, first.value);
  if (input === '-')
    say.always(`stdin cannot be read a second time for its sound, with --spool or without: ${path} has none`);
  return writeVideo(path, all, { audioFrom: input === '-' ? undefined : input, audioStream, signal });
}

/** A photograph stays one. */
const pictureEnding = (input: string) => (/\.jpe?g$/i.test(input) ? '.jpg' : '.png');

/** Leaves the rest open when it is left early, as when a window is closed: others still work with it. */
async function* startingWith(
  first: VideoFrame,
  rest: AsyncGenerator<VideoFrame, void, undefined>,
): AsyncGenerator<VideoFrame, void, undefined> {
  yield first;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}
