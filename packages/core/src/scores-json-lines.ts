import * as z from 'zod';
import type { Modality, Region, Scores } from './chunks.js';
import { parseJsonLine, regionRecordOf, timedFields } from './json-lines.js';
import { readLines, type TextSource } from './lines.js';

/** Enough for every use, and half the bytes of a float32's full expansion. */
const DECIMALS = 6;

/** One line: how well every label fits one frame or window. */
export interface ScoresRecord {
  readonly input: string;
  /** Seconds. */
  readonly timestamp: number;
  readonly durationSeconds: number;
  readonly modality: Modality;
  readonly model: string;
  readonly labelSet: string;
  readonly kind: 'labels' | 'categories';
  readonly region?: Region;
  readonly groups: readonly {
    readonly name: string;
    readonly labels: readonly {
      readonly label: string;
      readonly probability: number;
      /** Absent as in the scores. */
      readonly similarity?: number;
    }[];
  }[];
}

/** Writes scores as JSON Lines, a `ScoresRecord` each; numbers have 6 decimals, pixels 3. */
export async function* scoresToJsonLines(
  scores: Iterable<Scores> | AsyncIterable<Scores>,
): AsyncGenerator<string, void, undefined> {
  for await (const chunk of scores) yield formatScores(chunk);
}

/** One line, a `ScoresRecord`. */
export const formatScores = (scores: Scores): string => `${JSON.stringify(recordOf(scores))}\n`;

function recordOf(scores: Scores): ScoresRecord {
  const { source, timestamp, durationSeconds, modality, model, labelSet, region } = scores;
  const { probabilities, similarities } = scores;
  let index = 0;
  const groups = labelSet.groups.map(({ name, labels }) => ({
    name,
    labels: labels.map((label) => {
      const [probability = Number.NaN, similarity] = [probabilities[index], similarities?.[index]];
      index++;
      return {
        label,
        probability: round(probability),
        ...(similarity !== undefined && { similarity: round(similarity) }),
      };
    }),
  }));
  const about = { input: source, timestamp, durationSeconds, modality, model };
  return {
    ...about,
    labelSet: labelSet.name,
    kind: labelSet.kind,
    ...(region && { region: regionRecordOf(region) }),
    groups,
  };
}

const round = (value: number) => Number(value.toFixed(DECIMALS));

const unit = z.number().min(0).max(1);
const recordSchema = z.object({
  ...timedFields,
  model: z.string(),
  labelSet: z.string(),
  kind: z.enum(['labels', 'categories']),
  groups: z.array(
    z.object({
      name: z.string(),
      labels: z.array(z.object({ label: z.string(), probability: unit, similarity: z.number().optional() })),
    }),
  ),
});

/** Reads what `scoresToJsonLines` wrote. @throws {MediaError} `ERR_INPUT`, naming the line. */
export async function* scoresFromJsonLines(text: TextSource): AsyncGenerator<Scores, void, undefined> {
  for await (const line of readLines(text)) yield toScores(parseJsonLine(recordSchema, line));
}

function toScores({ input, labelSet, kind, groups, ...about }: z.infer<typeof recordSchema>): Scores {
  const labels = groups.flatMap((group) => group.labels);
  return {
    ...about,
    type: 'scores',
    source: input,
    labelSet: {
      name: labelSet,
      kind,
      groups: groups.map((group) => ({ name: group.name, labels: group.labels.map(({ label }) => label) })),
    },
    probabilities: Float32Array.from(labels, ({ probability }) => probability),
    ...(labels.every(({ similarity }) => similarity !== undefined) && {
      similarities: Float32Array.from(labels, ({ similarity }) => similarity!), // just looked at
    }),
  };
}
