import { MediaError } from '@deepffmpeg/core';
import { embeddingOutput, embeddingsOf } from './embedding-output.js';
import type { ModelFolder } from './model-folder.js';
import { openSession, type Session, type SessionOptions } from './open-session.js';
import { openTokenizer, type TokenBatch, type Tokenizer, type TokenizerOptions } from './open-tokenizer.js';
import type { Tensors } from './tensors.js';

export interface TextNetworkOptions extends Pick<SessionOptions, 'device' | 'threads'>, TokenizerOptions {
  readonly path: string;
  /** A folder or tokenizer.json. */
  readonly tokenizer: ModelFolder | string;
  /** Length that its embeddings must have. */
  readonly dimension: number;
}

const batchSize = 32;

interface Loaded {
  readonly session: Session;
  readonly tokenizer: Tokenizer;
  readonly output: ReturnType<typeof embeddingOutput>;
}

/** The network that reads, and its tokenizer; both are loaded with the first sentence. */
export class TextNetwork {
  readonly #options: TextNetworkOptions;
  #loaded: Loaded | undefined;
  #encodedCount = 0;

  constructor(options: TextNetworkOptions) {
    this.#options = options;
  }

  /** Sentences that went through it. */
  get encodedCount(): number {
    return this.#encodedCount;
  }

  /** Returns for each sentence float32, `[dimension]`, of L2 norm 1. Calls must not overlap. */
  async read(sentences: readonly string[], signal?: AbortSignal): Promise<Map<string, Float32Array>> {
    const found = new Map<string, Float32Array>();
    if (sentences.length === 0) return found;
    const { path, dimension } = this.#options;
    const { session, tokenizer, output } = await this.load(signal);
    const byLength = [...sentences].sort((a, b) => a.length - b.length); // less padding
    for (let start = 0; start < byLength.length; start += batchSize) {
      const batch = byLength.slice(start, start + batchSize);
      const feeds = feedsFor(session, tokenizer.encodeBatch(batch));
      const results = await session.run(feeds, { fetches: [output.name], signal });
      const rows = embeddingsOf(results, output, batch.length, dimension, path);
      batch.forEach((sentence, i) => {
        found.set(sentence, rows.slice(i * dimension, (i + 1) * dimension));
      });
      this.#encodedCount += batch.length;
    }
    return found;
  }

  async close(): Promise<void> {
    await this.#loaded?.session.close();
  }

  /** Loads both, or neither. */
  async load(signal?: AbortSignal): Promise<Loaded> {
    if (this.#loaded) return this.#loaded;
    const { path, dimension, device, threads, tokenizer, maxPositions, padTo, padId } = this.#options;
    const [first, second] = await Promise.allSettled([
      openSession(path, { device, threads, signal }),
      openTokenizer(tokenizer, { maxPositions, padTo, padId }),
    ]);
    if (first.status === 'rejected') throw first.reason;
    const session = first.value;
    try {
      if (second.status === 'rejected') throw second.reason;
      const output = checkTextSession(session, dimension);
      this.#loaded = { session, tokenizer: second.value, output };
      return this.#loaded;
    } catch (error) {
      await session.close();
      throw error;
    }
  }
}

function checkTextSession(session: Session, dimension: number) {
  const { path, inputs } = session;
  for (const { name, type } of inputs) {
    if (!textInputs.has(name) || type !== 'int64') {
      throw new MediaError(
        'ERR_MODEL_CONFIG',
        `${path} wants the input ${name} of type ${type}; known are int64 ${[...textInputs].join(', ')}`,
      );
    }
  }
  const output = embeddingOutput(session);
  const own = output.shape[1];
  if (typeof own === 'number' && own !== dimension) {
    throw new MediaError(
      'ERR_MODEL_CONFIG',
      `${path} gives text embeddings of ${own} numbers, but the model's other embeddings have ${dimension}`,
    );
  }
  return output;
}

const textInputs = new Set(['input_ids', 'attention_mask', 'position_ids']);

/** Gives a session what it declares, and no more: SigLIP and some CLIP exports have no mask. */
export function feedsFor(
  { inputs }: Pick<Session, 'inputs'>,
  { inputIds, attentionMask, shape }: TokenBatch,
): Tensors {
  const [, length] = shape;
  const all: Tensors = {
    input_ids: { data: inputIds, shape },
    attention_mask: { data: attentionMask, shape },
    position_ids: { data: inputIds.map((_, i) => BigInt(i % length)), shape },
  };
  return Object.fromEntries(inputs.flatMap(({ name }) => (all[name] ? [[name, all[name]]] : [])));
}
