import { testStageContract } from '@deepffmpeg/test-kit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AudioSamples, collect, createWindower, through, type WindowerOptions } from '../src/index.js';

const RATE = 100;

/** Samples that count from `first` on; the time follows from that unless it is given. */
function block(first: number, length: number, timestamp = first / RATE): AudioSamples {
  const data = Float32Array.from({ length }, (_, i) => first + i);
  const durationSeconds = length / RATE;
  return {
    type: 'audio-samples',
    source: 'made',
    tap: 'audio',
    timestamp,
    durationSeconds,
    sampleRate: RATE,
    data,
  };
}

const cut = (blocks: readonly AudioSamples[], options: WindowerOptions) =>
  collect(through(blocks, createWindower(options)));

const edges = ({ timestamp, data }: { timestamp: number; data: Float32Array }) => [
  timestamp,
  data[0],
  data.at(-1),
  data.length,
];

testStageContract('createWindower', {
  create: (options) => createWindower({ windowSeconds: 1, ...options }),
  chunks: (count) => Array.from({ length: count }, (_, i) => block(i * RATE, RATE)),
  steps: [],
  holds: 1,
});

describe('createWindower', () => {
  test('cuts sound into windows that touch', async () => {
    const windows = await cut([block(0, 250), block(250, 150)], { windowSeconds: 2 });
    expect(windows.map(edges)).toEqual([
      [0, 0, 199, 200],
      [2, 200, 399, 200],
    ]);
    expect(windows[1]).toMatchObject({
      type: 'audio-window',
      source: 'made',
      tap: 'audio',
      index: 1,
      durationSeconds: 2,
      sampleRate: RATE,
    });
  });

  test('gives what is left as a shorter window', async () => {
    const windows = await cut([block(0, 230)], { windowSeconds: 1 });
    expect(windows.map(({ durationSeconds }) => durationSeconds)).toEqual([1, 1, 0.3]);
    expect(windows.at(-1)?.data).toHaveLength(30);
  });

  test('lets a last moment be heard with what was before it', async () => {
    const windows = await cut([block(0, 205)], { windowSeconds: 1 });
    expect(windows.map(edges)).toEqual([
      [0, 0, 99, 100],
      [1, 100, 199, 100],
      [2, 105, 204, 100],
    ]);
    expect(windows.at(-1)?.durationSeconds).toBe(0.05);
    // With nothing before it, or a gap, there is only itself.
    expect((await cut([block(0, 5)], { windowSeconds: 1 })).map(edges)).toEqual([[0, 0, 4, 5]]);
    const behindGap = await cut([block(0, 100), block(100, 5, 9)], { windowSeconds: 1 });
    expect(behindGap.map(edges).at(-1)).toEqual([9, 100, 104, 5]);
  });

  test('begins at the first sample, however late', async () => {
    expect((await cut([block(0, 100, 7.25)], { windowSeconds: 1 })).map(edges)).toEqual([[7.25, 0, 99, 100]]);
  });

  test('lets windows overlap, and gives no window that adds nothing', async () => {
    const windows = await cut([block(0, 200)], { windowSeconds: 1, hopSeconds: 0.5 });
    expect(windows.map(edges)).toEqual([
      [0, 0, 99, 100],
      [0.5, 50, 149, 100],
      [1, 100, 199, 100],
    ]);
    const more = await cut([block(0, 220)], { windowSeconds: 1, hopSeconds: 0.5 });
    expect(more.map(edges).at(-1)).toEqual([1.5, 150, 219, 70]);
  });

  test('leaves sound out between windows that are further apart', async () => {
    const windows = await cut([block(0, 120), block(120, 180)], { windowSeconds: 0.5, hopSeconds: 1 });
    expect(windows.map(edges)).toEqual([
      [0, 0, 49, 50],
      [1, 100, 149, 50],
      [2, 200, 249, 50],
    ]);
  });

  test('hears a short gap as silence, so that what follows keeps its place', async () => {
    const [window] = await cut([block(1, 50, 0), block(51, 50, 0.7)], { windowSeconds: 2 });
    expect(window?.data).toHaveLength(120);
    expect([...(window?.data.subarray(48, 72) ?? [])]).toEqual([49, 50, ...Array(20).fill(0), 51, 52]);
  });

  test('hears a gap of half a second as silence, whatever rounding makes of it', async () => {
    for (let first = 0; first < 50; first++) {
      const blocks = [block(0, 100, first / 10), block(100, 50, (first + 15) / 10)];
      expect(await cut(blocks, { windowSeconds: 3 })).toMatchObject([{ data: { length: 200 } }]);
    }
  });

  test.each([
    { title: 'a long gap', timestamp: 10 },
    { title: 'time that runs back by much', timestamp: 0.2 },
  ])('begins anew after $title', async ({ timestamp }) => {
    const windows = await cut([block(0, 150), block(150, 150, timestamp)], { windowSeconds: 1 });
    expect(windows.map(edges)).toEqual([
      [0, 0, 99, 100],
      [1, 100, 149, 50],
      [timestamp, 150, 249, 100],
      [timestamp + 1, 250, 299, 50],
    ]);
  });

  test('takes the rounding of container clocks for no gap', async () => {
    const blocks = Array.from({ length: 30 }, (_, i) =>
      block(i * 10, 10, i / 10 + (i % 2 ? 0.0005 : -0.0005)),
    );
    const windows = await cut(blocks, { windowSeconds: 1 });
    expect(windows.map(({ data }) => data.length)).toEqual([100, 100, 100]);
    expect(windows.map(({ timestamp }) => timestamp)).toEqual([-0.0005, 0.9995, 1.9995]);
  });

  test('tells times without the dust of computing in seconds', async () => {
    const blocks = Array.from({ length: 40 }, (_, i) => block(i * 10, 10, 0.03 + i * 0.1));
    const windows = await cut(blocks, { windowSeconds: 1, hopSeconds: 0.35 });
    expect(windows.map(({ timestamp }) => timestamp)).toEqual([
      0.03, 0.38, 0.73, 1.08, 1.43, 1.78, 2.13, 2.48, 2.83, 3.18,
    ]);
  });

  test('goes on where time runs back by little', async () => {
    const windows = await cut([block(0, 150), block(150, 150, 1.45)], { windowSeconds: 1 });
    expect(windows.map(edges)).toEqual([
      [0, 0, 99, 100],
      [1, 100, 199, 100],
      [1.95, 200, 299, 100],
    ]);
  });

  test.each([{ hopSeconds: 1 }, { hopSeconds: 0.5 }, { hopSeconds: 2 }])(
    'follows a clock that drifts, %j',
    async ({ hopSeconds }) => {
      // Blocks of 0.1 s that the clock counts as 0.1001 s.
      const blocks = Array.from({ length: 5000 }, (_, i) => block(i * 10, 10, i * 0.1001));
      for (const { timestamp, data } of await cut(blocks, { windowSeconds: 1, hopSeconds }))
        expect(Math.abs(timestamp - (data[0]! / 10) * 0.1001)).toBeLessThan(0.01);
    },
  );

  test('gives nothing for no sound, and for blocks without a sample', async () => {
    expect(await cut([], { windowSeconds: 1 })).toEqual([]);
    expect(await cut([block(0, 0)], { windowSeconds: 1 })).toEqual([]);
  });

  test('keeps inputs and taps apart', async () => {
    const other: AudioSamples = { ...block(0, 60), source: 'other' };
    const windows = await cut([block(0, 60), other, { ...block(0, 30), tap: 'b' }], { windowSeconds: 1 });
    expect(windows.map(({ source, tap, data }) => [source, tap, data.length])).toEqual([
      ['made', 'audio', 60],
      ['other', 'audio', 60],
      ['made', 'b', 30],
    ]);
  });

  test('takes one tap only, if told', async () => {
    const blocks = [block(0, 100), { ...block(0, 100), tap: 'b' }];
    const out = await collect(through(blocks, createWindower({ windowSeconds: 1, tap: 'b' })));
    expect(out.map(({ type, tap }) => [type, tap])).toEqual([
      ['audio-samples', 'audio'],
      ['audio-window', 'b'],
    ]);
  });

  test('gives the same windows however the sound was cut into blocks', async () => {
    const cuts = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 15 });
    await fc.assert(
      fc.asyncProperty(
        cuts,
        fc.integer({ min: 1, max: 90 }),
        fc.integer({ min: 1, max: 90 }),
        async (lengths, window, hop) => {
          const total = lengths.reduce((sum, length) => sum + length, 0);
          let first = 0;
          const blocks = lengths.map((length) => {
            first += length;
            return block(first - length, length);
          });
          const options = { windowSeconds: window / RATE, hopSeconds: hop / RATE };
          const windows = await cut(blocks, options);
          const whole = await cut([block(0, total)], options);
          expect(windows.map(({ data }) => [...data])).toEqual(whole.map(({ data }) => [...data]));
          windows.forEach(({ timestamp, data }, i) => {
            const isMoment =
              i > 0 && i === windows.length - 1 && hop === window && total - i * hop < 0.1 * window;
            expect(data[0]).toBe(isMoment ? total - window : i * hop);
            expect(timestamp).toBe((i * hop) / RATE);
          });
          if (hop <= window) expect(windows.at(-1)?.data.at(-1) ?? -1).toBe(total - 1); // no sample goes unheard
        },
      ),
      { numRuns: 100 },
    );
  });

  test('holds no whole window of an input that is far shorter', async () => {
    const windower = createWindower({ windowSeconds: 3600 });
    const before = process.memoryUsage().arrayBuffers;
    const inputs = Array.from({ length: 500 }, (_, i) => ({ ...block(0, 100), source: `${i}.wav` }));
    for (const input of inputs) windower.write(input);
    await new Promise(setImmediate);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50e6); // 500 windows are 720 MB
    windower.destroy();
  });

  test('gives the last window of an input with its last block, and forgets the input', async () => {
    const first = { ...block(0, 150), isLast: true };
    const windows = await cut([first, { ...block(0, 100), source: 'other' }], { windowSeconds: 1 });
    expect(windows.map((window) => [window.source, ...edges(window)])).toEqual([
      ['made', 0, 0, 99, 100],
      ['made', 1, 100, 149, 50],
      ['other', 0, 0, 99, 100],
    ]);
    const twice = await cut([first, block(0, 20)], { windowSeconds: 1 });
    expect(twice.map(({ index }) => index)).toEqual([0, 1, 0]);
  });

  test('is ended by an abort while a window is half full, and gives nothing of it', async () => {
    const controller = new AbortController();
    async function* source() {
      yield block(0, 150);
      controller.abort();
      yield block(150, 30);
    }
    const windows: unknown[] = [];
    const reading = async () => {
      const { signal } = controller;
      for await (const window of through(source(), createWindower({ windowSeconds: 1, signal })))
        windows.push(window);
    };
    await expect(reading()).rejects.toMatchObject({ name: 'AbortError' });
    expect(windows.length).toBeLessThanOrEqual(1);
  });

  test.each([
    { windowSeconds: 0 },
    { windowSeconds: -1 },
    { windowSeconds: 1, hopSeconds: 0 },
    { windowSeconds: Number.NaN },
  ])('refuses %j at once', (options) => {
    expect(() => createWindower(options)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_OPTIONS' }));
  });

  test('refuses a window shorter than a sample, and a sample rate that changes', async () => {
    await expect(cut([block(0, 10)], { windowSeconds: 0.001 })).rejects.toThrow(
      /shorter than a sample at 100 Hz/,
    );
    const other = { ...block(10, 10), sampleRate: 200 };
    await expect(cut([block(0, 10), other], { windowSeconds: 1 })).rejects.toThrow(
      /change from 100 to 200 Hz/,
    );
  });
});
