import type { ResolvedInput } from './media-input.js';
import { readHead } from './read-head.js';
import { findSoundChunk, SOUND_HEAD_BYTES, SOUND_LAYOUTS } from './sound-chunk.js';

/**
 * Whether a file of sound leaves its length open, as one does that was written into a pipe: then its last packet is short, and nothing is
 * missing. False for an address, and for a stream that nobody has looked at.
 */
export async function hasOpenLength(input: ResolvedInput, formatName: string): Promise<boolean> {
  const layout = SOUND_LAYOUTS[formatName];
  if (layout === undefined || input.kind === 'url') return false;
  const head =
    input.kind === 'file'
      ? await readHead(input.path, SOUND_HEAD_BYTES)
      : input.stream.head(SOUND_HEAD_BYTES);
  return findSoundChunk(head, layout)?.isOpen ?? false;
}
