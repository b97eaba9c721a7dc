import type { AudioSamples, Measurement, Scores, VideoFrame } from '@deepffmpeg/core';
import { expectTypeOf, test } from 'vitest';
import { type DecodePlan, decode } from '../src/index.js';

test('frames carry the names of the plan as literal types', () => {
  const one = decode('film.mp4', { frames: { sample: 'all' } });
  expectTypeOf(one).toEqualTypeOf<AsyncGenerator<VideoFrame<'frames'>, void, undefined>>();

  const named = decode('film.mp4', { frames: { tap: 'small', sample: { perSecond: 2 } } });
  expectTypeOf(named).toEqualTypeOf<AsyncGenerator<VideoFrame<'small'>, void, undefined>>();

  const two = decode('film.mp4', {
    frames: [
      { tap: 'small', sample: 'all', size: { shortestEdge: 224 } },
      { tap: 'large', sample: 'keyframes' },
    ],
  });
  type Frame = typeof two extends AsyncGenerator<infer F> ? F : never;
  expectTypeOf<Frame>().toEqualTypeOf<VideoFrame<'small'> | VideoFrame<'large'>>();

  const sound = decode('film.mp4', { audio: { sampleRate: 48_000 } });
  expectTypeOf(sound).toEqualTypeOf<AsyncGenerator<AudioSamples<'audio'>, void, undefined>>();

  const both = decode('film.mp4', { frames: { sample: 'all' }, audio: { tap: 'sound', sampleRate: 48_000 } });
  expectTypeOf(both).toEqualTypeOf<
    AsyncGenerator<VideoFrame<'frames'> | AudioSamples<'sound'>, void, undefined>
  >();

  const plan: DecodePlan = { frames: { sample: 'all' } };
  expectTypeOf(decode('film.mp4', plan)).toEqualTypeOf<
    AsyncGenerator<VideoFrame<string> | AudioSamples<string> | Measurement | Scores, void, undefined>
  >();

  const measured = decode('film.mp4', { measurements: [{ filter: 'scdet' }] });
  expectTypeOf(measured).toEqualTypeOf<AsyncGenerator<Measurement, void, undefined>>();

  // @ts-expect-error no filter that measures
  decode('film.mp4', { measurements: { filter: 'hflip' } });

  // @ts-expect-error a misspelt key beside a right one
  decode('film.mp4', { frames: { sample: 'all' }, audoi: { sampleRate: 48_000 } });

  // @ts-expect-error a sample is missing
  decode('film.mp4', { frames: { tap: 'a' } });
});
