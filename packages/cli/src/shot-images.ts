import { type Picture, resizePicture } from '@deepffmpeg/core';
import { writePicture } from '@deepffmpeg/detect';
import { type Ffmpeg, findVideoStream } from '@deepffmpeg/ffmpeg-filters';
import { contactSheet, shotPictures, type TechnicalAnalysis } from '@deepffmpeg/technical';
import { openShotFolder } from './shot-folder.js';

/** More would be no sheet any more. */
const MOST_ON_SHEET = 400;
/** Pixels of each picture on it, at most. */
const [MOST_WIDTH, MOST_HEIGHT] = [320, 640];

interface ShotImageSettings {
  /** Path of the sheet, if one is wanted. */
  readonly sheet: string | undefined;
  /** The folder of pictures, if they are wanted. */
  readonly pictures: string | undefined;
  readonly ffmpeg: Ffmpeg;
  readonly signal: AbortSignal;
  readonly onWarning: (message: string) => void;
}

/**
 * Writes what shots look like: one sheet of them all, a picture of each, or both. Decodes the input once more.
 *
 * @returns the path of the sheet, if one was made.
 */
export async function writeShotImages(
  path: string,
  { source, shots, metadata: { info } }: TechnicalAnalysis,
  { sheet, pictures, ffmpeg, signal, onWarning }: ShotImageSettings,
  mostOnSheet = MOST_ON_SHEET,
): Promise<string | undefined> {
  if (sheet === undefined && pictures === undefined) return undefined;
  const folder = pictures === undefined ? undefined : await openShotFolder(pictures, shots.length);
  const small = smallSizeOf(info);
  // A sheet alone needs no more than small pictures.
  const size = folder ? undefined : small;
  const onSheet: Picture[] = [];
  let number = 0;
  for await (const frame of shotPictures(path, shots, { source, info, ffmpeg, size, signal })) {
    number++;
    if (folder) await writePicture(folder.pathOf(number), frame);
    if (sheet !== undefined && number <= mostOnSheet) onSheet.push(resizePicture(frame, small));
  }
  await folder?.finish();
  if (sheet !== undefined && number > mostOnSheet)
    onWarning(`the contact sheet shows the first ${mostOnSheet} of ${number} shots`);
  const drawn = contactSheet(onSheet);
  if (sheet === undefined || !drawn) return undefined;
  await writePicture(sheet, drawn);
  return sheet;
}

/** Of the shape that the video is shown in. */
function smallSizeOf(info: TechnicalAnalysis['metadata']['info']) {
  const { numerator, denominator } = findVideoStream(info)?.displayAspectRatio ?? {
    numerator: 16,
    denominator: 9,
  };
  const width = Math.min(MOST_WIDTH, (MOST_HEIGHT * numerator) / denominator);
  const height = (width * denominator) / numerator;
  return { width: Math.max(1, Math.round(width)), height: Math.max(1, Math.round(height)) };
}
