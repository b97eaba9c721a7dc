import type { Measurement } from '@deepffmpeg/core';
import type { TechnicalEvent } from '../technical-event.js';

/** Makes events of what silencedetect tells. Its own times are exact to the sample; a silence that is open at the end lasts until then. */
export class Silences {
  #start: number | undefined;
  #end = Number.NEGATIVE_INFINITY;
  #total = 0;

  get totalSeconds(): number {
    return this.#total;
  }

  add({ source, timestamp, durationSeconds, values }: Measurement): TechnicalEvent[] {
    const { silenceStartSeconds, silenceEndSeconds, isSilent } = values;
    // Where ffmpeg began anew, nothing tells the end of what was open.
    const wasCut = this.#start !== undefined && isSilent === 0 && silenceEndSeconds === undefined;
    const ended = wasCut ? this.finish(source) : [];
    this.#end = timestamp + durationSeconds;
    this.#start ??= silenceStartSeconds;
    if (silenceEndSeconds === undefined) return ended;
    this.#end = silenceEndSeconds;
    return [...ended, ...this.finish(source)];
  }

  finish(source: string): TechnicalEvent[] {
    const start = this.#start;
    this.#start = undefined;
    if (start === undefined) return [];
    const durationSeconds = Math.max(0, this.#end - start);
    this.#total += durationSeconds;
    return [
      { type: 'technical-event', source, kind: 'silence', timestamp: start, durationSeconds, values: {} },
    ];
  }
}
