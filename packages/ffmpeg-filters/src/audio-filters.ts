import type { Filter } from './filter-graph.js';
import type { AudioStreamInfo } from './media-info.js';

/** Twice swr's usual length, so that what a build has compiled in or out does not change results. */
const FILTER_SIZE = 64;

/**
 * Turns sound into mono of one rate. Times are kept: a gap stays a gap.
 *
 * Mono is the mean of the channels, as the models' own libraries have it; ffmpeg's own way to mono is 3 dB louder for stereo. Where the
 * layout changes on the way, ffmpeg brings it to the first one before, by its own rules: the mean of that would not hear all channels.
 */
export function audioFilters({ channels, channelLayout }: AudioStreamInfo, sampleRate: number): Filter[] {
  const share = (1 / channels).toFixed(12);
  const sum = Array.from({ length: channels }, (_, channel) => `${share}*c${channel}`).join('+');
  return [
    // Floats, or the mean would be rounded to the input's own bits.
    { name: 'aformat', options: { sample_fmts: 'fltp', channel_layouts: layoutName(channelLayout) } },
    { name: 'pan', options: { args: `mono|c0=${sum}` } },
    { name: 'aresample', options: { sample_rate: sampleRate, resampler: 'swr', filter_size: FILTER_SIZE } },
    { name: 'aformat', options: { sample_fmts: 'flt', channel_layouts: 'mono' } },
  ];
}

/** What ffmpeg takes so many channels for where the input does not say. */
const DEFAULT_LAYOUTS = ['mono', 'stereo', '2.1', '4.0', '5.0', '5.1', '6.1', '7.1'];

/** The layout to give sound that has none, as Speex's; undefined where it has one. Filters such as `ebur128` refuse sound without. */
export const missingLayout = ({ channels, channelLayout }: AudioStreamInfo) =>
  channelLayout === undefined ? DEFAULT_LAYOUTS[channels - 1] : undefined;

/** `stereo`, `5.1(side)`; not `3 channels`, which is ffprobe's way to say that it knows no name. */
const layoutName = (layout = '') => (/^[a-z0-9.()]+$/i.test(layout) ? layout : undefined);
