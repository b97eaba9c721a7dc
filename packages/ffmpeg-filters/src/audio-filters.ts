import type { Filter } from './filter-graph.js';
import type { AudioStreamInfo } from './media-info.js';

/** Twice swr's usual length, so that what a build has compiled in or out does not change results. */
const FILTER_SIZE = 64;

/**
 * Turns sound into mono of one rate. Times are kept: a gap stays a gap.
 *
 * Mono is the mean of the channels, as the models' own libraries have it; ffmpeg's own way to mono is 3 dB louder for stereo.
 */
export function audioFilters({ channels }: AudioStreamInfo, sampleRate: number): Filter[] {
  const share = (1 / channels).toFixed(12);
  const sum = Array.from({ length: channels }, (_, channel) => `${share}*c${channel}`).join('+');
  return [
    { name: 'aformat', options: { sample_fmts: 'fltp' } }, // or the mean would be rounded to the input's own bits
    { name: 'pan', options: { args: `mono|c0=${sum}` } },
    { name: 'aresample', options: { sample_rate: sampleRate, resampler: 'swr', filter_size: FILTER_SIZE } },
    { name: 'aformat', options: { sample_fmts: 'flt', channel_layouts: 'mono' } },
  ];
}
