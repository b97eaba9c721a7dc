import { Writable } from 'node:stream';
import { afterEach, expect, test, vi } from 'vitest';
import { createProgress } from '../src/progress.js';

const makeOutput = (isTTY: boolean) => {
  const texts: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      texts.push(String(chunk));
      done();
    },
  });
  return { texts, stream: Object.assign(stream, { isTTY, columns: 100 }) };
};

afterEach(() => vi.useRealTimers());

test('without a terminal, tells a line every ten seconds', () => {
  vi.useFakeTimers();
  const { texts, stream } = makeOutput(false);
  const progress = createProgress(stream, 'film.mp4');
  for (let second = 0; second <= 25; second++) {
    progress.update(second * 2, 60, second);
    vi.advanceTimersByTime(1000);
  }
  progress.stop();
  expect(texts).toEqual(['film.mp4: 20 of 60 s, 10 frames\n', 'film.mp4: 40 of 60 s, 20 frames\n']);
});

test('on a terminal, draws a bar and clears it', () => {
  vi.useFakeTimers();
  const { texts, stream } = makeOutput(true);
  const progress = createProgress(stream, 'film.mp4');
  for (let second = 0; second <= 30; second++) {
    progress.update(second, 60, second);
    vi.advanceTimersByTime(1000);
  }
  progress.stop();
  expect(texts.join('')).toMatch(/film\.mp4 .* 50 % {2}30 frames/);
});

test('on a terminal, says nothing of the time left before anything is known of it', () => {
  vi.useFakeTimers();
  const { texts, stream } = makeOutput(true);
  const progress = createProgress(stream, 'film.mp4');
  progress.update(0, 60, 0);
  expect(texts.join('')).not.toMatch(/ left/);
  for (let second = 1; second <= 30; second++) {
    vi.advanceTimersByTime(1000);
    progress.update(second, 60, second);
  }
  progress.stop();
  expect(texts.join('')).toMatch(/30 frames {2}\d+s left/);
});
