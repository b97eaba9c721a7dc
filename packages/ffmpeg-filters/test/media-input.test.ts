import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import {
  decode,
  describeDecode,
  type MediaInput,
  probe,
  probeMissingEnd,
  probePackets,
} from '../src/index.js';

const plan = { frames: { sample: 'all' } } as const;

test.each([
  [new ReadableStream(), 'an object of type ReadableStream'],
  [Buffer.alloc(2), 'an object of type Buffer'],
  [[new Uint8Array(2)], '[ [Uint8Array] ]'],
  [Promise.resolve('a.mp4'), 'a promise: await it'],
  [null, 'null'],
  [undefined, 'undefined'],
])('says what is no input, and how to make one, %#', (input, came) => {
  // As plain JavaScript may.
  expect(() => decode(input as unknown as MediaInput, plan)).toThrow(
    expect.objectContaining({
      code: 'ERR_INVALID_OPTIONS',
      message: `input: expected a path, an address or a Readable, which Readable.fromWeb(stream) or Readable.from([bytes]) make, got ${came}`,
    }),
  );
});

test('a stream of text is refused, as its bytes are lost', () => {
  const stream = createReadStream(new URL(import.meta.url), 'utf8');
  expect(() => decode(stream, plan)).toThrow(
    expect.objectContaining({
      code: 'ERR_INVALID_OPTIONS',
      message: 'input: expected a stream of bytes, got one of text (utf8): open it without an encoding',
    }),
  );
  stream.destroy();
});

test('a Readable is taken, and closed', async () => {
  const stream = Readable.from([new Uint8Array(2)]);
  await decode(stream, plan).return();
  expect(stream.destroyed).toBe(true);
});

test.each([
  ['probe', (input: string) => probe(input)],
  ['probePackets', (input: string) => probePackets(input, {} as never).next()], // no stream is looked at
  ['probeMissingEnd', (input: string) => probeMissingEnd(input, [])],
  ['describeDecode', (input: string) => describeDecode(input, plan)],
])('%s does not wait for a Readable, which nobody would feed to it', async (_name, look) => {
  // As plain JavaScript may.
  await expect(look(Readable.from([new Uint8Array(2)]) as unknown as string)).rejects.toMatchObject({
    code: 'ERR_INVALID_OPTIONS',
    message: expect.stringMatching(
      /^input: expected a path or an address, .*, got an object of type Readable$/,
    ),
  });
});
