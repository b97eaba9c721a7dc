import { endianness } from 'node:os';
import type { AudioSamples } from '@deepffmpeg/core';
import type { AudioTap } from './decode-plan.js';
import type { TimedAudioStream } from './media-info.js';
import { demuxNut, type NutFrame } from './nut/demux-nut.js';
import { malformed } from './nut/nut-cursor.js';
import type { SideItem } from './video-side.js';

/** Floats as this machine has them. */
export const SAMPLE_CODEC = `pcm_f32${endianness().toLowerCase()}`;
/** No decoder gives so much at once. */
const MAX_BLOCK_BYTES = 16 * 2 ** 20;

/** What decides how ffmpeg's sound is read. */
export interface AudioPart {
  readonly stream: TimedAudioStream;
  /** How many seconds its times were moved forward. */
  readonly shiftSeconds: number;
}

/**
 * A block that begins so near to where the last one ended follows it: containers round the time of each packet to a tick, and those
 * of Vorbis waver by a quarter of its block size. What was decoded one after the other is trusted more.
 */
const JITTER_SECONDS = 0.05;

/** Makes the samples of all audio taps out of ffmpeg's output. */
export class AudioSide {
  readonly kind = 'audio';
  readonly #taps: readonly AudioTap[];
  readonly #source: string;
  readonly #part: AudioPart;
  /** The samples of each tap without a gap so far: counted from their start, so that no error adds up. */
  readonly #runs: { startSeconds: number; samples: number }[] = [];
  #lastSeconds = Number.NEGATIVE_INFINITY;
  #tickSeconds = 0;

  constructor(taps: readonly AudioTap[], source: string, part: AudioPart) {
    this.#taps = taps;
    this.#source = source;
    this.#part = part;
  }

  /** When the last sample ended; -Infinity before the first. */
  get lastSeconds(): number {
    return this.#lastSeconds;
  }

  get ownEndSeconds(): number {
    return this.#lastSeconds;
  }

  get tickSeconds(): number {
    return this.#tickSeconds;
  }

  /** Sound is wanted to its end. */
  readonly isDone = false;

  async *read(output: AsyncIterable<Uint8Array>): AsyncGenerator<SideItem<AudioSamples>> {
    for await (const frame of demuxNut(output, MAX_BLOCK_BYTES)) {
      const chunk = this.#take(frame);
      yield { timestamp: this.#lastSeconds, chunk };
    }
  }

  #take({ stream: { id, timeBase }, pts, data }: NutFrame): AudioSamples {
    const tap = this.#taps[id];
    if (tap === undefined || data.length % 4 !== 0) throw malformed(`sound of ${data.length} bytes`);
    const { numerator, denominator } = timeBase;
    const shift = (this.#part.shiftSeconds * denominator) / numerator;
    const run = this.#runOf(id, ((pts - shift) * numerator) / denominator, tap.sampleRate);
    const timestamp = endOf(run, tap.sampleRate);
    const samples = new Float32Array(data.buffer, data.byteOffset, data.length / 4);
    run.samples += samples.length;
    this.#lastSeconds = Math.max(this.#lastSeconds, endOf(run, tap.sampleRate));
    this.#tickSeconds = numerator / denominator;
    return {
      type: 'audio-samples',
      source: this.#source,
      tap: tap.tap,
      timestamp,
      durationSeconds: samples.length / tap.sampleRate,
      sampleRate: tap.sampleRate,
      data: samples,
    };
  }

  /** The run that a block belongs to: a new one behind a gap. */
  #runOf(id: number, timestamp: number, sampleRate: number) {
    const run = this.#runs[id];
    if (run !== undefined && Math.abs(timestamp - endOf(run, sampleRate)) <= JITTER_SECONDS) return run;
    const next = { startSeconds: timestamp, samples: 0 };
    this.#runs[id] = next;
    return next;
  }
}

const endOf = ({ startSeconds, samples }: { startSeconds: number; samples: number }, sampleRate: number) =>
  startSeconds + samples / sampleRate;
