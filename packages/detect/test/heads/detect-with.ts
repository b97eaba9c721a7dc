import { join } from 'node:path';
import type { Picture } from '@deepffmpeg/core';
import { type MadeDetector, makeDetectorFile, makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { type DetectorOptions, openDetector } from '../../src/index.js';

/** A grey picture. */
export const grey = (value: number, width = 32, height = 32): Picture => ({
  width,
  height,
  data: new Uint8Array(width * height * 3).fill(value),
});

/** Opens a made model for as long as `pictures` take, and gives what it finds, rounded to 4 digits. */
export async function detectWith(
  made: MadeDetector,
  options: DetectorOptions,
  pictures: readonly Picture[] = [grey(0)],
) {
  const folder = await makeTemporaryFolder();
  const path = await makeDetectorFile(join(folder, 'made.onnx'), made);
  const model = await openDetector(path, { labels: ['a', 'b'], cacheFolder: folder, ...options });
  try {
    const found = await model.detect(pictures);
    return found.map((objects) =>
      objects.map(({ label, confidence, region: { x, y, width, height } }) => ({
        label,
        confidence: round(confidence),
        box: [x, y, width, height].map(round),
      })),
    );
  } finally {
    await model.close();
  }
}

const round = (value: number) => Math.round(value * 1e4) / 1e4;
