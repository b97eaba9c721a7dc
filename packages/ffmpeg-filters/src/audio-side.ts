import { endianness } from 'node:os';
import type { AudioSamples } from '@deepffmpeg/core';
import type { AudioTap } from './decode-plan.js';
import type { TimedAudioStream } from './media-info.js';
import { demuxNut, type NutFrame } from './nut/demux-nut.js';
import { malformed } from './nut/nut-cursor.js';
import type { SideItem } from './video-side.js';

/** Floats as this machine has them. */
export const SAMPLE_CODEC = `pcm_f32${endianness().toLowerCase()}`;
/** One block of samples, as decoders give them; a broken stream could ask for all memory. */
const MAX_BLOCK_BYTES = 16 * 2 ** 20;

/** What decides how ffmpeg's sound is read. */
export interface AudioPart {
  readonly stream: TimedAudioStream;
  /** How many seconds its times were moved forward. */
  readonly shiftSeconds: number;
}

/**
 * A block that begins so near to where the last one ended follows it, for now: containers round the time of each packet to a tick, and
 * that of a Vorbis packet may be a quarter of its block size off, though no sample is missing.
 */
const JITTER_SECONDS = 0.05;
/** When so many blocks in a row are off to the same side, the clock has moved: it drifts, or a packet is lost. */
const SETTLED_BLOCKS = 4;

/** Makes the samples of all audio taps out of ffmpeg's output. */
export class AudioSide {
  readonly kind = 'audio';
  readonly #taps: readonly AudioTap[];
  readonly #source: string;
  readonly #part: AudioPart;
  /** The samples of each tap without a gap so far: counted from their start, so that no error adds up. */
  readonly #runs: Run[] = [];
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

  /** The run that a block belongs to: a new one behind a gap; the same, moved a little, when the clock has moved. */
  #runOf(id: number, timestamp: number, sampleRate: number) {
    const run = this.#runs[id];
    const offset = run === undefined ? 0 : timestamp - endOf(run, sampleRate);
    if (run === undefined || Math.abs(offset) > JITTER_SECONDS) {
      const next = { startSeconds: timestamp, samples: 0, offsets: [] };
      this.#runs[id] = next;
      return next;
    }
    run.offsets = [...run.offsets, offset].slice(-SETTLED_BLOCKS);
    const least = run.offsets.reduce((a, b) => (Math.abs(b) < Math.abs(a) ? b : a));
    const { numerator, denominator } = this.#part.stream.timeBase;
    const isOneSided = run.offsets.every((each) => each * least > 0) && run.offsets.length === SETTLED_BLOCKS;
    if (isOneSided && Math.abs(least) > numerator / denominator + 1 / sampleRate) {
      run.startSeconds += least;
      run.offsets = [];
    }
    return run;
  }
}

/** Samples without a gap. */
interface Run {
  startSeconds: number;
  samples: number;
  /** How far the last blocks' own times were from where the samples before them ended, in seconds. */
  offsets: readonly number[];
}

const endOf = ({ startSeconds, samples }: Run, sampleRate: number) => startSeconds + samples / sampleRate;
