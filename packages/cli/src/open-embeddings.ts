import { createReadStream } from 'node:fs';
import type { ClipModel } from '@deepffmpeg/clip';
import { type Embedding, type EmbeddingsFile, embeddingsFromJsonLines, MediaError } from '@deepffmpeg/core';

/** Opens what `embed` wrote. @throws {MediaError} `ERR_INPUT`; an `AbortError` */
export async function openEmbeddings(path: string, signal: AbortSignal): Promise<EmbeddingsFile> {
  return embeddingsFromJsonLines(createReadStream(path, { signal })).catch((cause) => {
    if (cause.name === 'AbortError') throw cause;
    throw new MediaError('ERR_INPUT', `${path} holds no embeddings: ${cause.message}`, { cause });
  });
}

/**
 * Gives the embeddings of a file the id of the opened model, which the labels have, too: the same weights may lie
 * in a folder of another name now.
 *
 * @throws {MediaError} `ERR_MISMATCH`, at once, when other weights made them: their vectors mean something else.
 */
export function embeddingsFor(
  { id, weightsDigest }: ClipModel,
  { header, embeddings }: EmbeddingsFile,
): AsyncIterable<Embedding> {
  if (header.weightsDigest !== weightsDigest)
    throw new MediaError(
      'ERR_MISMATCH',
      `the embeddings were made by ${header.modelId}, the labels would be read by ${id}: name the same model`,
    );
  return renamed(embeddings, id);
}

async function* renamed(embeddings: AsyncIterable<Embedding>, model: string): AsyncGenerator<Embedding> {
  for await (const embedding of embeddings) yield { ...embedding, model };
}
