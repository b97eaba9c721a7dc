import {
  applyCalibration,
  type Calibration,
  type EncodedLabelSet,
  labelSetDigest,
  type PromptSet,
} from '@deepffmpeg/core';
import { encodeLabels } from '@deepffmpeg/models';
import type { ChosenLabels } from './choose-labels.js';
import { findAlike } from './find-alike.js';
import type { OpenedModels } from './open-models.js';
import type { Calibrations } from './read-calibrations.js';
import type { Say } from './say.js';

export interface EncodingChoice {
  readonly temperature?: number;
  readonly clipTemperature?: number;
  readonly clipTemplate?: string;
  readonly clapTemperature?: number;
  readonly clapTemplate?: string;
}

/**
 * Has each model read its labels; the temperature for one of them alone wins over the common one, and a calibration over both.
 *
 * @throws {MediaError} `ERR_MISMATCH` for a calibration of another model or of other labels.
 */
export async function encodeAllLabels(
  { vision, audio }: OpenedModels,
  labels: ChosenLabels,
  flags: EncodingChoice,
  say: Say,
  signal: AbortSignal,
  calibrations: Calibrations = {},
): Promise<EncodedLabelSet[]> {
  const { temperature, clipTemperature = temperature, clapTemperature = temperature } = flags;
  const encode = async (
    model: NonNullable<typeof vision | typeof audio>,
    prompts: PromptSet,
    template = model.promptTemplate,
    ownTemperature?: number,
    calibration?: Calibration,
  ): Promise<EncodedLabelSet> => {
    const encoded = await encodeLabels(model, prompts, { template, signal });
    if (!calibration) return { ...encoded, temperature: ownTemperature };
    const { weightsDigest } = model;
    return applyCalibration(encoded, calibration, {
      weightsDigest,
      labelsDigest: labelSetDigest(prompts, template),
    });
  };
  const sets: EncodedLabelSet[] = [];
  if (vision && labels.vision)
    sets.push(await encode(vision, labels.vision, flags.clipTemplate, clipTemperature, calibrations.vision));
  if (audio && labels.audio)
    sets.push(await encode(audio, labels.audio, flags.clapTemplate, clapTemperature, calibrations.audio));
  for (const model of [vision, audio])
    if (model)
      say.more(`${model.id}: ${model.encodedCount} sentences encoded, all others came from the cache`);
  for (const alike of sets.flatMap(findAlike)) say.always(`warning: ${alike}`);
  return sets;
}
