import { Writable } from 'node:stream';
import { afterEach, expect, test, vi } from 'vitest';
import { createDownloadProgress } from '../src/models/download-progress.js';

const makeOutput = (isTTY: boolean) => {
  const texts: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      texts.push(String(chunk));
      done();
    },
  });
  return { texts, stream: Object.assign(stream, { isTTY, columns: 120 }) };
};

afterEach(() => vi.useRealTimers());

const file = 'onnx/text_model.onnx';
const at = (bytes: number, secondsLeft?: number) => ({ file, bytes, totalBytes: 600e6, secondsLeft });

test('without a terminal, tells a line at the start and every ten seconds', () => {
  vi.useFakeTimers();
  const { texts, stream } = makeOutput(false);
  const progress = createDownloadProgress(stream, 'made/\x1b[31mclip');
  for (let second = 0; second <= 25; second++) {
    progress.update(at(second * 20e6, second === 0 ? undefined : 90 - second));
    vi.advanceTimersByTime(1000);
  }
  progress.stop();
  expect(texts).toEqual([
    `made/clip: 0 B of 600 MB  ${file}\n`,
    `made/clip: 200 MB of 600 MB  1 min 20 s left  ${file}\n`,
    `made/clip: 400 MB of 600 MB  1 min 10 s left  ${file}\n`,
  ]);
});

test('on a terminal, draws a bar with bytes and time', () => {
  vi.useFakeTimers();
  const { texts, stream } = makeOutput(true);
  const progress = createDownloadProgress(stream, 'made/clip');
  for (let second = 0; second <= 20; second++) {
    progress.update(at(second * 30e6, 20 - second));
    vi.advanceTimersByTime(1000);
  }
  progress.stop();
  expect(texts.join('')).toMatch(/made\/clip .*300 MB of 600 MB {2}10 s left {2}onnx/);
});
