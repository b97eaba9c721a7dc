import { createTimeline, MediaError, through } from '@deepffmpeg/core';
import type { ScoredChunk } from './collect-outcomes.js';
import type { OpenedModels } from './open-models.js';

export interface WindowChoice {
  /** How long a window is, and from the start of one to the next, in seconds. */
  readonly audioWindow?: number;
  readonly audioHop?: number;
}

/** @throws {MediaError} `ERR_INVALID_OPTIONS` when the model cannot hear so much at once. */
export function refuseLongWindow({ audio }: OpenedModels, { audioWindow }: WindowChoice): void {
  if (audio && audioWindow !== undefined && audioWindow > audio.windowSeconds)
    throw new MediaError(
      'ERR_INVALID_OPTIONS',
      `--audio-window ${audioWindow}: ${audio.id} takes windows of at most ${audio.windowSeconds} s`,
    );
}

/** Embeds what is seen and what is heard, in one order of time; all else passes. */
export async function embedMedia(
  media: AsyncIterable<ScoredChunk>,
  { vision, audio }: Pick<OpenedModels, 'vision' | 'audio'>,
  { audioWindow, audioHop }: WindowChoice,
  signal: AbortSignal,
): Promise<AsyncIterable<ScoredChunk>> {
  let chunks = media;
  if (vision) {
    const { createFrameEmbedder } = await import('@deepffmpeg/clip');
    chunks = through(chunks, createFrameEmbedder({ model: vision, signal }));
  }
  if (audio) {
    const { createSoundEmbedder } = await import('@deepffmpeg/clap');
    const windows = { windowSeconds: audioWindow, hopSeconds: audioHop };
    chunks = through(chunks, createSoundEmbedder({ model: audio, ...windows, signal }));
  }
  return vision && audio ? through(chunks, createTimeline({ signal })) : chunks;
}
