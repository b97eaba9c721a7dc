import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parsePlan } from '../src/decode-plan.js';
import { parseSample, type Sample } from '../src/sample.js';

describe('parseSample', () => {
  test.each([
    ['all', 'all'],
    ['keyframes', 'keyframes'],
    [' auto ', 'auto'],
    ['1/s', { perSecond: 1 }],
    ['0.5/s', { perSecond: 0.5 }],
    ['every:8', { every: 8 }],
    ['scene:0.4', { sceneThreshold: 0.4 }],
    ['scene:0', { sceneThreshold: 0 }],
    ['at:1.5', { at: [1.5] }],
    ['at:20, 1.5,-3', { at: [20, 1.5, -3] }],
  ])('reads %s', (text, sample) => {
    expect(parseSample(text)).toEqual(sample);
  });

  test.each([
    ...[
      '',
      'ALL',
      '2',
      '0/s',
      '-1/s',
      '1001/s',
      'x/s',
      '/s',
      '1e9/s',
      'every:0',
      'every:1.5',
      'every:',
      'every:0x8',
    ],
    ...['scene:2', 'scene:-0.1', 'scene:', 'at:', 'at:1,,2', 'at:1;2', 'at:NaN', 'at:Infinity', 'keyframe'],
  ])('refuses %j', (text) => {
    expect(() => parseSample(text)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_OPTIONS' }));
  });

  test('names what was given and what may be', () => {
    expect(() => parseSample('2 fps')).toThrow(/"2 fps".*N\/s.*every:N.*scene:T.*at:T1,T2/);
  });

  test('reads back any list of times', () => {
    const time = fc.integer({ min: -1e9, max: 1e9 }).map((ms) => ms / 1000);
    fc.assert(
      fc.property(fc.array(time, { minLength: 1, maxLength: 50 }), (at) => {
        expect(parseSample(`at:${at.map(String).join(',')}`)).toEqual({ at });
      }),
    );
  });
});

test('a plan with another sample names all forms, what came, and who reads words', () => {
  const message =
    /^frames: sample: expected 'all',.*\{ perSecond: 2 \}.*\{ at: .*, got '2\/s'; parseSample\('2\/s'\) reads/;
  // As plain JavaScript may.
  expect(() => parsePlan({ frames: { sample: '2/s' as Sample } })).toThrow(message);
});
