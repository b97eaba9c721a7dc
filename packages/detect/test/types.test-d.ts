import type { Detections, Stage, VideoFrame } from '@deepffmpeg/core';
import { expectTypeOf, test } from 'vitest';
import { createObjectDetector, type Detector, openDetector } from '../src/index.js';

test('the parts fit together', () => {
  expectTypeOf(openDetector).returns.resolves.toEqualTypeOf<Detector>();
  expectTypeOf(createObjectDetector<'full'>).returns.toEqualTypeOf<Stage<VideoFrame<'full'>, Detections>>();
  // @ts-expect-error an unknown head
  void openDetector('x', { head: 'yolo' });
});
