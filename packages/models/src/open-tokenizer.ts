import { stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { MediaError } from '@deepffmpeg/core';
import * as z from 'zod';
import type { ModelFolder } from './model-folder.js';
import { readModelFile, readOptionalModelFile } from './read-model-file.js';

/** Texts as a text tower takes them. */
export interface TokenBatch {
  /** int64, `[texts, length]`. */
  readonly inputIds: BigInt64Array<ArrayBuffer>;
  /** int64, `[texts, length]`: 1 for a token, 0 for padding. */
  readonly attentionMask: BigInt64Array<ArrayBuffer>;
  readonly shape: readonly [texts: number, length: number];
}

export interface Tokenizer {
  /** Tokens that a text may have, with the special ones. */
  readonly maxLength: number;
  /** What fills shorter texts up, and to what length. */
  readonly padding: { readonly id: number; readonly to: Padding };
  /** The ids of a text with its special tokens; a longer text is cut so that the last special tokens stay. */
  encode(text: string): number[];
  /** The same for several texts, filled up on the right to one length. */
  encodeBatch(texts: readonly string[]): TokenBatch;
}

/** To the longest text of a batch, or always to the longest possible (SigLIP has learnt with that). */
export type Padding = 'longest' | 'max-length';

export interface TokenizerOptions {
  /** Positions that the text tower has, by its config.json; the tokenizer's own limit holds too. */
  readonly maxPositions?: number | undefined;
  /** @defaultValue 'longest' */
  readonly padTo?: Padding | undefined;
  /** Id to pad with. @defaultValue what the tokenizer's files say */
  readonly padId?: number | undefined;
}

const tokenName = z.union([
  z.string(),
  z.object({ content: z.string() }).transform(({ content }) => content),
]);

const configSchema = z.looseObject({
  model_max_length: z.number().positive().optional(),
  pad_token: tokenName.nullish(),
  padding_side: z.literal('right', 'only padding on the right is known').optional(),
});

const tokenizerSchema = z.looseObject({
  model: z.looseObject({
    type: z.enum(['BPE', 'Unigram', 'WordPiece']).nullish(), // what else there is, the library would guess
    vocab: z.union([z.record(z.string(), z.unknown()), z.array(z.unknown())]),
  }),
  added_tokens: z.array(z.looseObject({ id: z.int(), content: z.string() })),
  padding: z.looseObject({ pad_id: z.int() }).nullish(),
  normalizer: z.unknown(),
  pre_tokenizer: z.unknown(),
  post_processor: z.unknown(),
  decoder: z.unknown(),
});

/**
 * Opens the tokenizer of a model's folder, or of another folder or tokenizer.json file. Ids are those of Hugging
 * Face's fast tokenizers.
 *
 * @throws {MediaError} `ERR_MODEL_MISSING`, `ERR_MODEL_CONFIG`
 */
export async function openTokenizer(
  folderOrFile: string | ModelFolder,
  { maxPositions, padTo = 'longest', padId }: TokenizerOptions = {},
): Promise<Tokenizer> {
  const { folder, file } = await locateTokenizer(folderOrFile);
  const [definition, config] = await Promise.all([
    readModelFile(folder, file, tokenizerSchema),
    readOptionalModelFile(folder, 'tokenizer_config.json', configSchema),
  ]);
  checkIds(definition.model.vocab, `${folder.path}/${file}`);
  const engine = await startEngine(definition, config ?? {}, `${folder.path}/${file}`);

  // Where a tokenizer has no limit, its config says 1e30.
  const maxLength = Math.min(maxPositions ?? Infinity, config?.model_max_length ?? Infinity);
  if (maxLength > 1e6) {
    throw new MediaError(
      'ERR_MODEL_CONFIG',
      `${folder.path}: neither model_max_length in tokenizer_config.json nor max_position_embeddings in config.json ` +
        'says how many tokens a text may have',
    );
  }
  const named = config?.pad_token == null ? undefined : engine.token_to_id(config.pad_token);
  const id = padId ?? named ?? definition.padding?.pad_id;
  if (id === undefined) {
    throw new MediaError('ERR_MODEL_CONFIG', `${folder.path}: tokenizer_config.json names no pad_token`);
  }
  return createTokenizer(engine, lowersCase(definition.normalizer), maxLength, { id, to: padTo });
}

/** Tells the folder and the name of a tokenizer's file. */
export async function locateTokenizer(
  folderOrFile: string | ModelFolder,
): Promise<{ folder: ModelFolder; file: string }> {
  if (typeof folderOrFile !== 'string') return { folder: folderOrFile, file: 'tokenizer.json' };
  const path = resolve(folderOrFile);
  const found = await stat(path).catch(() => undefined);
  const [folder, file] = found?.isFile() ? [dirname(path), basename(path)] : [path, 'tokenizer.json'];
  return { folder: { path: folder, name: basename(folder) }, file };
}

/** A plain loop, as there may be 256,000. A list has no ids but the places in it. */
function checkIds(vocab: Record<string, unknown> | unknown[], path: string): void {
  if (Array.isArray(vocab)) return;
  for (const [token, id] of Object.entries(vocab)) {
    if (Number.isSafeInteger(id) && Number(id) >= 0) continue;
    const [name, given] = [token, id].map((value) => JSON.stringify(value).slice(0, 80));
    throw new MediaError(
      'ERR_MODEL_CONFIG',
      `${path}: model.vocab: expected a whole number from 0 on as the id of ${name}, got ${given}; the file is damaged: bring it anew`,
    );
  }
}

/** What is used of the library; its own declarations cannot be resolved under NodeNext. */
interface Engine {
  encode(text: string, options?: { add_special_tokens?: boolean }): { readonly ids: readonly number[] };
  token_to_id(token: string): number | undefined;
}

async function startEngine(definition: object, config: object, path: string): Promise<Engine> {
  const { Tokenizer } = await import('@huggingface/tokenizers'); // a warm run does not need it
  try {
    return new Tokenizer(definition, config);
  } catch (cause) {
    throw new MediaError(
      'ERR_MODEL_CONFIG',
      `${path}: not a tokenizer that can be used: ${(cause as Error).message}`,
      {
        cause,
      },
    );
  }
}

function createTokenizer(
  engine: Engine,
  lowersCase: boolean,
  maxLength: number,
  padding: Tokenizer['padding'],
): Tokenizer {
  const suffixLength = countLastSpecialTokens(engine);

  const encode = (text: string): number[] => {
    // Hugging Face lower-cases letter by letter; JavaScript makes a capital sigma at a word's end a final one.
    const { ids } = engine.encode(lowersCase ? text.replaceAll('Σ', 'σ') : text);
    if (ids.length <= maxLength) return [...ids];
    const kept = Math.min(suffixLength, maxLength);
    return [...ids.slice(0, maxLength - kept), ...ids.slice(ids.length - kept)];
  };

  return {
    maxLength,
    padding,
    encode,
    encodeBatch(texts) {
      const rows = texts.map(encode);
      const length = padding.to === 'max-length' ? maxLength : Math.max(0, ...rows.map((ids) => ids.length));
      const inputIds = new BigInt64Array(rows.length * length).fill(BigInt(padding.id));
      const attentionMask = new BigInt64Array(rows.length * length);
      rows.forEach((ids, row) => {
        inputIds.set(ids.map(BigInt), row * length);
        attentionMask.fill(1n, row * length, row * length + ids.length);
      });
      return { inputIds, attentionMask, shape: [rows.length, length] };
    },
  };
}

/** How many special tokens stand after a text. */
function countLastSpecialTokens(engine: Engine): number {
  const { ids: bare } = engine.encode('a', { add_special_tokens: false });
  const { ids: whole } = engine.encode('a');
  const start = whole.findIndex((_, i) => bare.every((id, j) => whole[i + j] === id));
  return Math.max(0, whole.length - start - bare.length);
}

function lowersCase(normalizer: unknown): boolean {
  return JSON.stringify(normalizer ?? null).includes('"Lowercase"');
}
