import type { LabelAverage, Modality } from './chunks.js';
import { formatCsvRow, parseCsvTable } from './csv.js';
import { MediaError } from './media-error.js';

const HEADER = ['stream_id', 'label', 'avg_probability', 'count'];
const MODALITIES: readonly Modality[] = ['vision', 'audio'];

/** What the original calls a stream: 0 is sight, 1 is sound. */
export const streamIdOf = (modality: Modality): number => MODALITIES.indexOf(modality);

/**
 * Writes averages as the original system does: `stream_id,label,avg_probability,count`, a row each, the
 * probability with 4 decimals. The format has no place for the input: write one file for each.
 */
export async function* averagesToCsv(
  averages: Iterable<LabelAverage> | AsyncIterable<LabelAverage>,
): AsyncGenerator<string, void, undefined> {
  yield formatCsvRow(HEADER);
  for await (const { modality, label, probability, count } of averages)
    yield formatCsvRow([streamIdOf(modality), label, probability.toFixed(4), count]);
}

/** What a row of the original's CSV tells. */
export type AverageRow = Pick<LabelAverage, 'modality' | 'label' | 'probability' | 'count'>;

/** Reads what `averagesToCsv` or the original wrote. @throws {MediaError} `ERR_INPUT`, naming the row. */
export function averagesFromCsv(text: string): AverageRow[] {
  return parseCsvTable(text, HEADER).map((fields, index) => toAverage(fields, index + 2));
}

function toAverage(fields: readonly string[], row: number): AverageRow {
  const [streamId = '', label = '', probability = '', count = ''] = fields;
  const modality = MODALITIES[Number(streamId)];
  const average = { probability: Number(probability), count: Number(count) };
  const isSound =
    fields.length === HEADER.length &&
    /^[01]$/.test(streamId) &&
    /^\d+$/.test(count) &&
    probability !== '' &&
    average.probability >= 0 &&
    average.probability <= 1;
  if (!modality || !isSound)
    throw new MediaError('ERR_INPUT', `row ${row}: expected ${HEADER.join()}, got ${fields.join()}`);
  return { modality, label, ...average };
}
