import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { drained } from '../src/index.js';

const slow = () => new Writable({ highWaterMark: 1, write: (_chunk, _encoding, done) => setImmediate(done) });

test('waits until the stream takes more, and leaves no listeners', async () => {
  const stream = slow();
  const before = stream.eventNames();
  for (let i = 0; i < 20; i++) {
    expect(stream.write('text')).toBe(false);
    await drained(stream);
    expect(stream.writableNeedDrain).toBe(false);
  }
  expect(stream.eventNames()).toEqual(before);
});

test.each([undefined, new Error('EPIPE')])('ends when the stream does: %s', async (error) => {
  const stream = slow().on('error', () => {});
  stream.write('text');
  const waiting = drained(stream);
  stream.destroy(error);
  await waiting;
  await drained(stream);
});
