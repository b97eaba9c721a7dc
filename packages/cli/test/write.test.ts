import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { write } from '../src/write.js';

test('waits for a slow reader without gathering listeners', async () => {
  const got: string[] = [];
  const slow = new Writable({
    highWaterMark: 1,
    write(chunk, _encoding, done) {
      got.push(String(chunk));
      setImmediate(done);
    },
  });
  const before = slow.eventNames();
  for (let line = 0; line < 20; line++) await write(slow, `${line}\n`);
  expect(got).toHaveLength(20);
  expect(slow.eventNames()).toEqual(before);
});

test('a reader that went away is no error', async () => {
  const gone = new Writable({
    highWaterMark: 1,
    write: (_chunk, _encoding, done) => done(Object.assign(new Error('gone'), { code: 'EPIPE' })),
  }).on('error', () => {});
  await write(gone, 'one');
  await write(gone, 'two');
  expect(gone.destroyed).toBe(true);
});
