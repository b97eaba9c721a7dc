import type { ClipModel } from '@deepffmpeg/clip';
import { MediaError } from '@deepffmpeg/core';
import type { OnWarning } from '@deepffmpeg/models';

export interface ModelChoice {
  readonly clipModel?: string;
  readonly models?: 'tiny';
  readonly device?: string;
  readonly threads?: number;
  readonly logitScale?: number;
  readonly clipLogitScale?: number;
  readonly clipLogitBias?: number;
  readonly tokenizer?: string;
}

/** Opens the image-text model that the flags name, or the tower of it that is needed. @throws {MediaError} `ERR_INVALID_OPTIONS`, `ERR_MODEL_...`, `ERR_DEVICE` */
export async function openChosenModel(
  {
    clipModel,
    models,
    device,
    threads,
    logitScale,
    clipLogitScale = logitScale,
    clipLogitBias,
    tokenizer,
  }: ModelChoice,
  towers: 'both' | 'image' | 'text',
  onWarning: OnWarning,
  signal: AbortSignal,
): Promise<ClipModel> {
  if (clipModel !== undefined && models !== undefined)
    throw new MediaError('ERR_INVALID_OPTIONS', 'give --clip-model or --models, not both');
  const place = clipModel ?? (models === 'tiny' ? await findTiny() : undefined);
  if (place === undefined) {
    throw new MediaError(
      'ERR_INVALID_OPTIONS',
      'say which model: --clip-model FOLDER or NAME, or --models tiny (small, knows colours and shapes)',
    );
  }
  const { openClip } = await import('@deepffmpeg/clip');
  return openClip(place, {
    towers,
    device,
    threads,
    logitScale: clipLogitScale,
    logitBias: clipLogitBias,
    tokenizer,
    onWarning,
    signal,
  });
}

async function findTiny(): Promise<string> {
  const { tinyClipFolder } = await import('@deepffmpeg/tiny-models');
  return tinyClipFolder;
}
