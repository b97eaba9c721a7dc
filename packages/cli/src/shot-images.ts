import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Picture } from '@deepffmpeg/core';
import { writePicture } from '@deepffmpeg/detect';
import type { Ffmpeg } from '@deepffmpeg/ffmpeg-filters';
import { contactSheet, shotPictures, type TechnicalAnalysis } from '@deepffmpeg/technical';

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
}

/**
 * Writes what shots look like: one sheet of them all, a picture of each, or both. Decodes the input again, for each of the two.
 *
 * @returns the path of the sheet, if one was made.
 */
export async function writeShotImages(
  path: string,
  { shots, metadata: { info } }: TechnicalAnalysis,
  { folder, stem, ffmpeg, signal, ...wanted }: ShotImageSettings,
): Promise<string | undefined> {
  if (wanted.shotPictures) {
    const place = join(folder, `${stem}_shots`);
    await mkdir(place, { recursive: true });
    let number = 1;
    for await (const frame of shotPictures(path, shots, { info, ffmpeg, signal }))
      await writePicture(frame, join(place, `${String(number++).padStart(4, '0')}.jpg`));
  }
  if (!wanted.contactSheet) return undefined;
  const small: Picture[] = [];
  const size = smallSizeOf(info);
  for await (const frame of shotPictures(path, shots.slice(0, MOST_ON_SHEET), { info, ffmpeg, size, signal }))
    small.push(frame);
  const sheet = contactSheet(small);
  if (!sheet) return undefined;
  const sheetPath = join(folder, `${stem}_contact_sheet.jpg`);
  await writePicture(sheet, sheetPath);
  return sheetPath;
}

/** As the video is shown. */
function smallSizeOf({ streams }: TechnicalAnalysis['metadata']['info']) {
  const video = streams.find((stream) => stream.type === 'video' && !stream.isAttachedPicture);
  const ratio = video?.type === 'video' ? video.displayAspectRatio : undefined;
  const { numerator, denominator } = ratio ?? { numerator: 16, denominator: 9 };
  return { width: SHEET_WIDTH, height: Math.max(1, Math.round((SHEET_WIDTH * denominator) / numerator)) };
}
