import type { Embedding, Scores } from './chunks.js';
import { describeValue } from './describe-value.js';
import { MediaError } from './media-error.js';
import { refuseLonelyLabels } from './refuse-lonely-labels.js';
import { requireMembers } from './require-members.js';
import { type EncodedLabelSet, scoreLabels } from './score-labels.js';

/**
 * Makes the function behind `createScorer`: it scores an embedding against every label set of its model.
 *
 * @param temperature - for label sets without a temperature of their own.
 * @throws {MediaError} `ERR_INVALID_OPTIONS` (no encoded label sets) or `ERR_LABELS` (one label alone, two label sets of one name), at once.
 * The function may throw `ERR_MISMATCH` (no labels for the embedding's model) or `ERR_MODEL_OUTPUT`.
 */
export function embeddingScorer(
  labelSets: readonly EncodedLabelSet[],
  temperature = 1,
): (embedding: Embedding) => Scores[] {
  refuseOthers(labelSets);
  for (const labels of labelSets) refuseLonelyLabels(labels);
  refuseNamesakes(labelSets);

  return ({ vector, model, ...about }) => {
    const fitting = labelSets.filter((labels) => labels.model === model);
    if (fitting.length === 0)
      throw new MediaError('ERR_MISMATCH', `no label set was encoded for model ${model}`);
    return fitting.map(
      (labels): Scores => ({
        ...about,
        type: 'scores',
        model,
        labelSet: labels.labelSet,
        ...scoreLabels(vector, labels, labels.temperature ?? temperature),
      }),
    );
  };
}

/** Prompts look like encoded labels from afar, and encoding is easily not awaited. */
function refuseOthers(labelSets: readonly EncodedLabelSet[]): void {
  if (!Array.isArray(labelSets))
    throw new MediaError(
      'ERR_INVALID_OPTIONS',
      `labelSets: expected a list of what encodeLabels gives, got ${describeValue(labelSets)}`,
    );
  for (const labels of labelSets)
    requireMembers(labels, ['labelSet', 'vectors'], 'labelSets: expected what encodeLabels gives');
}

/** Averages and segments know a label set by model and name: those of two would become one. */
function refuseNamesakes(labelSets: readonly EncodedLabelSet[]): void {
  const keys = labelSets.map(({ model, labelSet: { name } }) => JSON.stringify([model, name]));
  const twin = labelSets.find((_, index) => keys.indexOf(keys[index]!) !== index); // a key each
  if (twin === undefined) return;
  throw new MediaError(
    'ERR_LABELS',
    `two label sets for model ${twin.model} are called "${twin.labelSet.name}": name each otherwise`,
  );
}
