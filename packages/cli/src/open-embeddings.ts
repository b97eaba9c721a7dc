import { createReadStream } from 'node:fs';
import {
  abortable,
  type Embedding,
  type EmbeddingsFile,
  embeddingsFromJsonLines,
  isMediaError,
  MediaError,
} from '@deepffmpeg/core';
import type { OpenedModels } from './open-models.js';

/** Opens what `embed` wrote. @throws {MediaError} `ERR_INPUT`; an `AbortError` */
export async function openEmbeddings(path: string, signal: AbortSignal): Promise<EmbeddingsFile> {
  // A named pipe may wait for ever to be opened at its other end.
  const opening = abortable(embeddingsFromJsonLines(createReadStream(path, { signal })), signal);
  const file = await opening.catch((cause) => {
    if (cause.name === 'AbortError') throw cause;
    throw new MediaError('ERR_INPUT', `${path} holds no embeddings: ${cause.message}`, { cause });
  });
  return { ...file, embeddings: namingFile(path, file.embeddings) };
}

/** The lines come one by one, and so do their faults. */
async function* namingFile(
  path: string,
  embeddings: AsyncIterable<Embedding>,
): AsyncGenerator<Embedding, void, undefined> {
  try {
    yield* embeddings;
  } catch (error) {
    throw isMediaError(error)
      ? new MediaError(error.code, `${path}, ${error.message}`, { cause: error })
      : error;
  }
}

/**
 * Gives the embeddings of a file that the opened models can score, with their ids, which the labels have, too: the same
 * weights may lie in a folder of another name now.
 *
 * @throws {MediaError} `ERR_MISMATCH`, at once, when other weights made them, or none: their vectors mean something else.
 */
export function embeddingsFor(
  models: OpenedModels,
  { header, embeddings }: EmbeddingsFile,
): AsyncIterable<Embedding> {
  const ids = new Map<string, string>();
  for (const modality of ['vision', 'audio'] as const) {
    const model = models[modality];
    if (!model) continue;
    const maker = header.models.find((each) => each.modality === modality);
    if (maker?.weightsDigest !== model.weightsDigest)
      throw new MediaError(
        'ERR_MISMATCH',
        maker
          ? `the embeddings are of ${maker.model}, the labels would be of ${model.id}: give the same model`
          : `the file has no embeddings of ${modality} for ${model.id}: embed with that model, too`,
      );
    ids.set(modality, model.id);
  }
  return renamed(embeddings, ids);
}

async function* renamed(
  embeddings: AsyncIterable<Embedding>,
  ids: ReadonlyMap<string, string>,
): AsyncGenerator<Embedding> {
  for await (const embedding of embeddings) {
    const model = ids.get(embedding.modality);
    if (model !== undefined) yield { ...embedding, model };
  }
}
