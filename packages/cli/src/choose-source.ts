import { type EmbeddingsFile, MediaError, type Modality } from '@deepffmpeg/core';
import { chooseInputs, type ReadingChoice } from './choose-inputs.js';
import { openEmbeddings } from './open-embeddings.js';
import type { ModelChoice } from './open-models.js';
import { refuseMissing } from './refuse-missing.js';

/** What is scored: media, or what `embed` made of them. */
export interface ChosenSource {
  readonly inputs: readonly string[];
  /** Set when frames were embedded before. */
  readonly file?: EmbeddingsFile;
}

/** @throws {MediaError} `ERR_INVALID_OPTIONS`, `ERR_INPUT` */
export async function chooseSource(
  named: readonly string[],
  flags: ReadingChoice & { readonly fromEmbeddings?: string; readonly visualization?: string | true },
  modalities: readonly Modality[],
  signal: AbortSignal,
): Promise<ChosenSource> {
  const path = flags.fromEmbeddings;
  if (path === undefined) return { inputs: await chooseInputs(named, flags, modalities) };
  if (named.length > 0 || flags.input?.length)
    throw new MediaError('ERR_INVALID_OPTIONS', 'give inputs or --from-embeddings, not both');
  await refuseMissing('--from-embeddings', path);
  const file = await openEmbeddings(path, signal);
  return { inputs: file.header.inputs, file };
}

/** Scale and bias of embeddings are those that they were made with, unless a flag says otherwise. */
export function withScalesOf<Flags extends ModelChoice>(
  file: EmbeddingsFile | undefined,
  flags: Flags,
): Flags {
  const made = (modality: Modality) => file?.header.models.find((each) => each.modality === modality);
  const [seen, heard] = [made('vision'), made('audio')];
  return {
    ...flags,
    clipLogitScale: flags.clipLogitScale ?? flags.logitScale ?? seen?.logitScale,
    clipLogitBias: flags.clipLogitBias ?? seen?.logitBias,
    clapLogitScale: flags.clapLogitScale ?? flags.logitScale ?? heard?.logitScale,
    clapLogitBias: flags.clapLogitBias ?? heard?.logitBias,
  };
}
