import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { collect, createWindower, through } from '@deepffmpeg/core';
import { makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { expect, test, vi } from 'vitest';
import { formatWav, readWav, wavSamples } from '../src/index.js';

const ramp = (length: number) => Float32Array.from({ length }, (_, i) => i / length);

async function write(name: string, content: Uint8Array) {
  const path = join(await makeTemporaryFolder(), name);
  await writeFile(path, content);
  return path;
}

test('gives blocks of a second, each file from 0 and by its own name', async () => {
  const paths = [
    await write('a.wav', formatWav({ sampleRate: 1000, data: ramp(2500) })),
    await write('b.wav', formatWav({ sampleRate: 2000, data: ramp(2000) })),
  ];
  const blocks = await collect(wavSamples(paths));
  expect(
    blocks.map(({ source, timestamp, durationSeconds, sampleRate }) => [
      source,
      timestamp,
      durationSeconds,
      sampleRate,
    ]),
  ).toEqual([
    [paths[0], 0, 1, 1000],
    [paths[0], 1, 1, 1000],
    [paths[0], 2, 0.5, 1000],
    [paths[1], 0, 1, 2000],
  ]);
  expect(blocks[0]).toMatchObject({ type: 'audio-samples', tap: 'audio' });
  expect(blocks.slice(0, 3).flatMap(({ data }) => [...data])).toEqual([...ramp(2500)]);
});

test('gives the windows of a file before many more are read', async () => {
  const content = formatWav({ sampleRate: 1000, data: ramp(1500) });
  let read = 0;
  const paths = async function* () {
    for (; read < 40; read++) yield await write(`${read}.wav`, content);
  };
  for await (const window of through(wavSamples(paths()), createWindower({ windowSeconds: 10 }))) {
    expect(window.data).toHaveLength(1500);
    break;
  }
  expect(read).toBeLessThan(20);
});

test('flows into windows, at the rate that is asked for', async () => {
  const path = await write('a.wav', formatWav({ sampleRate: 44_100, data: ramp(44_100 * 3) }));
  const windows = await collect(
    through(wavSamples([path], { sampleRate: 16_000 }), createWindower({ windowSeconds: 2 })),
  );
  expect(windows.map(({ timestamp, data }) => [timestamp, data.length])).toEqual([
    [0, 32_000],
    [2, 16_000],
  ]);
  const { data } = await readWav(path, { sampleRate: 16_000 });
  expect(windows.flatMap((window) => [...window.data])).toEqual([...data]);
});

test('keeps no more than a block of its file with a block', async () => {
  const path = await write('a.wav', formatWav({ sampleRate: 1000, data: ramp(5000) }));
  for await (const { data } of wavSamples([path])) expect(data.buffer.byteLength).toBe(4000);
});

test('gives nothing for no file and for a file without a sample', async () => {
  const path = await write('a.wav', formatWav({ sampleRate: 1000, data: ramp(0) }));
  expect(await collect(wavSamples([]))).toEqual([]);
  expect(await collect(wavSamples([path]))).toEqual([]);
});

test('a file that breaks off gives what is there, then an error, or tells and goes on', async () => {
  const whole = formatWav({ sampleRate: 1000, data: ramp(1500) });
  const paths = [await write('cut.wav', whole.subarray(0, whole.length - 400)), await write('b.wav', whole)];
  const lengths: number[] = [];
  const reading = (async () => {
    for await (const { data } of wavSamples(paths)) lengths.push(data.length);
  })();
  await expect(reading).rejects.toMatchObject({ code: 'ERR_PARTIAL_INPUT' });
  expect(lengths).toEqual([1000, 400]);

  const onPartial = vi.fn();
  const blocks = await collect(wavSamples(paths, { onPartial }));
  expect(blocks.map(({ data }) => data.length)).toEqual([1000, 400, 1000, 500]);
  expect(onPartial.mock.calls).toEqual([['it promises 6000 bytes of samples and holds 5600', paths[0]]]);
});

test('a file that is no WAV is an error that names it', async () => {
  const path = await write('a.wav', Buffer.from('text'));
  await expect(collect(wavSamples([path]))).rejects.toMatchObject({
    code: 'ERR_INPUT',
    message: expect.stringContaining(path),
  });
});

test('refuses one path in place of a list, whose letters would each be one', async () => {
  await expect(collect(wavSamples('sound.wav'))).rejects.toMatchObject({
    code: 'ERR_INVALID_OPTIONS',
    message: "paths: expected a list, as [path], got 'sound.wav'",
  });
  // @ts-expect-error plain JavaScript may give it what readWav takes
  await expect(collect(wavSamples(Buffer.from('RIFF')))).rejects.toMatchObject({
    code: 'ERR_INVALID_OPTIONS',
    message: 'paths: expected a list, as [path], got an object of type Buffer',
  });
});
