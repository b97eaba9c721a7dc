/** Numbers that tell of the care behind a film. Each may be missing; what is missing counts neither way. */
export interface ProductionMeasures {
  /** Pixels of the shorter side, as coded. */
  readonly shortSide?: number | undefined;
  /** Of a sample of the picture. */
  readonly bitDepth?: number | undefined;
  /** As of the picture's summary: some 3 to 10 where it is sharp. */
  readonly edgeWidthPixels?: number | undefined;
  /** How a grid of blocks stands out, 1 is not at all: `blockiness` of the picture's summary. */
  readonly blockiness?: number | undefined;
  /** Share of the time with black, white or washed out pictures of no detail, 0 to 1. */
  readonly badExposureShare?: number | undefined;
  /** Share of the time in which fields show as combs, 0 to 1. */
  readonly interlacedShare?: number | undefined;
  /** Hz. */
  readonly sampleRate?: number | undefined;
  /** Integrated, EBU R128. */
  readonly integratedLufs?: number | undefined;
  /** Decibels to full scale, ITU-R BS.1770. */
  readonly truePeakDb?: number | undefined;
  /** Share of the time in which samples are cut off at full scale, 0 to 1. */
  readonly clippedShare?: number | undefined;
  /** Level of the quietest parts. */
  readonly noiseFloorDb?: number | undefined;
}

/** One measure, and what it says. */
export interface ProductionReason {
  readonly measure: keyof ProductionMeasures;
  readonly value: number;
  /** 0 (poor) to 1 (as a professional would hand it over). */
  readonly score: number;
  /** Such as `noise floor of -48 dB: -40 is poor, -60 is good`. */
  readonly text: string;
}

export interface ProductionValue {
  /** Mean over the reasons, 0 to 1; undefined without any. */
  readonly score: number | undefined;
  /** `high` from 0.75, `medium` from 0.4. */
  readonly grade: 'low' | 'medium' | 'high' | undefined;
  /** One for each measure that is known. */
  readonly reasons: readonly ProductionReason[];
}

interface Criterion {
  readonly measure: keyof ProductionMeasures;
  readonly name: string;
  readonly unit: string;
  /** Score 0 and 1; in between it follows a straight line. */
  readonly poor: number;
  readonly good: number;
  /** What is scored in place of the value itself. */
  readonly distance?: (value: number) => number;
}

/** EBU R128 asks for -23 LUFS, streaming services for -14: a film that was levelled for either is right. */
const LOUDNESS_RANGE = [-24, -13] as const;

const CRITERIA: readonly Criterion[] = [
  { measure: 'shortSide', name: 'short side', unit: 'px', poor: 360, good: 1080 },
  { measure: 'bitDepth', name: 'bit depth', unit: 'bits', poor: 6, good: 10 },
  // The bounds from which pictures are events of being blurred and blocky; what was well made measured 3 to 10, and 1 to 1.8.
  { measure: 'edgeWidthPixels', name: 'blur', unit: 'px', poor: 14, good: 8 },
  {
    measure: 'blockiness',
    name: 'block borders',
    unit: 'times as strong as what lies between',
    poor: 2.4,
    good: 1.8,
  },
  { measure: 'badExposureShare', name: 'bad exposure', unit: 'of the time', poor: 0.3, good: 0.05 },
  { measure: 'interlacedShare', name: 'combs', unit: 'of the time', poor: 0.5, good: 0 },
  { measure: 'sampleRate', name: 'sample rate', unit: 'Hz', poor: 16_000, good: 48_000 },
  {
    measure: 'integratedLufs',
    name: 'loudness',
    unit: 'LUFS',
    poor: 10,
    good: 0,
    distance: (value) => Math.max(LOUDNESS_RANGE[0] - value, value - LOUDNESS_RANGE[1], 0),
  },
  // EBU R128: -1 dBTP at most.
  { measure: 'truePeakDb', name: 'true peak', unit: 'dBTP', poor: 1, good: -1 },
  { measure: 'clippedShare', name: 'clipping', unit: 'of the time', poor: 0.01, good: 0 },
  { measure: 'noiseFloorDb', name: 'noise floor', unit: 'dB', poor: -40, good: -60 },
];

/**
 * Sums up how well a film is made, as far as numbers tell, and why. The bounds are conventions of the trade where there are any, and else what
 * these packages measured; a film may well be meant to be as it is.
 */
export function rateProduction(measures: ProductionMeasures): ProductionValue {
  const reasons = CRITERIA.flatMap((criterion) => {
    const value = measures[criterion.measure];
    return value === undefined || Number.isNaN(value) ? [] : [judge(criterion, value)];
  });
  if (reasons.length === 0) return { score: undefined, grade: undefined, reasons };
  const score = reasons.reduce((sum, reason) => sum + reason.score, 0) / reasons.length;
  return { score, grade: gradeOf(score), reasons };
}

function gradeOf(score: number): 'low' | 'medium' | 'high' {
  if (score >= 0.75) return 'high';
  return score >= 0.4 ? 'medium' : 'low';
}

function judge({ measure, name, unit, poor, good, distance }: Criterion, value: number): ProductionReason {
  const share = ((distance?.(value) ?? value) - poor) / (good - poor);
  const bounds =
    distance === undefined
      ? `${poor} is poor, ${good} is good`
      : `${LOUDNESS_RANGE.join(' to ')} is good, ${poor} beyond is poor`;
  const text = `${name} of ${Number(value.toPrecision(4))} ${unit}: ${bounds}`;
  return { measure, value, score: Math.min(1, Math.max(0, share)), text };
}
