import { type AudioSamples, type AudioWindow, createWindower, type Scores, through } from '@deepffmpeg/core';
import { expectTypeOf, test } from 'vitest';
import {
  createVoiceDetector,
  type OpenedVoiceModel,
  openVoiceModel,
  readWav,
  type Sound,
  soundShares,
  type VoiceModel,
  wavSamples,
  writeWav,
} from '../src/index.js';

declare const model: VoiceModel;
declare const window: AudioWindow;

test('the parts fit together', () => {
  expectTypeOf(readWav).returns.resolves.toEqualTypeOf<AudioSamples<'audio'>>();
  expectTypeOf<AudioSamples>().toExtend<Sound>();
  void writeWav('a.wav', window, { format: 'int16' });
  expectTypeOf(openVoiceModel).returns.resolves.toEqualTypeOf<OpenedVoiceModel>();
  expectTypeOf<OpenedVoiceModel>().toExtend<VoiceModel>();
  const scores = through(wavSamples(['a.wav']), createVoiceDetector({ model }));
  expectTypeOf(scores).toExtend<AsyncIterable<Scores>>();
  expectTypeOf(soundShares).parameter(0).toEqualTypeOf<Iterable<Scores>>();
  through(wavSamples(['a.wav']), createWindower({ windowSeconds: 10 }));
  // @ts-expect-error windows are no samples
  through([window], createVoiceDetector({ model }));
  // @ts-expect-error an unknown format
  void writeWav('a.wav', window, { format: 'int12' });
});
