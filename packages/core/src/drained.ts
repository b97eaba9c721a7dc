import { once } from 'node:events';
import type { Writable } from 'node:stream';

/**
 * Waits until a stream whose `write` said that it is full takes more, or is gone, which is no error here. Leaves nothing behind, however
 * often it is called: neither listeners, nor promises that hang on one which lasts as long as the stream.
 */
export async function drained(stream: Writable): Promise<void> {
  if (stream.destroyed) return;
  const over = new AbortController();
  const { signal } = over;
  await Promise.race([once(stream, 'drain', { signal }), once(stream, 'close', { signal })]).catch(() => {});
  over.abort();
}
