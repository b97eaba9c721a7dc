import { missingLayout } from './audio-filters.js';
import type { MeasurementTap } from './decode-plan.js';
import type { Filter } from './filter-graph.js';
import { type Look, measuringFilters, type Seen } from './measuring-filters.js';
import type { TimedAudioStream, TimedStream, TimedVideoStream } from './media-info.js';
import { placeFrame } from './picture-filters.js';
import { formatRational, type Rational } from './rational.js';
import { sampleFilters } from './sample-filters.js';

/** The filters of a plan that see the same, and print into one pipe. */
export interface MeasurementLook extends Seen {
  readonly look: Look;
  readonly kind: 'video' | 'audio';
  readonly stream: TimedStream;
  readonly filters: readonly MeasurementTap[];
  /** Of the times that are printed. */
  readonly timeBase: Rational;
  /** What the stream goes through before it is measured. */
  readonly before: readonly Filter[];
}

/** As scdet's threshold and most published ones mean it. */
const SMALL_WIDTH = 320;
/** Looking for blur takes 17 ms on a whole picture of 720 lines, and it does not come and go within a second. */
const MIDDLE_PER_SECOND = 2;
/** What is measured of large pictures at their full resolution: the part that is looked at most, in stored pixels. */
export const measuredMiddle = { width: 640, height: 360 };
/** blurdetect reads beyond pictures of two rows. */
const LEAST_PIXELS = 16;
/** Short, so that a loud moment can be told to a fiftieth of a second. */
const LEVELS_PER_SECOND = 50;

/** Sorts what a plan measures by what it sees. A stream that the input lacks is left out. */
export function measurementLooks(
  taps: readonly MeasurementTap[],
  video: TimedVideoStream | undefined,
  audio: TimedAudioStream | undefined,
): MeasurementLook[] {
  const looks = [...new Set(taps.map(({ filter }) => measuringFilters[filter].look))];
  return looks.flatMap((look): MeasurementLook[] => {
    const stream = isSound(look) ? audio : video;
    if (stream === undefined) return [];
    const filters = taps.filter(({ filter }) => measuringFilters[filter].look === look);
    if (stream.type === 'audio') return soundLook(look, stream, filters);
    return [
      {
        look,
        kind: 'video',
        stream,
        filters,
        timeBase: stream.timeBase,
        shiftSeconds: 0,
        ...pictureLook(look, stream),
      },
    ];
  });
}

const isSound = (look: Look) => look === 'levels' || look === 'loudness';

/** Which kind of stream a filter needs. */
export const kindOfFilter = (filter: MeasurementTap['filter']): 'video' | 'audio' =>
  isSound(measuringFilters[filter].look) ? 'audio' : 'video';

function pictureLook(look: Look, stream: TimedVideoStream): Pick<MeasurementLook, 'size' | 'before'> {
  const yuv: Filter = { name: 'format', options: { pix_fmts: 'yuv420p' } };
  const shown = placeFrame(stream);
  if (look === 'middle') {
    const crop = { w: `min(iw,${measuredMiddle.width})`, h: `min(ih,${measuredMiddle.height})` };
    const least = { w: `max(iw,${LEAST_PIXELS})`, h: `max(ih,${LEAST_PIXELS})`, flags: 'neighbor' };
    const sampled = sampleFilters({ perSecond: MIDDLE_PER_SECOND });
    const cut: Filter[] = [
      { name: 'crop', options: crop },
      { name: 'scale', options: least },
    ];
    return { size: shown, before: [...sampled, ...cut, yuv] };
  }
  if (look === 'rows') {
    // A strip tells as much about fields as all of it.
    const options = { w: `min(${SMALL_WIDTH},iw)`, h: 'ih' };
    return { size: shown, before: [{ name: 'crop', options }, yuv] };
  }
  const width = Math.max(2, Math.min(SMALL_WIDTH, shown.width));
  const height = Math.max(2, 2 * Math.round((width * shown.height) / shown.width / 2));
  const scale = { w: width, h: height, flags: 'fast_bilinear', out_range: 'tv' };
  return { size: { width, height }, before: [{ name: 'scale', options: scale }, yuv] };
}

/** aphasemeter compares two channels: of other layouts it would make two first, which says nothing about them. */
function soundLook(look: Look, stream: TimedAudioStream, all: readonly MeasurementTap[]): MeasurementLook[] {
  const filters = all.filter(({ filter }) => filter !== 'aphasemeter' || stream.channels === 2);
  if (filters.length === 0) return [];
  const { sampleRate, startSeconds = 0 } = stream;
  const blocks = { nb_out_samples: Math.ceil(sampleRate / LEVELS_PER_SECOND), pad: false };
  // silencedetect prints six digits: of a time far from 0 they would tell little.
  const shiftSeconds = Math.floor(startSeconds);
  const before: Filter[] = [
    { name: 'aformat', options: { sample_fmts: 'fltp', channel_layouts: missingLayout(stream) } },
    ...(look === 'levels' ? [{ name: 'asetnsamples', options: blocks }] : []),
    { name: 'asetpts', options: { expr: `PTS-${shiftSeconds}/TB` } },
  ];
  const timeBase = { numerator: 1, denominator: sampleRate };
  return [
    { look, kind: 'audio', stream, filters, size: { width: 1, height: 1 }, timeBase, shiftSeconds, before },
  ];
}

/** Looks that print tens of kilobytes for each second. */
const CHATTY: readonly Look[] = ['small', 'rows', 'levels'];

/**
 * All that a look does with its stream; the last filter prints on `pipe`, line by line where that may be live. Elsewhere a chatty one waits until
 * it has 32 kB, which are a second or two: each line would wake the reader, which costs a tenth of the time.
 */
export function lookFilters(
  { look, kind, filters, timeBase, before }: MeasurementLook,
  pipe: number,
  { isLive }: { readonly isLive: boolean },
): readonly Filter[] {
  const prefix = kind === 'audio' ? 'a' : '';
  const print = { mode: 'print', file: `pipe:${pipe}`, direct: isLive || !CHATTY.includes(look) };
  return [
    // What decoders hang on frames is text of the input's: it could pass for lines of ours.
    { name: `${prefix}metadata`, options: { mode: 'delete' } },
    ...before,
    ...filters.map(({ filter, options }) => ({ name: filter, options })),
    // Each frame has something to print, and so tells its time.
    { name: `${prefix}metadata`, options: { mode: 'add', key: 'lavfi.seen', value: '1' } },
    { name: kind === 'audio' ? 'asettb' : 'settb', options: { expr: formatRational(timeBase) } },
    { name: `${prefix}metadata`, options: print },
  ];
}
