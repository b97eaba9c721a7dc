import { expect, test } from 'vitest';
import { type Anchor, mergeSettings } from '../src/detector-settings.js';

const anchors: readonly Anchor[] = [[81, 82]];

test('options go before the file, and anchors name a head where neither does', () => {
  expect(mergeSettings({ anchors }, { head: 'yolov3' })).toEqual({ anchors, head: 'yolov3' });
  expect(mergeSettings({ head: 'yolov4', anchors }, { head: 'yolov3' })).toMatchObject({ head: 'yolov4' });
  expect(mergeSettings({ anchors }, undefined)).toEqual({ anchors, head: 'yolov4' });
  expect(mergeSettings({ head: undefined }, undefined)).toEqual({});
});

test.each([{ anchors }, { scaleXY: [1.05] }])(
  '%j are refused with a head that has no use for them',
  (idle) => {
    expect(() => mergeSettings({ head: 'yolox', ...idle }, undefined)).toThrow(
      /is of the heads yolov4 and yolov3, and the head is yolox/,
    );
  },
);
