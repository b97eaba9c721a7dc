import type { Filter } from './filter-graph.js';

/** Values by name, as a measurement holds them. */
export type MeasuredValues = Readonly<Record<string, number>>;

/** What a filter printed for one frame: ffmpeg's keys and values. */
export type Printed = ReadonlyMap<string, string>;

/** What filters see: each look is a branch of the decoded video or sound, printed on a pipe of its own. */
export type Look = 'small' | 'rows' | 'middle' | 'levels' | 'loudness';

export interface MeasuringFilter {
  readonly look: Look;
  /** What a plan's own options are put over. */
  readonly options?: Filter['options'];
  /** What the values below rely on. */
  readonly fixed?: Filter['options'];
  /** @param before the values of the frame before; undefined at first, and where ffmpeg began anew */
  read(printed: Printed, before: MeasuredValues | undefined, seen: Seen): MeasuredValues;
}

/** What a look shows. */
export interface Seen {
  /** Of its pictures, in pixels; 1 by 1 for sound. */
  readonly size: { readonly width: number; readonly height: number };
  /** How many seconds its times were moved back. */
  readonly shiftSeconds: number;
}

/** scdet counts in percent of 256 levels, the scene score of `select` in levels: 1 is a mean change of 100. */
const SCENE_SCORE_UNIT = 100 / 2.56;
const LEVELS_A_PERCENT = 2.56;

/** The filters that can be asked for, in the order in which those of one look run: silencedetect must see the samples first. */
export const measuringFilters = {
  scdet: {
    look: 'small',
    read: (printed) =>
      values({
        sceneScore: limitToOne(divide(numberOf(printed, 'lavfi.scd.score'), SCENE_SCORE_UNIT)),
        changeMeanLevels: times(numberOf(printed, 'lavfi.scd.mafd'), LEVELS_A_PERCENT),
      }),
  },
  blackdetect: {
    look: 'small',
    read: (printed, before) => ({
      isBlack: turned(printed, 'lavfi.black_start', 'lavfi.black_end', before?.['isBlack']),
    }),
  },
  freezedetect: {
    look: 'small',
    fixed: { d: 0.000_001 }, // how long counts is for whoever reads
    read: (printed, before) => {
      // A frame that differs from the last has both marks; the first has none that it could repeat.
      const name = 'lavfi.freezedetect.freeze_';
      const isRepeated = before && turned(printed, `${name}start`, `${name}end`, before['isRepeated']);
      return values({ isRepeated });
    },
  },
  cropdetect: {
    look: 'small',
    fixed: { reset_count: 1, skip: 0, round: 2 }, // each frame for itself
    read: readEdges,
  },
  signalstats: {
    look: 'small',
    read: (printed) =>
      values({
        lumaLowLevel: numberOf(printed, 'lavfi.signalstats.YLOW'),
        lumaMeanLevel: numberOf(printed, 'lavfi.signalstats.YAVG'),
        lumaHighLevel: numberOf(printed, 'lavfi.signalstats.YHIGH'),
        saturationMeanLevel: numberOf(printed, 'lavfi.signalstats.SATAVG'),
        saturationHighLevel: numberOf(printed, 'lavfi.signalstats.SATHIGH'),
      }),
  },
  idet: {
    look: 'rows',
    read: (printed) => {
      const order = printed.get('lavfi.idet.multiple.current_frame') ?? 'undetermined';
      const isInterlaced = order === 'tff' || order === 'bff';
      return values({
        isInterlaced: order === 'undetermined' ? undefined : Number(isInterlaced),
        isTopFieldFirst: isInterlaced ? Number(order === 'tff') : undefined,
      });
    },
  },
  blurdetect: {
    look: 'middle',
    read: (printed) => values({ edgeWidthPixels: numberOf(printed, 'lavfi.blur') }),
  },
  bitplanenoise: {
    look: 'middle',
    read: (printed) => values({ noiseShare: numberOf(printed, 'lavfi.bitplanenoise.0.1') }),
  },
  silencedetect: {
    look: 'levels',
    options: { noise: '-30dB', d: 0.5 },
    fixed: { mono: 0 },
    read: (printed, before, { shiftSeconds }) =>
      values({
        isSilent: turned(printed, 'lavfi.silence_start', 'lavfi.silence_end', before?.['isSilent']),
        silenceStartSeconds: plus(numberOf(printed, 'lavfi.silence_start'), shiftSeconds),
        silenceEndSeconds: plus(numberOf(printed, 'lavfi.silence_end'), shiftSeconds),
      }),
  },
  astats: {
    look: 'levels',
    fixed: {
      metadata: 1,
      reset: 1,
      measure_perchannel: 'DC_offset+Peak_level+RMS_level+Flat_factor',
      measure_overall: 'Number_of_samples',
    },
    read: readChannels,
  },
  aphasemeter: {
    look: 'levels',
    fixed: { video: 0 },
    read: (printed) => values({ phase: numberOf(printed, 'lavfi.aphasemeter.phase') }),
  },
  ebur128: {
    look: 'loudness',
    fixed: { metadata: 1, peak: 'true', framelog: 'verbose' }, // not on each tenth of a second in the log
    read: (printed) =>
      values({
        momentaryLufs: loudnessOf(printed, 'lavfi.r128.M'),
        shortTermLufs: loudnessOf(printed, 'lavfi.r128.S'),
        integratedLufs: numberOf(printed, 'lavfi.r128.I'),
        rangeLu: numberOf(printed, 'lavfi.r128.LRA'),
        truePeakDb: decibels(numberOf(printed, 'lavfi.r128.true_peak')),
      }),
  },
} as const satisfies Readonly<Record<string, MeasuringFilter>>;

/** Where the picture begins, from each side, as a share of its size; nothing for a black picture. */
function readEdges(printed: Printed, _before: MeasuredValues | undefined, { size }: Seen): MeasuredValues {
  const { width, height } = size;
  const [left, right, top, bottom] = ['x1', 'x2', 'y1', 'y2'].map((edge) =>
    numberOf(printed, `lavfi.cropdetect.${edge}`),
  );
  if (left === undefined || right === undefined || top === undefined || bottom === undefined) return {};
  if (left >= right || top >= bottom) return {};
  return {
    leftShare: left / width,
    rightShare: (width - 1 - right) / width,
    topShare: top / height,
    bottomShare: (height - 1 - bottom) / height,
  };
}

const CHANNEL_KEYS = {
  Peak_level: 'PeakDb',
  RMS_level: 'RmsDb',
  DC_offset: 'DcOffset',
  Flat_factor: 'FlatFactor',
} as const;

/** `channel1PeakDb` and so on, for each channel from 1. */
function readChannels(printed: Printed): MeasuredValues {
  const found: Record<string, number | undefined> = {
    samples: numberOf(printed, SAMPLES_KEY),
  };
  for (let channel = 1; printed.has(`lavfi.astats.${channel}.RMS_level`); channel++) {
    for (const [key, name] of Object.entries(CHANNEL_KEYS))
      found[`channel${channel}${name}`] = numberOf(printed, `lavfi.astats.${channel}.${key}`);
  }
  return values(found);
}

/** How many samples of each channel a frame has. */
export const SAMPLES_KEY = 'lavfi.astats.Overall.Number_of_samples';

/** ffmpeg's text for a number; undefined for what it could not measure. */
function numberOf(printed: Printed, key: string): number | undefined {
  const text = printed.get(key);
  if (text === undefined || /nan/.test(text)) return undefined;
  if (/inf$/.test(text)) return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const value = Number.parseFloat(text);
  return Number.isNaN(value) ? undefined : value;
}

/** Of digital silence after sound, rounding can leave ebur128 a power below nothing, whose loudness it prints as `nan`. */
const loudnessOf = (printed: Printed, key: string) =>
  /nan/.test(printed.get(key) ?? '') ? Number.NEGATIVE_INFINITY : numberOf(printed, key);

/** A state that one mark turns on and another off; both together leave it off. */
function turned(printed: Printed, on: string, off: string, before: number | undefined): 0 | 1 {
  if (printed.has(off)) return 0;
  return printed.has(on) || before === 1 ? 1 : 0;
}

/** Without what could not be measured. */
function values(found: Readonly<Record<string, number | undefined>>): MeasuredValues {
  const entries = Object.entries(found).filter((entry): entry is [string, number] => entry[1] !== undefined);
  return Object.fromEntries(entries);
}

const plus = (value: number | undefined, more: number) => (value === undefined ? undefined : value + more);
const divide = (value: number | undefined, by: number) => value && value / by;
const times = (value: number | undefined, by: number) => value && value * by;
const limitToOne = (value: number | undefined) => value && Math.min(1, value);
const decibels = (value: number | undefined) => (value === undefined ? undefined : 20 * Math.log10(value));
