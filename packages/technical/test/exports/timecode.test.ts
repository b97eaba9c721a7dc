import { readFileSync } from 'node:fs';
import type { Rational } from '@deepffmpeg/ffmpeg-filters';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canDropFrames, formatTimecode, parseTimecode, timecodeBase } from '../../src/exports/timecode.js';
import { goldenFolder } from './film-of-case.js';

const RATES: readonly Rational[] = [
  { numerator: 24_000, denominator: 1001 },
  { numerator: 25, denominator: 1 },
  { numerator: 30, denominator: 1 },
  { numerator: 30_000, denominator: 1001 },
  { numerator: 60_000, denominator: 1001 },
];

const { timecodes }: { timecodes: Record<string, Record<string, string>> } = JSON.parse(
  readFileSync(new URL('read-back.json', goldenFolder), 'utf8'),
);

describe.each(Object.entries(timecodes))('at %s', (name, codes) => {
  const [, numerator, denominator = 1, drops] = /^(\d+)(?:\/(\d+))? (drop)?/.exec(name) ?? [];
  const base = timecodeBase(
    { numerator: Number(numerator), denominator: Number(denominator) },
    drops !== undefined,
  );

  test('codes are those of OpenTimelineIO', () => {
    expect(Object.keys(codes).length).toBeGreaterThan(50);
    for (const [frame, code] of Object.entries(codes)) expect(formatTimecode(Number(frame), base)).toBe(code);
  });

  test('parsing undoes formatting, for a day', () => {
    const day = parseTimecode(formatTimecode(-1 + framesOfDay(base), base), base);
    expect(day).toBe(framesOfDay(base) - 1);
    expect(formatTimecode(framesOfDay(base), base)).toBe(formatTimecode(0, base));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: framesOfDay(base) - 1 }), (frame) => {
        expect(parseTimecode(formatTimecode(frame, base), base)).toBe(frame);
      }),
    );
  });
});

function framesOfDay({ fps, dropped }: { readonly fps: number; readonly dropped: number }): number {
  return 24 * (3600 * fps - 54 * dropped);
}

test('numbers are dropped at 29.97 and 59.94 only', () => {
  expect(RATES.map(canDropFrames)).toEqual([false, false, false, true, true]);
});

test('a drop-frame code keeps up with the clock', () => {
  const rate = { numerator: 30_000, denominator: 1001 };
  const hour = Math.round(3600 * (30_000 / 1001));
  expect(formatTimecode(hour, timecodeBase(rate, true))).toBe('01:00:00;00');
  expect(formatTimecode(hour, timecodeBase(rate, false))).toBe('00:59:56:12');
});

test.each([
  ...['', '1:00:00:00', '00:60:00:00', '00:00:60:00', '00:00:00:30', '00:01:00;01', 'aa:00:00:00'],
  ...['00:00:00:00 ', '00:00:00.00', '00:00:00', '-0:00:00:00'],
])('%j is no code at 29.97 that drops', (text) => {
  expect(parseTimecode(text, { fps: 30, dropped: 2 })).toBeUndefined();
});
