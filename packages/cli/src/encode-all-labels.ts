import type { EncodedLabelSet } from '@deepffmpeg/core';
import { encodeLabels } from '@deepffmpeg/models';
import type { ChosenLabels } from './choose-labels.js';
import { findAlike } from './find-alike.js';
import type { OpenedModels } from './open-models.js';
import type { Say } from './say.js';

export interface EncodingChoice {
  readonly temperature?: number;
  readonly clipTemperature?: number;
  readonly clipTemplate?: string;
  readonly clapTemperature?: number;
  readonly clapTemplate?: string;
}

/** Has each model read its labels; the temperature for one of them alone wins over the common one. */
export async function encodeAllLabels(
  { vision, audio }: OpenedModels,
  labels: ChosenLabels,
  flags: EncodingChoice,
  say: Say,
  signal: AbortSignal,
): Promise<EncodedLabelSet[]> {
  const { temperature, clipTemperature = temperature, clapTemperature = temperature } = flags;
  const sets: EncodedLabelSet[] = [];
  if (vision && labels.vision) {
    const encoded = await encodeLabels(vision, labels.vision, { template: flags.clipTemplate, signal });
    sets.push({ ...encoded, temperature: clipTemperature });
  }
  if (audio && labels.audio) {
    const encoded = await encodeLabels(audio, labels.audio, { template: flags.clapTemplate, signal });
    sets.push({ ...encoded, temperature: clapTemperature });
  }
  for (const model of [vision, audio])
    if (model)
      say.more(`${model.id}: ${model.encodedCount} sentences encoded, all others came from the cache`);
  for (const alike of sets.flatMap(findAlike)) say.always(`warning: ${alike}`);
  return sets;
}
