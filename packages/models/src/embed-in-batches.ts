import {
  type Chunk,
  type Embedding,
  inBatches,
  MediaError,
  type Modality,
  type Region,
  type Timed,
} from '@deepffmpeg/core';

/** What of a tower is needed to embed a stream of frames or windows. */
export interface EmbeddingTower<Item> {
  readonly id: string;
  readonly dimension: number;
  /** Returns float32, `[items, dimension]`. */
  embed(items: readonly Item[], options?: { readonly signal?: AbortSignal }): Promise<Float32Array>;
}

/** Where an item belongs in time, and perhaps in the picture. */
type Placed = Timed & { readonly region?: Region };

const NOUNS: Readonly<Record<Modality, string>> = { vision: 'frames', audio: 'windows' };

/**
 * The steps of a stage that turns each item into its embedding, `size` of them at once.
 *
 * @throws {MediaError} `ERR_MODEL_OUTPUT`, later, when the tower gives too few numbers, or some that are not finite.
 */
export function embedInBatches<Item extends Chunk & Placed>(
  tower: EmbeddingTower<Item>,
  modality: Modality,
  size: number,
) {
  return inBatches(size, (items: readonly Item[], _: undefined, signal) =>
    embedItems(tower, modality, items, { signal }),
  );
}

/**
 * Embeds items at once; embeddings are in their order.
 *
 * @throws {MediaError} `ERR_MODEL_OUTPUT`, when the tower gives too few numbers, or some that are not finite.
 */
export async function embedItems<Item extends Placed>(
  tower: EmbeddingTower<Item>,
  modality: Modality,
  items: readonly Item[],
  options?: { readonly signal?: AbortSignal | undefined },
): Promise<Embedding[]> {
  const vectors = await tower.embed(items, options);
  if (vectors.length !== items.length * tower.dimension) {
    throw new MediaError(
      'ERR_MODEL_OUTPUT',
      `${tower.id} gave ${vectors.length} numbers for ${items.length} ${NOUNS[modality]}`,
    );
  }
  if (!vectors.every(Number.isFinite)) {
    throw new MediaError('ERR_MODEL_OUTPUT', `${tower.id} gave an embedding that is not finite`);
  }
  return items.map((item, i) => embeddingOf(item, tower, modality, i, vectors));
}

function embeddingOf(
  { source, timestamp, durationSeconds, region }: Placed,
  { id, dimension }: EmbeddingTower<never>,
  modality: Modality,
  row: number,
  vectors: Float32Array,
): Embedding {
  return {
    type: 'embedding',
    source,
    timestamp,
    durationSeconds,
    ...(region && { region }),
    modality,
    model: id,
    vector: vectors.slice(row * dimension, (row + 1) * dimension), // a copy, or one kept row would hold the batch
  };
}
