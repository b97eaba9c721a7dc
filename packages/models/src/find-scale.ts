import { type Activation, MediaError } from '@deepffmpeg/core';
import type { ModelFolder } from './model-folder.js';
import type { Sidecar } from './read-sidecar.js';

export interface Scale {
  /** What cosines are multiplied with before the activation. */
  readonly logitScale: number;
  /** Added after that; 0 for softmax models, which it would not change. */
  readonly logitBias: number;
}

export interface FindScaleOptions {
  readonly model: ModelFolder;
  readonly activation: Activation;
  readonly sidecar: Sidecar;
  /** The caller's own values; they come before all others. */
  readonly logitScale?: number | undefined;
  readonly logitBias?: number | undefined;
  /** Measures them on the joint model, if there is one. Called only when nothing else tells. */
  readonly measure: () => Promise<Scale | undefined>;
}

/**
 * Finds a model's trained scale and bias: the option, `deepffmpeg.json`, the registry, or what the joint
 * `onnx/model.onnx` shows. `logit_scale_init_value` in `config.json` is what training began with and is never read.
 *
 * @throws {MediaError} `ERR_MODEL_CONFIG` naming these ways, when none of them tells.
 */
export async function findScale(options: FindScaleOptions): Promise<Scale> {
  const { model, activation, sidecar, measure } = options;
  const sources = [options, sidecar, model.known ?? {}];
  const logitScale = sources.find((source) => source.logitScale !== undefined)?.logitScale;
  const logitBias =
    activation === 'softmax' ? 0 : sources.find((source) => source.logitBias !== undefined)?.logitBias;
  if (logitScale !== undefined && logitBias !== undefined) return { logitScale, logitBias };

  const measured = await measure();
  if (measured) {
    return { logitScale: logitScale ?? measured.logitScale, logitBias: logitBias ?? measured.logitBias };
  }
  const wanted = logitScale === undefined ? 'trained scale' : 'trained bias, which a sigmoid model needs,';
  const [name, flag] =
    logitScale === undefined
      ? ['logitScale', '--logit-scale']
      : ['logitBias', '--clip-logit-bias, --clap-logit-bias'];
  throw new MediaError(
    'ERR_MODEL_CONFIG',
    `the ${wanted} of ${model.name} is not known: give the option ${name} (${flag}), write "${name}" into ` +
      `${model.path}/deepffmpeg.json, add the joint onnx/model.onnx, or use a model of the registry; ` +
      'logit_scale_init_value in config.json is what training began with and cannot stand in',
  );
}
