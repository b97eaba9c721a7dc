import { describe, expect, test } from 'vitest';
import { TapReader } from '../src/tap-reader.js';

const size = { width: 2, height: 1 };
const data = new Uint8Array(6);

function framesOf(
  sample: ConstructorParameters<typeof TapReader>[0]['sample'],
  times: readonly number[],
  end: number,
) {
  const reader = new TapReader(
    { tap: 'a', sample, size: undefined, crop: undefined, scaling: 'exact' as const },
    'film',
    size,
  );
  const frames = [...times.map((time) => reader.take(time, data)), reader.finish(end)];
  return frames.flatMap((frame) => (frame === undefined ? [] : [frame]));
}

describe('TapReader', () => {
  test('gives each frame once, lasting until the next', () => {
    const frames = framesOf('all', [1, 1.5, 4], 5);
    expect(
      frames.map(({ index, timestamp, durationSeconds }) => [index, timestamp, durationSeconds]),
    ).toEqual([
      [0, 1, 0.5],
      [1, 1.5, 2.5],
      [2, 4, 1],
    ]);
    expect(frames[0]).toMatchObject({
      type: 'video-frame',
      source: 'film',
      tap: 'a',
      width: 2,
      height: 1,
      data,
    });
  });

  test.each([
    { sample: { at: [2.5, 8.5] }, times: [0, 2.501, 6.4, 8.52], wanted: [2.501, 8.52] },
    { sample: { perSecond: 1 }, times: [0, 1.02, 6, 6.4, 7.04], wanted: [0, 1.02, 6, 7.04] },
  ])('leaves out what nobody asked for: $sample', ({ sample, times, wanted }) => {
    // As when the size of the pictures changes at 6.4 s: ffmpeg begins anew, with a frame that it writes in any case.
    expect(framesOf(sample, times, 10).map(({ timestamp }) => timestamp)).toEqual(wanted);
  });

  test('gives nothing when nothing came', () => {
    expect(framesOf('all', [], 5)).toEqual([]);
  });

  test('leaves out the first frame of a video where the plan does not want it', () => {
    expect(framesOf({ sceneThreshold: 0.1 }, [0, 3], 5)).toHaveLength(1);
    expect(framesOf({ at: [2] }, [0, 3], 5)).toHaveLength(1);
    expect(framesOf({ at: [0, 2] }, [0, 3], 5)).toHaveLength(2);
  });

  test('is done when the last of the times has come', () => {
    const reader = new TapReader(
      { tap: 'a', sample: { at: [2, 1] }, size: undefined, crop: undefined, scaling: 'exact' as const },
      'film',
      size,
    );
    reader.take(1, data);
    expect(reader.isDone).toBe(false);
    reader.take(1.9995, data); // people copy times with three decimals
    expect(reader.isDone).toBe(true);
  });

  test('refuses a frame of another size', () => {
    const reader = new TapReader(
      { tap: 'a', sample: 'all', size: undefined, crop: undefined, scaling: 'exact' as const },
      'film',
      size,
    );
    expect(() => reader.take(0, new Uint8Array(7))).toThrow(
      expect.objectContaining({ code: 'ERR_FFMPEG_EXIT' }),
    );
  });
});
