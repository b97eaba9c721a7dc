import { collect, type Shot, through, type VideoFrame } from '@deepffmpeg/core';
import type { VideoStreamInfo } from '@deepffmpeg/ffmpeg-filters';
import { testStageContract } from '@deepffmpeg/test-kit';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { createThumbnailer, type ThumbnailChunk, thumbnailFrames } from '../../src/index.js';
import { frameAt, shotsOf } from './make-media.js';

const frames = (count: number) => Array.from({ length: count }, (_, i) => frameAt(i / 6, i));
const thumbnailsOf = async (chunks: readonly (VideoFrame | Shot)[], quality?: number) =>
  (await collect(through(chunks, createThumbnailer({ quality })))) as ThumbnailChunk[];

testStageContract('createThumbnailer', {
  holds: Number.POSITIVE_INFINITY, // until a shot is known
  steps: [],
  chunks: frames,
  create: (options) => createThumbnailer(options),
});

test('makes a JPEG of the middle of each shot', async () => {
  const thumbnails = await thumbnailsOf([...frames(30), ...shotsOf([2, 3])]);
  expect(thumbnails).toMatchObject([
    { type: 'shot-thumbnail', source: 'made', shot: 0, timestamp: 1, width: 16, height: 8 },
    { type: 'shot-thumbnail', source: 'made', shot: 1, timestamp: 3.5, width: 16, height: 8 },
  ]);
  for (const [i, { jpeg }] of thumbnails.entries()) {
    const { format, width, height } = await sharp(jpeg).metadata();
    expect({ format, width, height }).toEqual({ format: 'jpeg', width: 16, height: 8 });
    const { channels } = await sharp(jpeg).stats();
    expect(channels[0]?.mean).toBeCloseTo([6, 21][i] ?? 0, -0.5);
  }
});

test('quality is what JPEG makes of it', async () => {
  const data = Uint8Array.from({ length: 16 * 8 * 3 }, (_, i) => (i * 37) % 256);
  const chunks = [frameAt(0, 0, { data }), ...shotsOf([1])];
  const [[poor], [fine]] = await Promise.all([thumbnailsOf(chunks, 5), thumbnailsOf(chunks, 95)]);
  expect(poor?.jpeg.length).toBeLessThan(fine?.jpeg.length ?? 0);
  expect(() => createThumbnailer({ quality: 0 })).toThrow(/quality/);
});

test.each([
  [1280, 720, { numerator: 16, denominator: 9 }, { width: 320, height: 180 }],
  [720, 576, { numerator: 16, denominator: 9 }, { width: 320, height: 180 }],
  [1080, 1920, { numerator: 9, denominator: 16 }, { width: 180, height: 320 }],
  [1920, 1080, { numerator: 9, denominator: 16 }, { width: 180, height: 320 }], // turned
  [64, 48, undefined, { width: 64, height: 48 }],
  [4000, 2, undefined, { width: 320, height: 1 }],
])('asks for small frames in shape: %i x %i', (width, height, displayAspectRatio, size) => {
  const stream = { width, height, displayAspectRatio } as VideoStreamInfo; // what it looks at
  expect(thumbnailFrames(stream)).toMatchObject({ tap: 'thumbnails', size });
});
