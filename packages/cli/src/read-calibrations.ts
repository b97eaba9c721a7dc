import {
  type Calibration,
  MediaError,
  type Modality,
  parseCalibration,
  readInputFile,
} from '@deepffmpeg/core';
import type { ChosenLabels } from './choose-labels.js';
import type { EncodingChoice } from './encode-all-labels.js';
import { refuseMissing } from './refuse-missing.js';

export interface CalibrationChoice extends EncodingChoice {
  /** Files that `models calibrate` wrote. */
  readonly calibration?: readonly string[];
}

/** What was found by examples for the labels of sight, of sound, or of both. */
export type Calibrations = Readonly<Partial<Record<Modality, Calibration>>>;

/** Far above what so many labels need as a person has examples of. */
const MOST_BYTES = 16 * 1024 * 1024;

const FLAGS = { vision: 'clip', audio: 'clap' } as const;

/**
 * Reads calibrations: one of sight, one of sound at most.
 *
 * @throws {MediaError} `ERR_INPUT` for a file that is none; `ERR_INVALID_OPTIONS` for two of a kind, one without its labels, or a
 * temperature besides.
 */
export async function readCalibrations(
  { calibration: paths = [], ...flags }: CalibrationChoice,
  labels: ChosenLabels,
  signal: AbortSignal,
): Promise<Calibrations> {
  const found: Partial<Record<Modality, Calibration>> = {};
  for (const path of paths) {
    await refuseMissing('--calibration', path);
    const calibration = await readCalibration(path, signal);
    const { modality } = calibration;
    const kind = FLAGS[modality];
    const fail = (problem: string) =>
      new MediaError('ERR_INVALID_OPTIONS', `--calibration ${path}: ${problem}`);
    if (!labels[modality]) throw fail(`requires --${kind}-labels or --${kind}-categories`);
    if (found[modality]) throw fail(`a second calibration for --${kind}-...: give one`);
    const { temperature, clipTemperature, clapTemperature } = flags;
    const own = modality === 'vision' ? clipTemperature : clapTemperature;
    if (own !== undefined) throw fail(`it sets the temperature: leave out --${kind}-temperature`);
    if (temperature !== undefined)
      throw fail(
        'it sets the temperature: leave out --temperature, or give the one of the other modality alone',
      );
    found[modality] = calibration;
  }
  return found;
}

async function readCalibration(path: string, signal: AbortSignal): Promise<Calibration> {
  const bytes = await readInputFile(path, { what: 'the calibration', mostBytes: MOST_BYTES, signal });
  return parseCalibration(bytes.toString('utf8'), path);
}
