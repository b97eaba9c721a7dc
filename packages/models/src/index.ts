export { type CacheFolders, cacheFolders } from './cache-folders.js';
export {
  type ConversionEnvironment,
  conversionEnvironment,
  type EnvironmentOptions,
  openConversionEnvironment,
} from './convert/conversion-environment.js';
export {
  type Conversion,
  type ConvertedFile,
  type ConvertOptions,
  convertModel,
} from './convert/convert-model.js';
export { type EmbeddingTower, embedInBatches, embedItems } from './embed-in-batches.js';
export { describeTensors, embeddingLength, embeddingOutput, embeddingsOf } from './embedding-output.js';
export { type EncodeLabelsOptions, encodeLabels, type TextModel } from './encode-labels.js';
export { type FileDigestOptions, fileDigest } from './file-digest.js';
export type { CacheOptions } from './file-memo.js';
export type { PullProgress } from './hub/bring-files.js';
export { type CheckedFile, type CheckedModel, checkModel } from './hub/check-model.js';
export { type CachedModel, listModels } from './hub/list-models.js';
export { convertCommand } from './hub/model-name.js';
export { type PulledModel, type PullOptions, pullModel } from './hub/pull-model.js';
export { removeModel } from './hub/remove-model.js';
export { type WhereIsOptions, whereIs } from './hub/where-is.js';
export { knownModels } from './known-models.js';
export { type Device, listDevices } from './list-devices.js';
export { isMissingModelError, MissingModelError } from './missing-model-error.js';
export { type Dtype, isFile, type ModelFolder, onnxFileName, requireFile } from './model-folder.js';
export { notLonger } from './not-longer.js';
export { openSession, type Session, type SessionOptions } from './open-session.js';
export { openTextTower, type TextTower, type TextTowerOptions } from './open-text-tower.js';
export {
  openTokenizer,
  type Padding,
  type TokenBatch,
  type Tokenizer,
  type TokenizerOptions,
} from './open-tokenizer.js';
export {
  type MediaTower,
  type Medium,
  openTowers,
  type Towers,
  type TowersConfig,
  type TowersKind,
  type TowersOptions,
} from './open-towers.js';
export { readModelFile, readOptionalModelFile } from './read-model-file.js';
export { type AudioInput, readSidecar, type Sidecar } from './read-sidecar.js';
export type { KnownModel, ModelTask, PublishedResult, Speed, SpeedClass } from './registry/known-model.js';
export { type ModelSet, type ModelSetName, modelSets } from './registry/model-sets.js';
export { type ResolveModelOptions, resolveModel } from './resolve-model.js';
export type { Tensor, TensorData, TensorInfo, Tensors } from './tensors.js';
export { type OnWarning, warnOnce } from './warnings.js';
