import type { NamedFile } from './refuse-overwriting.js';

/** The flags of all commands that may name a file to read. */
const FLAGS = {
  clipLabels: '--clip-labels',
  clipCategories: '--clip-categories',
  clapLabels: '--clap-labels',
  clapCategories: '--clap-categories',
  detectLabels: '--detect-labels',
  modelsConfig: '--models-config',
  tokenizer: '--tokenizer',
  audioTokenizer: '--audio-tokenizer',
  calibration: '--calibration',
  rules: '--rules',
  fromEmbeddings: '--from-embeddings',
  fromExisting: '--from-existing',
  classificationTxt: '--classification-txt',
} as const;

type ReadingFlags = { readonly [Name in keyof typeof FLAGS]?: string | readonly string[] | undefined };

/** What flags name to be read. Labels that are a list, or a model that has a name, are the path of nothing. */
export function filesReadBy(flags: ReadingFlags): NamedFile[] {
  return Object.entries(FLAGS).flatMap(([name, flag]) =>
    [flags[name as keyof typeof FLAGS] ?? []].flat().map((path) => ({ flag, path })),
  );
}
