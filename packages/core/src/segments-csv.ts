import type { Segment } from './chunks.js';
import { formatCsvRow, parseCsvTable } from './csv.js';
import { MediaError } from './media-error.js';
import { segmentOfRecord, segmentRecordOf, segmentRecordSchema } from './segments-json.js';

const COLUMNS = [
  ['input', 'input'],
  ['modality', 'modality'],
  ['group', 'group'],
  ['label', 'label'],
  ['timestamp', 'timestamp'],
  ['duration_seconds', 'durationSeconds'],
  ['probability', 'probability'],
  ['peak', 'peak'],
] as const;
const HEADER = COLUMNS.map(([name]) => name);

/** Writes segments as CSV: `input,modality,group,label,timestamp,duration_seconds,probability,peak`. */
export async function* segmentsToCsv(
  segments: Iterable<Segment> | AsyncIterable<Segment>,
): AsyncGenerator<string, void, undefined> {
  yield formatCsvRow(HEADER);
  for await (const segment of segments) {
    const record = segmentRecordOf(segment);
    yield formatCsvRow(COLUMNS.map(([, field]) => record[field]));
  }
}

/** Reads what `segmentsToCsv` wrote. @throws {MediaError} `ERR_INPUT`, naming the row. */
export function segmentsFromCsv(text: string): Segment[] {
  return parseCsvTable(text, HEADER).map((fields, index) => {
    const [input, modality, group, label, ...numbers] = fields;
    const [timestamp, durationSeconds, probability, peak] = numbers.map(toNumber);
    const record = { input, modality, group, label, timestamp, durationSeconds, probability, peak };
    const result = segmentRecordSchema.safeParse(record);
    if (!result.success || fields.length !== HEADER.length)
      throw new MediaError('ERR_INPUT', `row ${index + 2}: expected ${HEADER.join()}, got ${fields.join()}`);
    return segmentOfRecord(result.data);
  });
}

const toNumber = (field: string) => (field === '' ? Number.NaN : Number(field));
