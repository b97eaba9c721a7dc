import { type ModelFolder, openTowers, type TowersKind, type TowersOptions } from '@deepffmpeg/models';
import type { Sound } from './audio-tower.js';
import type { AudioPreprocessing, ClapModel } from './clap-model.js';
import { inputShape } from './input-shape.js';
import { openAudioTower } from './open-audio-tower.js';
import { readAudioPreprocessing } from './read-audio-preprocessing.js';
import { type ClapConfig, readClapConfig } from './read-clap-config.js';

/** How to open a model. */
export type ClapOptions = TowersOptions<'audio'>;

interface Config extends ClapConfig {
  readonly preprocessing: AudioPreprocessing;
  readonly mediaShape: readonly number[];
}

const audioText: TowersKind<'audio', Sound, Config> = {
  medium: 'audio',
  async readConfig(model: ModelFolder) {
    const config = await readClapConfig(model);
    const preprocessing = await readAudioPreprocessing(model, config.sidecar);
    return { ...config, preprocessing, mediaShape: inputShape(preprocessing) };
  },
  openMedia: (path, config, options) =>
    openAudioTower({ path, config, preprocessing: config.preprocessing, ...options }),
};

/**
 * Opens an audio-text model of the CLAP kind: one that takes log-mel features, or samples.
 *
 * The audio tower is loaded at once, in a thread of its own; the text tower when a sentence is not in the cache.
 *
 * @param nameOrFolder - see `resolveModel` of `@deepffmpeg/models`.
 * @throws {MediaError} `ERR_INVALID_OPTIONS`, `ERR_MODEL_MISSING`, `ERR_MODEL_CONFIG` (a file lacks something, or they
 * contradict each other), `ERR_MODEL_LOAD`, `ERR_DEVICE`; an `AbortError`, promptly, when aborted.
 */
export async function openClap(nameOrFolder: string, options: ClapOptions = {}): Promise<ClapModel> {
  const { towers, config } = await openTowers(nameOrFolder, options, audioText);
  const { preprocessing } = config;
  const { sampleRate, windowSeconds } = preprocessing;
  return Object.assign(towers, { preprocessing, sampleRate, windowSeconds });
}
