import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { averagesFromCsv } from '@deepffmpeg/core';
import { type InsightFacts, parseAnalysisDocument } from '../src/index.js';

/** A combined analysis by the original: what went in, and what it made of it. */
export interface GoldenCase {
  readonly name: string;
  readonly facts: InsightFacts;
  /** The file that it wrote; undefined where it failed. */
  readonly combined: string | undefined;
  /** What it printed. */
  readonly summary: string;
}

export function goldenCases(shared: string): GoldenCase[] {
  const folder = join(shared, 'golden/seed-combined');
  const files = readdirSync(folder);
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');
  return files
    .filter((file) => file.endsWith('.csv'))
    .map((file) => {
      const name = file.slice(0, -'.csv'.length);
      const technicalFile = `${name}.technical.json`;
      const { document: technical } = parseAnalysisDocument(read(technicalFile), technicalFile);
      const combinedFile = `${name}.combined.json`;
      return {
        name,
        facts: { technical, classifications: averagesFromCsv(read(file)) },
        combined: files.includes(combinedFile) ? read(combinedFile) : undefined,
        summary: read(`${name}.stdout.txt`),
      };
    });
}
