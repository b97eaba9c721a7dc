import * as z from 'zod';
import type { AudioSamples, AudioWindow } from './chunks.js';
import { createStage, type StageOptions } from './create-stage.js';
import { MediaError } from './media-error.js';
import { parseOptions } from './parse-options.js';
import type { Stage } from './stage.js';
import { BRIDGED_SECONDS, JITTER_SECONDS } from './time-limits.js';

export interface WindowerOptions<Tap extends string = string> extends StageOptions {
  /** How long a window is; above 0, at most 3600. */
  readonly windowSeconds: number;
  /** From the start of one window to that of the next. @defaultValue `windowSeconds`: they touch and do not overlap */
  readonly hopSeconds?: number | undefined;
  /** Takes only the samples of this tap; others pass. @defaultValue all samples, each tap in windows of its own */
  readonly tap?: Tap | undefined;
}

const span = z.number().positive().max(3600);
const settingsSchema = z.strictObject({ windowSeconds: span, hopSeconds: span.optional() });

/** Of a window: what is left at the end and is shorter would be padding rather than sound. */
const SHORTEST_SHARE = 0.1;

/**
 * Cuts sound into windows of one length, at steps of one length from its beginning.
 *
 * The last window holds what is left, so that no sample goes unheard; less than a tenth of a window, which says nothing by itself, comes
 * with as much sound before it as fits. A gap of up to 0.5 s is heard as silence; at a longer one, or where time runs back by more,
 * windows begin anew. Holds what was heard of one window of each tap and input, in at most twice its room, until the stream ends or a block
 * says that it is the last of its input.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS`, at once. Later the stream may fail with `ERR_INVALID_OPTIONS`: a window shorter than a sample,
 * a sample rate that changes.
 */
export function createWindower<Tap extends string = string>(
  options: WindowerOptions<Tap>,
): Stage<AudioSamples<Tap>, AudioWindow<Tap>> {
  const { tap, signal, highWaterMark, idleMs, ...settings } = options;
  const { windowSeconds, hopSeconds = windowSeconds } = parseOptions(settingsSchema, settings);
  const cutters = new Map<string, WindowCutter<Tap>>();

  return createStage(
    {
      accepts: ['audio-samples'],
      where: (samples: AudioSamples<Tap>) => tap === undefined || samples.tap === tap,
      *transform(samples) {
        const key = JSON.stringify([samples.source, samples.tap]);
        const cutter = cutters.get(key) ?? new WindowCutter(samples, windowSeconds, hopSeconds);
        cutters.set(key, cutter);
        yield* cutter.take(samples);
        if (!samples.isLast) return;
        yield* cutter.finish();
        cutters.delete(key);
      },
      *flush() {
        for (const cutter of cutters.values()) yield* cutter.finish();
      },
    },
    { signal, highWaterMark, idleMs },
  );
}

/** A block that begins so near a whole sample, as a share of one, begins there: the rest is what computing in seconds has left. */
const GRID_TOLERANCE = 1e-4;

/** When the sample is that so many come after the one at `timestamp`. In seconds alone, it would be 2.0029999999999997 for 2.003. */
function timeOf(samples: number, timestamp: number, sampleRate: number): number {
  const before = timestamp * sampleRate;
  const whole = Math.round(before);
  return Math.abs(before - whole) < GRID_TOLERANCE
    ? (whole + samples) / sampleRate
    : timestamp + samples / sampleRate;
}

/** The windows of one tap of one input. */
class WindowCutter<Tap extends string> {
  readonly #about: Pick<AudioWindow<Tap>, 'type' | 'source' | 'tap' | 'sampleRate'>;
  readonly #hop: number;
  /** Of a whole window, in samples. */
  readonly #size: number;
  /** Samples of the window that is being filled; it grows up to the size, as an input may be far shorter than a window. */
  #window = new Float32Array();
  #length = 0;
  /** Of these, so many were in the window before. */
  #heard = 0;
  /** Samples to leave out before the next window, where windows do not touch. */
  #skip = 0;
  /** When the window begins; known when its first new sample comes, by the time of that block, so that no error adds up. */
  #start: number | undefined;
  /** When the last sample that came has ended. */
  #end: number | undefined;
  /** Whether a whole window ended where this one begins; its samples are still there until they are overwritten. */
  #followsWindow = false;
  #count = 0;

  constructor({ source, tap, sampleRate }: AudioSamples<Tap>, windowSeconds: number, hopSeconds: number) {
    this.#about = { type: 'audio-window', source, tap, sampleRate };
    const [length, hop] = [Math.round(windowSeconds * sampleRate), Math.round(hopSeconds * sampleRate)];
    if (length < 1 || hop < 1)
      throw new MediaError(
        'ERR_INVALID_OPTIONS',
        `windows of ${windowSeconds} s, one every ${hopSeconds} s, are shorter than a sample at ${sampleRate} Hz`,
      );
    this.#size = length;
    this.#hop = hop;
  }

  *take({ timestamp, sampleRate, data }: AudioSamples<Tap>): Generator<AudioWindow<Tap>> {
    if (sampleRate !== this.#about.sampleRate)
      throw new MediaError(
        'ERR_INVALID_OPTIONS',
        `the samples of ${this.#about.source} change from ${this.#about.sampleRate} to ${sampleRate} Hz: decode them at one rate`,
      );
    const gap = this.#end === undefined ? 0 : timestamp - this.#end;
    if (Math.abs(gap) > BRIDGED_SECONDS) yield* this.finish();
    else if (gap > JITTER_SECONDS)
      yield* this.#fill(new Float32Array(Math.round(gap * sampleRate)), timestamp - gap);
    yield* this.#fill(data, timestamp);
    this.#end = timestamp + data.length / sampleRate;
  }

  /** Gives what is left, and begins anew. */
  *finish(): Generator<AudioWindow<Tap>> {
    if (this.#length > this.#heard) yield this.#isTooShort ? this.#makeLast() : this.#make(this.#length);
    this.#length = 0;
    this.#heard = 0;
    this.#skip = 0;
    this.#start = undefined;
    this.#followsWindow = false;
  }

  *#fill(data: Float32Array, timestamp: number): Generator<AudioWindow<Tap>> {
    for (let position = 0; position < data.length; ) {
      const skipped = Math.min(this.#skip, data.length - position);
      this.#skip -= skipped;
      position += skipped;
      if (position === data.length) return;
      this.#start ??= timeOf(position - this.#length, timestamp, this.#about.sampleRate);
      const part = data.subarray(position, position + this.#size - this.#length);
      this.#makeRoom(this.#length + part.length);
      this.#window.set(part, this.#length);
      this.#length += part.length;
      position += part.length;
      if (this.#length === this.#size) yield* this.#moveOn();
    }
  }

  #makeRoom(length: number): void {
    if (length <= this.#window.length) return;
    const grown = new Float32Array(Math.min(this.#size, Math.max(length, 2 * this.#window.length)));
    grown.set(this.#window);
    this.#window = grown;
  }

  *#moveOn(): Generator<AudioWindow<Tap>> {
    const window = this.#make(this.#length);
    const kept = Math.max(0, this.#length - this.#hop);
    this.#window.copyWithin(0, this.#hop, this.#length);
    this.#start = undefined;
    this.#skip = Math.max(0, this.#hop - this.#length);
    this.#length = kept;
    this.#heard = kept;
    this.#followsWindow = this.#hop === this.#size;
    yield window;
  }

  get #isTooShort(): boolean {
    return this.#followsWindow && this.#length < SHORTEST_SHARE * this.#size;
  }

  /** A whole window that ends with what is left; its time is that of the rest alone. */
  #makeLast(): AudioWindow<Tap> {
    const rest = this.#make(this.#length);
    const data = new Float32Array(this.#size);
    data.set(this.#window.subarray(this.#length)); // of the window before
    data.set(rest.data, data.length - this.#length);
    return { ...rest, data };
  }

  #make(length: number): AudioWindow<Tap> {
    return {
      ...this.#about,
      index: this.#count++,
      timestamp: this.#start!, // a window that is made has had a new sample
      durationSeconds: length / this.#about.sampleRate,
      data: this.#window.slice(0, length),
    };
  }
}
