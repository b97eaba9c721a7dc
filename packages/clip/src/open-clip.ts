import type { Picture } from '@deepffmpeg/core';
import { type ModelFolder, openTowers, type TowersKind, type TowersOptions } from '@deepffmpeg/models';
import type { ClipModel, PicturePreprocessing } from './clip-model.js';
import { decodedSize } from './decoded-size.js';
import { finalSize } from './final-size.js';
import { openImageTower } from './open-image-tower.js';
import { type ClipConfig, readClipConfig } from './read-clip-config.js';
import { readPreprocessing } from './read-preprocessing.js';

/** How to open a model. */
export type ClipOptions = TowersOptions<'image'>;

interface Config extends ClipConfig {
  readonly preprocessing: PicturePreprocessing;
  readonly mediaShape: readonly number[];
}

const imageText: TowersKind<'image', Picture, Config> = {
  medium: 'image',
  async readConfig(model: ModelFolder) {
    const [config, preprocessing] = await Promise.all([readClipConfig(model), readPreprocessing(model)]);
    const { width, height } = finalSize(preprocessing.resize);
    return { ...config, preprocessing, mediaShape: [3, height, width] };
  },
  openMedia: (path, config, options) =>
    openImageTower({ path, config, preprocessing: config.preprocessing, ...options }),
};

/**
 * Opens an image-text model of the CLIP or SigLIP kind.
 *
 * The image tower is loaded at once, in a thread of its own; the text tower when a sentence is not in the cache.
 *
 * @param nameOrFolder - see `resolveModel` of `@deepffmpeg/models`.
 * @throws {MediaError} `ERR_INVALID_OPTIONS`, `ERR_MODEL_MISSING`, `ERR_MODEL_CONFIG` (a file lacks something, or they
 * contradict each other), `ERR_MODEL_LOAD`, `ERR_DEVICE`; an `AbortError`, promptly, when aborted.
 */
export async function openClip(nameOrFolder: string, options: ClipOptions = {}): Promise<ClipModel> {
  const { towers, config } = await openTowers(nameOrFolder, options, imageText);
  const { preprocessing } = config;
  return Object.assign(towers, { preprocessing, pictureSize: decodedSize(preprocessing.resize) });
}
