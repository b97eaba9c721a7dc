import type { Segment } from './chunks.js';
import { formatCsvRow, parseCsvTable } from './csv.js';
import { MediaError } from './media-error.js';
import { segmentOfRecord, segmentRecordOf, segmentRecordSchema } from './segments-json.js';

const COLUMNS = [
  ['input', 'input'],
  ['modality', 'modality'],
  ['model', 'model'],
  ['label_set', 'labelSet'],
  ['group', 'group'],
  ['label', 'label'],
  ['timestamp', 'timestamp'],
  ['duration_seconds', 'durationSeconds'],
  ['probability', 'probability'],
  ['peak', 'peak'],
  ['track_id', 'trackId'],
] as const;
const HEADER = COLUMNS.map(([name]) => name);

/** Writes segments as CSV: `input,modality,model,label_set,group,label,timestamp,duration_seconds,probability,peak,track_id`. */
export async function* segmentsToCsv(
  segments: Iterable<Segment> | AsyncIterable<Segment>,
): AsyncGenerator<string, void, undefined> {
  yield formatCsvRow(HEADER);
  for await (const segment of segments) {
    const record = segmentRecordOf(segment);
    yield formatCsvRow(COLUMNS.map(([, field]) => record[field] ?? ''));
  }
}

/** Reads what `segmentsToCsv` wrote. @throws {MediaError} `ERR_INPUT`, naming the row. */
export function segmentsFromCsv(text: string): Segment[] {
  return parseCsvTable(text, HEADER).map((fields, index) => {
    const [input, modality, model, labelSet, group, label, ...numbers] = fields;
    const [timestamp, durationSeconds, probability, peak, trackId] = numbers.map(toNumber);
    const about = { input, modality, model, labelSet, group, label };
    const record = { ...about, timestamp, durationSeconds, probability, peak, trackId };
    const result = segmentRecordSchema.safeParse(record);
    if (!result.success || fields.length !== HEADER.length)
      throw new MediaError('ERR_INPUT', `row ${index + 2}: expected ${HEADER.join()}, got ${fields.join()}`);
    return segmentOfRecord(result.data);
  });
}

const toNumber = (field: string) => (field === '' ? undefined : Number(field));
