import type { Writable } from 'node:stream';
import { drained } from '@deepffmpeg/core';

/** Writes text and waits until the reader keeps up. A reader that went away, as `head` does, is no error. */
export async function write(stream: Writable, text: string): Promise<void> {
  if (!stream.destroyed && !stream.write(text)) await drained(stream);
}
