import { pipeline } from 'node:stream/promises';
import { MediaError } from '@deepffmpeg/core';
import parser from 'stream-json/parser.js';
import streamObject from 'stream-json/streamers/stream-object.js';

/** No file has so much to say; a program that prints without end would fill the memory. */
const MAX_OUTPUT = 32 << 20;

/** Reads one JSON object. @throws {MediaError} `ERR_INPUT` when it is too long */
export async function readObject(bytes: AsyncIterable<Uint8Array>): Promise<Record<string, unknown>> {
  const result: Record<string, unknown> = {};
  await pipeline(limit(bytes, MAX_OUTPUT), parser.asStream(), streamObject.asStream(), async (items) => {
    for await (const { key, value } of items as AsyncIterable<{ key: string; value: unknown }>)
      result[key] = value;
  });
  return result;
}

async function* limit(bytes: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Uint8Array> {
  let length = 0;
  for await (const chunk of bytes) {
    length += chunk.length;
    if (length > most) throw new MediaError('ERR_INPUT', `its description exceeds ${most} bytes`);
    yield chunk;
  }
}
