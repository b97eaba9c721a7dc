import * as z from 'zod';
import type { Embedding, Modality } from './chunks.js';
import { closeable } from './closeable.js';
import { parseJsonLine, regionRecordOf, timedFields } from './json-lines.js';
import { type Line, readLines, type TextSource } from './lines.js';
import { MediaError } from './media-error.js';
import type { Activation } from './score-labels.js';

export const EMBEDDINGS_FORMAT = 'deepffmpeg-embeddings-1';

/** A model that made the embeddings of one modality, and what scoring them needs. */
export interface EmbeddingsModel {
  readonly modality: Modality;
  /** Its id. */
  readonly model: string;
  /** Of the tower that made them; tells models of the same name apart. */
  readonly weightsDigest: string;
  readonly dimension: number;
  /** What cosines are multiplied with. */
  readonly logitScale: number;
  /** Added after that. */
  readonly logitBias: number;
  readonly activation: Activation;
  /** The settings that pictures or sound were prepared with, as the model's own files have them. */
  readonly preprocessing: object;
}

/** The first line of a file of embeddings: whose they are. */
export interface EmbeddingsHeader {
  readonly format: typeof EMBEDDINGS_FORMAT;
  /** One for each modality at most. */
  readonly models: readonly EmbeddingsModel[];
  /** All inputs, also those without any embedding. */
  readonly inputs: readonly string[];
}

/**
 * Writes embeddings as JSON Lines: the header, then a line each.
 *
 * @throws {MediaError} `ERR_MISMATCH` for an embedding of another model, or of an input that the header does not name.
 */
export async function* embeddingsToJsonLines(
  header: EmbeddingsHeader,
  embeddings: Iterable<Embedding> | AsyncIterable<Embedding>,
): AsyncGenerator<string, void, undefined> {
  yield `${JSON.stringify(header)}\n`;
  const inputs = new Set(header.inputs);
  for await (const embedding of embeddings) {
    const { model, modality, source } = embedding;
    if (!inputs.has(source))
      throw new MediaError('ERR_MISMATCH', `${source} is none of the inputs in the header of the file`);
    const expected = header.models.find((each) => each.modality === modality)?.model;
    if (model !== expected)
      throw new MediaError(
        'ERR_MISMATCH',
        `an embedding of ${modality} by ${model} does not belong to a file of ${expected ?? `no ${modality}`}`,
      );
    yield formatEmbedding(embedding);
  }
}

/** One line: `{ input, timestamp, durationSeconds, modality, vector }`. Nine digits bring every float32 back exactly. */
export function formatEmbedding({
  source,
  timestamp,
  durationSeconds,
  modality,
  vector,
  region,
}: Embedding): string {
  const numbers = Array.from(vector, (value) => Number(value.toPrecision(9)));
  const about = {
    input: source,
    timestamp,
    durationSeconds,
    modality,
    ...(region && { region: regionRecordOf(region) }),
  };
  return `${JSON.stringify({ ...about, vector: numbers })}\n`;
}

/** What went wrong with one input; its line stands after all embeddings. */
export interface InputOutcome {
  readonly input: string;
  /** Why it could be read in part only. */
  readonly partialReason?: string;
  /** What was asked of it and it has not, and why. */
  readonly missing?: readonly { readonly modality: Modality; readonly reason: string }[];
  readonly error?: { readonly code?: string; readonly message: string };
}

/** One line. */
export const formatOutcome = (outcome: InputOutcome): string => `${JSON.stringify({ outcome })}\n`;

const modelSchema = z.object({
  modality: z.enum(['vision', 'audio']),
  model: z.string(),
  weightsDigest: z.string(),
  dimension: z.int().positive(),
  logitScale: z.number().positive(),
  logitBias: z.number(),
  activation: z.enum(['softmax', 'sigmoid']),
  preprocessing: z.record(z.string(), z.unknown()),
});

const headerSchema = z.object({
  format: z.literal(EMBEDDINGS_FORMAT),
  models: z
    .array(modelSchema)
    .min(1)
    .refine((models) => new Set(models.map(({ modality }) => modality)).size === models.length, {
      message: 'expected one model for each modality',
    }),
  inputs: z.array(z.string()),
});

/** float32 numbers, summed up. */
const NORM_TOLERANCE = 1e-3;

const rowSchema = z.object({
  ...timedFields,
  vector: z.array(z.number()),
});

const outcomeSchema = z.object({
  outcome: z.object({
    input: z.string(),
    partialReason: z.string().optional(),
    missing: z.array(z.object({ modality: z.enum(['vision', 'audio']), reason: z.string() })).optional(),
    error: z.object({ code: z.string().optional(), message: z.string() }).optional(),
  }),
});

/** A file of embeddings that is being read. */
export interface EmbeddingsFile {
  readonly header: EmbeddingsHeader;
  /** What went wrong with inputs; filled as the embeddings are read. */
  readonly outcomes: readonly InputOutcome[];
  readonly embeddings: AsyncGenerator<Embedding, void, undefined>;
}

/**
 * Reads what `embeddingsToJsonLines` wrote: the header at once, the embeddings as they are asked for.
 *
 * @throws {MediaError} `ERR_INPUT`, naming the line; the loop over the embeddings may throw it, too.
 */
export async function embeddingsFromJsonLines(text: TextSource): Promise<EmbeddingsFile> {
  const lines = readLines(text);
  const header = await readHeader(lines).catch(async (error) => {
    await lines.return(); // the file, too, is closed
    throw error;
  });

  const outcomes: InputOutcome[] = [];
  const inputs = new Set(header.inputs);

  async function* embeddings(): AsyncGenerator<Embedding, void, undefined> {
    for await (const line of lines) {
      if (line.text.startsWith('{"outcome"')) {
        outcomes.push(parseJsonLine(outcomeSchema, line).outcome);
        continue;
      }
      const row = parseJsonLine(rowSchema, line);
      const { input, vector, ...about } = row;
      if (!inputs.has(input))
        throw new MediaError(
          'ERR_INPUT',
          `line ${line.number}: ${input} is none of the inputs in the header`,
        );
      const maker = header.models.find(({ modality }) => modality === about.modality);
      if (vector.length !== maker?.dimension) {
        const expected = maker ? `${maker.dimension} numbers` : `no embedding of ${about.modality}`;
        const problem = `expected ${expected} as the header says, got ${vector.length}`;
        throw new MediaError('ERR_INPUT', `line ${line.number}: ${problem}`);
      }
      const norm = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
      if (Math.abs(norm - 1) > NORM_TOLERANCE)
        throw new MediaError('ERR_INPUT', `line ${line.number}: expected a vector of length 1, got ${norm}`);
      const data = Float32Array.from(vector);
      yield { ...about, type: 'embedding', source: input, model: maker.model, vector: data };
    }
  }
  // A generator that was never begun would leave the file open.
  return { header, outcomes, embeddings: closeable(embeddings, { onClose: () => void lines.return() }) };
}

async function readHeader(lines: AsyncGenerator<Line, void, undefined>): Promise<EmbeddingsHeader> {
  const first = await lines.next();
  if (first.done)
    throw new MediaError('ERR_INPUT', `expected a header line of ${EMBEDDINGS_FORMAT}, got nothing`);
  return parseJsonLine(headerSchema, first.value);
}
