import { join } from 'node:path';
import { type Picture, resizePicture } from '@deepffmpeg/core';
import { writePicture } from '@deepffmpeg/detect';
import { type Ffmpeg, findVideoStream } from '@deepffmpeg/ffmpeg-filters';
import { contactSheet, shotPictures, type TechnicalAnalysis } from '@deepffmpeg/technical';
import { openShotFolder } from './shot-folder.js';

/** More would be no sheet any more. */
const MOST_ON_SHEET = 400;
const SHEET_WIDTH = 320;

interface ShotImageSettings {
  /** Where files go, and what their names begin with. */
  readonly folder: string;
  readonly stem: string;
  readonly contactSheet: boolean;
  readonly shotPictures: boolean;
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
  { folder, stem, ffmpeg, signal, onWarning, ...wanted }: ShotImageSettings,
  mostOnSheet = MOST_ON_SHEET,
): Promise<string | undefined> {
  if (!wanted.shotPictures && !wanted.contactSheet) return undefined;
  const pictures = wanted.shotPictures
    ? await openShotFolder(join(folder, `${stem}_shots`), shots.length)
    : undefined;
  const small = smallSizeOf(info);
  // A sheet alone needs no more than small pictures.
  const size = wanted.shotPictures ? undefined : small;
  const onSheet: Picture[] = [];
  let number = 0;
  for await (const frame of shotPictures(path, shots, { source, info, ffmpeg, size, signal })) {
    number++;
    if (pictures) await writePicture(pictures.pathOf(number), frame);
    if (wanted.contactSheet && number <= mostOnSheet) onSheet.push(resizePicture(frame, small));
  }
  await pictures?.finish();
  if (wanted.contactSheet && number > mostOnSheet)
    onWarning(`the contact sheet shows the first ${mostOnSheet} of ${number} shots`);
  const sheet = contactSheet(onSheet);
  if (!sheet) return undefined;
  const sheetPath = join(folder, `${stem}_contact_sheet.jpg`);
  await writePicture(sheetPath, sheet);
  return sheetPath;
}

/** As the video is shown. */
function smallSizeOf(info: TechnicalAnalysis['metadata']['info']) {
  const { numerator, denominator } = findVideoStream(info)?.displayAspectRatio ?? {
    numerator: 16,
    denominator: 9,
  };
  return { width: SHEET_WIDTH, height: Math.max(1, Math.round((SHEET_WIDTH * denominator) / numerator)) };
}
