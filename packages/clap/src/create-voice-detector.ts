import {
  type AudioSamples,
  BRIDGED_SECONDS,
  createStage,
  JITTER_SECONDS,
  MediaError,
  parseOptions,
  requireMembers,
  type Scores,
  type Stage,
  type StageOptions,
} from '@deepffmpeg/core';
import * as z from 'zod';
import type { VoiceListener, VoiceModel } from './open-voice-model.js';
import { voiceActivity } from './voice-activity.js';

export interface VoiceDetectorOptions<Tap extends string = string> extends StageOptions {
  readonly model: VoiceModel;
  /** Takes only the samples of this tap; others pass. @defaultValue all samples, each tap by itself */
  readonly tap?: Tap | undefined;
}

const settingsSchema = z.strictObject({});

/**
 * Tells where there is speech, frame by frame.
 *
 * In: samples at the model's rate. Out: `Scores` of `voiceActivity` for each frame of 512 samples (32 ms at 16 kHz), whose
 * probabilities are p and 1 - p; the last frame before the end or a gap is filled up with silence, and lasts as long as what was
 * heard of it. As in `createWindower`, a gap of up to 0.5 s is heard as silence; at a longer one, or where time runs back by as much, the model
 * begins anew. So it does with each input and tap, of which it holds one frame and state each, until the stream ends or a block says that it
 * is the last of its input.
 *
 * `createAverager()` makes of it the share of speech, and `createSegmenter({ enter: 0.5, exit: 0.35, minSeconds: 0.25 })` its times, by
 * the thresholds of Silero's `get_speech_timestamps`, which also closes pauses below 0.1 s and widens by 0.03 s on either side.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS`, at once. Later the stream may fail with `ERR_INVALID_OPTIONS` (samples at another rate) and
 * `ERR_MODEL_OUTPUT`.
 */
export function createVoiceDetector<Tap extends string = string>(
  options: VoiceDetectorOptions<Tap>,
): Stage<AudioSamples<Tap>, Scores> {
  const { model, tap, signal, highWaterMark, idleMs, ...others } = options;
  requireMembers(model, ['listen'], 'model: expected what openVoiceModel gives');
  parseOptions(settingsSchema, others);
  const voices = new Map<string, VoiceFrames>();

  const score = async function* (frames: Iterable<VoiceFrame>, signal: AbortSignal) {
    for (const frame of frames) yield await scoreFrame(model, frame, signal);
  };

  return createStage(
    {
      accepts: ['audio-samples'],
      where: (samples: AudioSamples<Tap>) => tap === undefined || samples.tap === tap,
      async *transform(samples, _, signal) {
        const key = JSON.stringify([samples.source, samples.tap]);
        const voice = voices.get(key) ?? new VoiceFrames(samples.source, model);
        voices.set(key, voice);
        yield* score(voice.take(samples), signal);
        if (!samples.isLast) return;
        yield* score(voice.finish(), signal);
        voices.delete(key);
      },
      async *flush(_, signal) {
        for (const voice of voices.values()) yield* score(voice.finish(), signal);
      },
    },
    { signal, highWaterMark, idleMs },
  );
}

async function scoreFrame(
  { id }: VoiceModel,
  { listener, data, ...about }: VoiceFrame,
  signal: AbortSignal,
): Promise<Scores> {
  const speech = await listener(data, { signal });
  const probabilities = Float32Array.of(speech, 1 - speech);
  return { type: 'scores', ...about, modality: 'audio', model: id, labelSet: voiceActivity, probabilities };
}

/** A frame and who has heard those before it. */
interface VoiceFrame extends Pick<Scores, 'source' | 'timestamp' | 'durationSeconds'> {
  readonly listener: VoiceListener;
  readonly data: Float32Array;
}

/** The frames of one tap of one input. */
class VoiceFrames {
  readonly #source: string;
  readonly #model: VoiceModel;
  readonly #frame: Float32Array;
  #listener: VoiceListener;
  #length = 0;
  /** When the frame that is being filled begins. */
  #start = 0;
  /** When the last sample that came has ended. */
  #end: number | undefined;

  constructor(source: string, model: VoiceModel) {
    this.#source = source;
    this.#model = model;
    this.#frame = new Float32Array(model.frameLength);
    this.#listener = model.listen();
  }

  *take({ timestamp, sampleRate, data }: AudioSamples): Generator<VoiceFrame> {
    if (sampleRate !== this.#model.sampleRate)
      throw new MediaError(
        'ERR_INVALID_OPTIONS',
        `${this.#model.id} hears ${this.#model.sampleRate} Hz, and the samples of ${this.#source} have ${sampleRate} Hz: ` +
          'decode them at that rate',
      );
    const gap = this.#end === undefined ? 0 : timestamp - this.#end;
    if (Math.abs(gap) > BRIDGED_SECONDS) {
      yield* this.finish();
      this.#listener = this.#model.listen();
    } else if (gap > JITTER_SECONDS) {
      yield* this.#fill(new Float32Array(Math.round(gap * sampleRate)), timestamp - gap);
    }
    yield* this.#fill(data, timestamp);
    this.#end = timestamp + data.length / sampleRate;
  }

  /** Gives what is left. */
  *finish(): Generator<VoiceFrame> {
    if (this.#length > 0) yield this.#make();
  }

  *#fill(data: Float32Array, timestamp: number): Generator<VoiceFrame> {
    for (let position = 0; position < data.length; ) {
      // From the block's own time, so that times follow the input's clock and no error adds up.
      if (this.#length === 0) this.#start = timestamp + position / this.#model.sampleRate;
      const part = data.subarray(position, position + this.#frame.length - this.#length);
      this.#frame.set(part, this.#length);
      this.#length += part.length;
      position += part.length;
      if (this.#length === this.#frame.length) yield this.#make();
    }
  }

  #make(): VoiceFrame {
    const durationSeconds = this.#length / this.#model.sampleRate;
    const data = this.#frame.slice().fill(0, this.#length);
    this.#length = 0;
    return {
      source: this.#source,
      timestamp: this.#start,
      durationSeconds,
      listener: this.#listener,
      data,
    };
  }
}
