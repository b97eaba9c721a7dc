import {
  type AudioWindow,
  createStage,
  type Embedding,
  MediaError,
  parseOptions,
  type Stage,
  type StageOptions,
} from '@deepffmpeg/core';
import { type EmbeddingTower, embedInBatches } from '@deepffmpeg/models';
import * as z from 'zod';
import type { AudioTower } from './audio-tower.js';
import { checkAudioTower } from './check-audio-tower.js';
import { checkWindow } from './check-window.js';

export interface AudioEmbedderOptions<Tap extends string = string> extends StageOptions {
  readonly model: AudioTower;
  /** Takes only the windows of this tap; others pass. @defaultValue all windows */
  readonly tap?: Tap | undefined;
  /** Windows per model call, 1 to 256. @defaultValue the model's own */
  readonly batchSize?: number | undefined;
}

const settingsSchema = z.strictObject({ batchSize: z.int().min(1).max(256).optional() });

/**
 * Turns each window of sound into its embedding.
 *
 * In: windows at the model's sample rate, at most `windowSeconds` of it long; holds at most `batchSize`, or until `idleMs`
 * pass without a window.
 * Out: one `Embedding` each, in order.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS`, at once. Later the stream may fail with `ERR_INVALID_OPTIONS` (a window of
 * another sample rate, or too long), `ERR_INPUT` (a sample that is not finite) and `ERR_MODEL_OUTPUT`.
 * @see Wu et al. 2023, arXiv:2211.06687, section 3
 */
export function createAudioEmbedder<Tap extends string = string>(
  options: AudioEmbedderOptions<Tap>,
): Stage<AudioWindow<Tap>, Embedding> {
  const { model, tap, signal, idleMs, highWaterMark, ...settings } = options;
  checkAudioTower(model);
  const { batchSize = model.batchSize } = parseOptions(settingsSchema, settings);

  const tower: EmbeddingTower<AudioWindow> = {
    id: model.id,
    dimension: model.dimension,
    async embed(windows, options) {
      for (const window of windows) {
        checkWindow(model, window, model.id);
        checkSamples(window);
      }
      return model.embed(windows, options);
    },
  };

  return createStage(
    {
      accepts: ['audio-window'],
      where: (window: AudioWindow<Tap>) => tap === undefined || window.tap === tap,
      ...embedInBatches(tower, 'audio', batchSize),
    },
    { signal, idleMs, highWaterMark: highWaterMark ?? batchSize }, // the next batch comes in while the model works
  );
}

/** One such sample would make the whole embedding one. */
function checkSamples({ source, timestamp, sampleRate, data }: AudioWindow): void {
  const index = data.findIndex((sample) => !Number.isFinite(sample));
  if (index < 0) return;
  const seconds = (timestamp + index / sampleRate).toFixed(3);
  throw new MediaError(
    'ERR_INPUT',
    `${source}: the sound at ${seconds} s holds a sample that is not a finite number (${data[index]}), which nothing can be heard in; ` +
      'save the sound as whole numbers first, as with ffmpeg -c:a pcm_s16le',
  );
}
