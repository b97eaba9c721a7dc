import {
  type AudioSamples,
  chain,
  createWindower,
  type Embedding,
  MediaError,
  type Stage,
} from '@deepffmpeg/core';
import { checkAudioTower } from './check-audio-tower.js';
import { type AudioEmbedderOptions, createAudioEmbedder } from './create-audio-embedder.js';

export interface SoundEmbedderOptions<Tap extends string = string> extends AudioEmbedderOptions<Tap> {
  /** How long a window is; above 0, at most the model's `windowSeconds`. @defaultValue as long as the model hears at once */
  readonly windowSeconds?: number | undefined;
  /** From the start of one window to that of the next. @defaultValue `windowSeconds` */
  readonly hopSeconds?: number | undefined;
}

/**
 * Cuts sound into windows and embeds each: `createWindower` of core and `createAudioEmbedder` as one stage.
 *
 * In: samples at the model's sample rate; holds one window of each tap and input, and at most `batchSize` whole ones. Out: one
 * `Embedding` for each window, in order.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS`, at once. Later the stream may fail as those two stages do.
 */
export function createSoundEmbedder<Tap extends string = string>(
  options: SoundEmbedderOptions<Tap>,
): Stage<AudioSamples<Tap>, Embedding> {
  checkAudioTower(options.model);
  const { windowSeconds = options.model.windowSeconds, hopSeconds, ...embedder } = options;
  const { model, tap, signal } = embedder;
  if (windowSeconds > model.windowSeconds)
    throw new MediaError(
      'ERR_INVALID_OPTIONS',
      `windowSeconds: ${model.id} hears at most ${model.windowSeconds} s at once, got ${windowSeconds}`,
    );
  return chain(createWindower({ windowSeconds, hopSeconds, tap, signal }), createAudioEmbedder(embedder));
}
