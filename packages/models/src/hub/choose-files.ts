import { MediaError } from '@deepffmpeg/core';
import { type Dtype, isWeightsOf, onnxFileName } from '../model-folder.js';
import type { KnownModel, ModelTask } from '../registry/known-model.js';
import type { HubFile } from './read-repository.js';

/** What of a repository is wanted. */
export interface WantedFiles {
  /** For messages. */
  readonly repository: string;
  readonly dtype: Dtype;
  /** @defaultValue the registry's, else what the files look like */
  readonly task?: ModelTask;
  readonly known?: KnownModel;
}

const parts: Readonly<Record<ModelTask, readonly string[]>> = {
  clip: ['vision_model', 'text_model'],
  clap: ['audio_model', 'text_model'],
  detect: ['model'],
};

/** The networks of each kind of model. */
const networksOf = (task: ModelTask, dtype?: Dtype) => parts[task].map((part) => onnxFileName(part, dtype));

/** What else each cannot be opened without. How sound is prepared may stand in `deepffmpeg.json` instead. */
const configsOf: Readonly<Record<ModelTask, readonly string[]>> = {
  clip: ['config.json', 'preprocessor_config.json', 'tokenizer.json'],
  clap: ['config.json', 'tokenizer.json'],
  detect: [],
};

/** The files that each kind of model cannot be opened without. */
export const requiredFiles = (task: ModelTask, dtype?: Dtype): readonly string[] => [
  ...configsOf[task],
  ...networksOf(task, dtype),
];

/** All that is brought besides networks, as far as it is there. */
const configs = [
  'config.json',
  'preprocessor_config.json',
  'tokenizer.json',
  'tokenizer_config.json',
  'deepffmpeg.json',
];

/** Where the scale is measured. */
const joint = onnxFileName('model');

/**
 * Chooses the files that a model needs in one dtype: networks with their weights, configs, tokenizer; and the joint
 * model where nothing else tells the scale.
 *
 * @throws {MediaError} `ERR_MODEL_MISSING` when the repository lacks some, saying what it has.
 */
export function chooseFiles(files: readonly HubFile[], wanted: WantedFiles): HubFile[] {
  const { known, dtype } = wanted;
  const task = wanted.task ?? known?.task ?? guessTask(files);
  const networks = networksOf(task, dtype);
  const lacking = requiredFiles(task, dtype).find((name) => !has(files, name));
  if (lacking !== undefined) throw lacksFile(lacking, files, wanted);
  const chosen = task !== 'detect' && needsJoint(files, known) ? [...networks, joint] : networks;
  return files.filter(({ name }) => configs.includes(name) || chosen.some((network) => isOf(network, name)));
}

/** A network, or a file of weights beside it. */
const isOf = (network: string, name: string) => name === network || isWeightsOf(network, name);

const has = (files: readonly HubFile[], wanted: string) => files.some(({ name }) => name === wanted);

function guessTask(files: readonly HubFile[]): ModelTask {
  const isThere = (part: string) => files.some(({ name }) => name.startsWith(`onnx/${part}`));
  if (isThere('vision_model')) return 'clip';
  return isThere('audio_model') ? 'clap' : 'detect';
}

function needsJoint(files: readonly HubFile[], known: KnownModel | undefined): boolean {
  return known?.logitScale === undefined && !has(files, 'deepffmpeg.json');
}

function lacksFile(lacking: string, files: readonly HubFile[], { repository }: WantedFiles): MediaError {
  const networks = files.map(({ name }) => name).filter((name) => name.endsWith('.onnx'));
  return new MediaError(
    'ERR_MODEL_MISSING',
    `${repository} has no ${lacking}; of networks it has ${networks.slice(0, 30).join(', ') || 'none'}: ` +
      'take a dtype that is there, or a repository with ONNX files in the hub’s layout',
  );
}
