import type { EncodedLabelSet, Picture, VideoFrame } from '@deepffmpeg/core';
import { encodeLabels, type TextModel } from '@deepffmpeg/models';
import { expectTypeOf, test } from 'vitest';
import { type ClipModel, type ImageTower, openClip, readPicture, stills } from '../src/index.js';

test('the parts fit together', () => {
  expectTypeOf<ClipModel>().toExtend<ImageTower>();
  expectTypeOf<ClipModel>().toExtend<TextModel>();
  expectTypeOf(openClip).returns.resolves.toEqualTypeOf<ClipModel>();
  expectTypeOf(encodeLabels).returns.resolves.toEqualTypeOf<EncodedLabelSet>();
  expectTypeOf(readPicture).returns.resolves.toEqualTypeOf<Picture>();
  expectTypeOf(stills).returns.toExtend<AsyncIterable<VideoFrame<'still'>>>();
  // @ts-expect-error an unknown option
  void openClip('x', { threds: 1 });
});
