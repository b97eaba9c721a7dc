import { collect } from '@deepffmpeg/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readPrintedFrames } from '../src/printed-frames.js';

async function* inPieces(text: string, size = text.length): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const read = async (text: string, size?: number) =>
  (await collect(readPrintedFrames(inPieces(text, size)))).map(({ printed, ...frame }) => ({
    ...frame,
    printed: Object.fromEntries(printed),
  }));

const text = [
  'frame:0    pts:-5      pts_time:-0.2',
  'lavfi.scd.mafd=1.5',
  'lavfi.scd.score=0.5',
  'frame:1    pts:NOPTS   pts_time:NOPTS',
  'frame:2    pts:123456789012 pts_time:1.2e+11',
  'lavfi.word=a=b',
  '',
].join('\n');
const frames = [
  { number: 0, pts: -5, printed: { 'lavfi.scd.mafd': '1.5', 'lavfi.scd.score': '0.5' } },
  { number: 1, pts: undefined, printed: {} },
  { number: 2, pts: 123456789012, printed: { 'lavfi.word': 'a=b' } },
];

test('gives the values of each frame with its time in ticks', async () => {
  expect(await read(text)).toEqual(frames);
  expect(await read('')).toEqual([]);
});

test('gives the same however the text is cut on its way', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: text.length }), async (size) => {
      expect(await read(text, size)).toEqual(frames);
    }),
  );
});

test('leaves out a frame whose last line was cut off', async () => {
  expect(await read(text.slice(0, -3))).toEqual(frames.slice(0, 2));
});

test.each([
  { title: 'a value before any frame', given: 'lavfi.a=1\n' },
  { title: 'a line that is no value', given: `${text}hello\n` },
  { title: 'a frame without number', given: 'frame:x pts:1 pts_time:1\n' },
  { title: 'a line without end', given: `${text}${'x'.repeat(1 << 21)}` },
  {
    title: 'values without end',
    given: `${text}${Array.from({ length: 10_001 }, (_, i) => `k${i}=1\n`).join('')}`,
  },
])('refuses $title', async ({ given }) => {
  await expect(read(given)).rejects.toMatchObject({ code: 'ERR_FFMPEG_EXIT' });
});
