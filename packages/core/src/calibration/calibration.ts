import * as z from 'zod';
import type { Modality } from '../chunks.js';
import { MediaError } from '../media-error.js';
import { qualifiedLabel } from '../qualified-label.js';
import type { Activation, EncodedLabelSet } from '../score-labels.js';
import type { CalibrationFit } from './fit-calibration.js';

export const CALIBRATION_FORMAT = 'deepffmpeg-calibration-1';

/** What one model's probabilities of one label set are to be read with. */
export interface Calibration extends CalibrationFit {
  readonly format: typeof CALIBRATION_FORMAT;
  readonly modality: Modality;
  /** For people; the digest tells whose it is. */
  readonly model: string;
  readonly weightsDigest: string;
  /** Of what reads the labels: text tower and tokenizer. */
  readonly textDigest: string;
  /** Of what was read: see `labelSetDigest`. */
  readonly labelsDigest: string;
  /** That labels without sentences went into. */
  readonly template: string;
  readonly activation: Activation;
  /** That the temperature divides. */
  readonly logitScale: number;
  readonly logitBias: number;
}

/** What a calibration is held against. */
export interface CalibrationTarget {
  /** Digest of the weights that make the embeddings. */
  readonly weightsDigest: string;
  /** Digest of what reads the labels. */
  readonly textDigest: string;
  /** See `labelSetDigest`. */
  readonly labelsDigest: string;
}

const share = z.number().min(0).max(1);

const measuresSchema = z.object({
  accuracy: share,
  negativeLogLikelihood: z.number(),
  expectedCalibrationError: share,
  bins: z.array(
    z.object({
      from: share,
      to: share,
      weight: z.number().min(0),
      meanProbability: share.optional(),
      shareRight: share.optional(),
    }),
  ),
});

const schema = z.object({
  format: z.literal(CALIBRATION_FORMAT),
  modality: z.enum(['vision', 'audio']),
  model: z.string(),
  weightsDigest: z.string(),
  textDigest: z.string(),
  labelsDigest: z.string(),
  template: z.string(),
  activation: z.enum(['softmax', 'sigmoid']),
  logitScale: z.number().positive(),
  logitBias: z.number(),
  temperature: z.number().positive(),
  labels: z.array(
    z.object({
      group: z.string(),
      label: z.string(),
      examples: z.int().positive(),
      threshold: share.nullable().transform((threshold) => threshold ?? Number.POSITIVE_INFINITY),
      precision: share.optional(),
      recall: share,
      f1: share,
    }),
  ),
  examples: z.int().positive(),
  folds: z.int().positive(),
  before: measuresSchema,
  after: measuresSchema,
}) satisfies z.ZodType<Calibration>;

/** The same format without the digest of what reads. */
const earlierSchema = schema.extend({ textDigest: z.never().optional() });

/** Enough for what is only told. */
const DIGITS = 6;
/** Near 1 a probability may well differ from another in its eighth digit. */
const EXACT = ['temperature', 'threshold', 'logitScale', 'logitBias'];

/** One JSON document; measures have 6 digits, counts all of theirs, and a threshold that nothing reaches is `null`. */
export function formatCalibration(calibration: Calibration): string {
  const round = (key: string, value: unknown) => {
    if (typeof value !== 'number' || Number.isInteger(value) || EXACT.includes(key)) return value;
    return Number(value.toPrecision(DIGITS));
  };
  return `${JSON.stringify(calibration, round, 2)}\n`; // JSON writes Infinity as null
}

/** Reads what `formatCalibration` wrote, a byte order mark before it or not. @param name - for messages. @throws {MediaError} `ERR_INPUT` */
export function parseCalibration(text: string, name: string): Calibration {
  const fail = (problem: string, cause?: unknown) =>
    new MediaError(
      'ERR_INPUT',
      `${name} is no calibration: ${problem}; "deepffmpeg models calibrate" makes one`,
      { cause },
    );
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw fail('it is not JSON', cause);
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  if (earlierSchema.safeParse(value).success)
    throw new MediaError(
      'ERR_INPUT',
      `${name} was made by an earlier version, which did not note what reads the labels: calibrate anew with "deepffmpeg models calibrate"`,
      { cause: result.error },
    );
  throw fail(z.prettifyError(result.error).replaceAll('\n', ' '), result.error);
}

/** A trained scale that is measured anew may differ in its last digits. */
const SCALE_TOLERANCE = 1e-4;

/**
 * Gives a label set the temperature and the thresholds of its calibration.
 *
 * @throws {MediaError} `ERR_MISMATCH` when it was made for other weights, another text tower or tokenizer, other labels, sentences,
 * template, scale or bias.
 */
export function applyCalibration(
  encoded: EncodedLabelSet,
  calibration: Calibration,
  { weightsDigest, textDigest, labelsDigest }: CalibrationTarget,
): EncodedLabelSet {
  const { labelSet, activation, logitScale, logitBias = 0, model } = encoded;
  const fail = (problem: string) => new MediaError('ERR_MISMATCH', `${problem}: calibrate anew`);
  if (calibration.weightsDigest !== weightsDigest)
    throw fail(`the calibration was made for ${calibration.model}, the labels are read by ${model}`);
  if (calibration.textDigest !== textDigest)
    throw fail(
      `the calibration was made with another text tower or tokenizer than ${model} reads the labels with`,
    );
  if (calibration.labelsDigest !== labelsDigest) throw fail(labelsDiffer(encoded, calibration));
  const isSame = (a: number, b: number) => Math.abs(a - b) <= SCALE_TOLERANCE * Math.max(1, Math.abs(b));
  if (
    calibration.activation !== activation ||
    !isSame(calibration.logitScale, logitScale) ||
    !isSame(calibration.logitBias, logitBias)
  )
    throw fail(
      `the calibration was made with ${calibration.activation} at scale ${calibration.logitScale} and bias ${calibration.logitBias}, ` +
        `the labels have ${activation}, ${logitScale} and ${logitBias}`,
    );
  const found = new Map(calibration.labels.map((each) => [keyOf(each.group, each.label), each.threshold]));
  const thresholds = labelSet.groups.flatMap(({ name, labels }) =>
    labels.map((label) => found.get(keyOf(name, label))),
  );
  return { ...encoded, temperature: calibration.temperature, labelSet: { ...labelSet, thresholds } };
}

const keyOf = (group: string, label: string) => JSON.stringify([group, label]);

function labelsDiffer({ labelSet }: EncodedLabelSet, { labels, template }: Calibration): string {
  const has = new Set(
    labelSet.groups.flatMap(({ name, labels }) => labels.map((label) => keyOf(name, label))),
  );
  const lacking = labels.find(({ group, label }) => !has.has(keyOf(group, label)));
  if (lacking)
    return `the calibration was made for labels with "${qualifiedLabel(lacking.group, lacking.label)}", which ${labelSet.name} lacks`;
  return `the calibration was made for other labels than ${labelSet.name}, or for other sentences (the template was "${template}")`;
}
