import { applyCalibration, type EncodedLabelSet, labelSetDigest } from '@deepffmpeg/core';
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
  models: OpenedModels,
  labels: ChosenLabels,
  flags: EncodingChoice,
  say: Say,
  signal: AbortSignal,
  calibrations: Calibrations = {},
): Promise<EncodedLabelSet[]> {
  const { temperature, clipTemperature = temperature, clapTemperature = temperature } = flags;
  const temperatures = { vision: clipTemperature, audio: clapTemperature };
  const templates = { vision: flags.clipTemplate, audio: flags.clapTemplate };
  const sets: EncodedLabelSet[] = [];
  for (const modality of ['vision', 'audio'] as const) {
    const { [modality]: model } = models;
    const { [modality]: prompts } = labels;
    if (!model || !prompts) continue;
    const template = templates[modality] ?? model.promptTemplate;
    const encoded = await encodeLabels(model, prompts, { template, signal });
    const { [modality]: calibration } = calibrations;
    if (!calibration) {
      sets.push({ ...encoded, temperature: temperatures[modality] });
      continue;
    }
    const textDigest = await model.textDigest({ signal });
    const { weightsDigest } = model;
    const target = { weightsDigest, textDigest, labelsDigest: labelSetDigest(prompts, template) };
    sets.push(applyCalibration(encoded, calibration, target));
  }
  for (const modality of ['vision', 'audio'] as const) {
    const { [modality]: model } = models;
    if (model) say.more(`${model.id}: ${model.encodedCount} sentences encoded, all others from the cache`);
  }
  for (const alike of sets.flatMap(findAlike)) say.always(`warning: ${alike}`);
  return sets;
}
