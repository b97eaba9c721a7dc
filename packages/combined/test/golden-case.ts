import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A combined analysis by the original: what went in, and what it made of it. */
export interface GoldenCase {
  readonly name: string;
  /** The files' texts. */
  readonly technical: string;
  readonly csv: string;
  /** Undefined where the original failed. */
  readonly combined: string | undefined;
  readonly summary: string;
}

export function goldenCases(shared: string): GoldenCase[] {
  const folder = join(shared, 'golden/seed-combined');
  const files = readdirSync(folder);
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  return files
    .filter((file) => file.endsWith('.csv'))
    .map((file) => file.slice(0, -'.csv'.length))
    .map((name) => ({
      name,
      technical: read(`${name}.technical.json`),
      csv: read(`${name}.csv`),
      combined: files.includes(`${name}.combined.json`) ? read(`${name}.combined.json`) : undefined,
      summary: read(`${name}.stdout.txt`),
    }));
}
