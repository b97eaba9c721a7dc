import type { ClapModel } from '@deepffmpeg/clap';
import type { ClipModel } from '@deepffmpeg/clip';
import { MediaError, type Modality } from '@deepffmpeg/core';
import type { Detector, DetectorOptions } from '@deepffmpeg/detect';
import type { Sample } from '@deepffmpeg/ffmpeg-filters';
import { type Dtype, type ModelSetName, modelSets, type OnWarning } from '@deepffmpeg/models';
import type { CliIo } from './cli-io.js';
import { downloadMissing } from './models/download-missing.js';
import { inShellWords } from './models/in-shell-words.js';
import { readConfiguredModel } from './models-config.js';
import type { MediaPlan } from './open-media.js';

export interface ModelChoice {
  readonly clipModel?: string;
  readonly clapModel?: string;
  readonly models?: 'tiny' | ModelSetName;
  /** A `models_config.json` that names those which no other flag names. */
  readonly modelsConfig?: string;
  readonly detectModel?: string;
  /** Whether to bring named models that are not in the cache. */
  readonly download?: boolean;
  /** Of the models that see and hear. */
  readonly dtype?: Dtype;
  readonly device?: string;
  readonly threads?: number;
  readonly logitScale?: number;
  readonly clipLogitScale?: number;
  readonly clipLogitBias?: number;
  readonly clapLogitScale?: number;
  readonly clapLogitBias?: number;
  readonly tokenizer?: string;
  readonly audioTokenizer?: string;
}

/** The models of a run: one that sees, one that hears, one that finds objects; at least one. */
export interface OpenedModels {
  readonly vision: ClipModel | undefined;
  readonly audio: ClapModel | undefined;
  readonly detector: Detector | undefined;
  close(): Promise<void>;
}

interface OpenModelsOptions {
  readonly modalities: readonly Modality[];
  /** Which towers are needed: those for text, those for the media, or both. */
  readonly towers: 'both' | 'media' | 'text';
  /** How to open the detector, if the flags name one. */
  readonly detect?: DetectorOptions;
  readonly onWarning: OnWarning;
  readonly io: CliIo;
}

/**
 * Opens the models that the flags name, side by side. Whoever calls this closes them.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS`, `ERR_MODEL_...`, `ERR_DEVICE`; then nothing is left open.
 */
export async function openModels(flags: ModelChoice, options: OpenModelsOptions): Promise<OpenedModels> {
  const { modalities } = options;
  refuseIdleChoice(flags);
  const choice = await withConfigured(flags, modalities);
  if (choice.download) await downloadModels(choice, options);
  const opening = [
    modalities.includes('vision') ? openVision(choice, options).catch(tellWays) : undefined,
    modalities.includes('audio') ? openAudio(choice, options).catch(tellWays) : undefined,
    choice.detectModel === undefined
      ? undefined
      : openDetection(choice.detectModel, choice, options).catch(tellWaysOfDetector),
  ] as const;
  const settled = await Promise.allSettled(opening);
  const close = async () => {
    const opened = settled.flatMap((each) => (each.status === 'fulfilled' ? (each.value ?? []) : []));
    await Promise.all(opened.map((model) => model.close()));
  };
  const failed = settled.find((each) => each.status === 'rejected');
  if (failed) {
    await close();
    throw failed.reason;
  }
  const [vision, audio, detector] = await Promise.all(opening);
  return { vision, audio, detector, close };
}

/** What also helps where a model is not in the cache. */
const waysWith = (tiny: string) => (error: unknown) => {
  throw inShellWords(error, ['with --download', `take ${tiny}, which is included`]);
};

const tellWaysOfDetector = waysWith('--detect-model tiny');

/** @throws {MediaError} in the words of the flags that choose models */
export const tellWays = waysWith('--models tiny');

/** @throws {MediaError} `ERR_INVALID_OPTIONS` */
function refuseIdleChoice({ models, download, dtype }: ModelChoice): void {
  const idle = download ? '--download' : dtype === undefined ? undefined : '--dtype';
  if (models !== 'tiny' || !idle) return;
  const why = 'whose models are included, in one dtype';
  throw new MediaError('ERR_INVALID_OPTIONS', `${idle} cannot be used with --models tiny, ${why}`);
}

/** What to decode for the models: as large as they take it, but whole where parts will be cut out. */
export function decodePlanOf({ vision, audio, detector }: OpenedModels, sample: Sample | 'shots'): MediaPlan {
  const size = detector ? undefined : vision?.pictureSize;
  return {
    // Of all frames, those that stand for shots are taken later.
    ...((vision || detector) && {
      frames: { sample: sample === 'shots' ? ('all' as const) : sample, ...(size && { size }) },
    }),
    ...(audio && { audio: { sampleRate: audio.sampleRate } }),
  };
}

/** One after the other, so that each shows how far it is. */
async function downloadModels(choice: ModelChoice, { modalities, io }: OpenModelsOptions): Promise<void> {
  const { detectModel, dtype } = choice;
  const { vision, audio } = namesIn(choice);
  if (vision !== undefined && vision !== TINY && modalities.includes('vision'))
    await downloadMissing(vision, { task: 'clip', dtype }, io);
  if (audio !== undefined && audio !== TINY && modalities.includes('audio'))
    await downloadMissing(audio, { task: 'clap', dtype }, io);
  if (detectModel !== undefined && detectModel !== TINY)
    await downloadMissing(detectModel, { task: 'detect' }, io);
}

/** What each flag of a model takes for our own, which comes with the program. */
const TINY = 'tiny';

async function openVision(choice: ModelChoice, { towers, onWarning, io: { signal } }: OpenModelsOptions) {
  const place = await placeOf(choice, 'vision');
  const { openClip } = await import('@deepffmpeg/clip');
  const { dtype, device, threads, tokenizer, clipLogitScale = choice.logitScale, clipLogitBias } = choice;
  const scale = { logitScale: clipLogitScale, logitBias: clipLogitBias };
  const part = towers === 'media' ? 'image' : towers;
  return openClip(place, { towers: part, dtype, device, threads, tokenizer, ...scale, onWarning, signal });
}

async function openAudio(choice: ModelChoice, { towers, onWarning, io: { signal } }: OpenModelsOptions) {
  const place = await placeOf(choice, 'audio');
  const { openClap } = await import('@deepffmpeg/clap');
  const { dtype, device, threads, audioTokenizer: tokenizer, clapLogitScale = choice.logitScale } = choice;
  const scale = { logitScale: clapLogitScale, logitBias: choice.clapLogitBias };
  const part = towers === 'media' ? 'audio' : towers;
  return openClap(place, { towers: part, dtype, device, threads, tokenizer, ...scale, onWarning, signal });
}

async function openDetection(
  nameOrPath: string,
  { device, threads }: ModelChoice,
  { detect, onWarning, io: { signal } }: OpenModelsOptions,
) {
  const { openDetector } = await import('@deepffmpeg/detect');
  const { tinyDetectorFolder } = await import('@deepffmpeg/tiny-models');
  const place = nameOrPath === TINY ? tinyDetectorFolder : nameOrPath;
  return openDetector(place, { ...detect, device, threads, onWarning, signal });
}

/** The models that are named, each or as a set; those of `tiny` have no name. */
function namesIn({ clipModel, clapModel, models }: ModelChoice): Partial<Record<Modality, string>> {
  const set = models === undefined || models === 'tiny' ? undefined : modelSets[models];
  return { vision: clipModel ?? set?.clip, audio: clapModel ?? set?.clap };
}

/** Fills in from `--models-config` what the other flags leave open. */
export async function withConfigured(
  choice: ModelChoice,
  modalities: readonly Modality[],
): Promise<ModelChoice> {
  const { modelsConfig, clipModel, clapModel } = choice;
  if (modelsConfig === undefined) return choice;
  const read = async (modality: Modality, named: string | undefined) =>
    modalities.includes(modality) && named === undefined
      ? await readConfiguredModel(modelsConfig, modality)
      : undefined;
  const [vision, audio] = await Promise.all([read('vision', clipModel), read('audio', clapModel)]);
  return {
    ...choice,
    ...(vision && { clipModel: vision.path, tokenizer: choice.tokenizer ?? vision.tokenizer }),
    ...(audio && { clapModel: audio.path, audioTokenizer: choice.audioTokenizer ?? audio.tokenizer }),
  };
}

const FLAGS = {
  vision: { name: 'clip', knows: 'colours and shapes' },
  audio: { name: 'clap', knows: 'speech, music, tones and noise' },
} as const;

/** The folder or name of a model. @throws {MediaError} `ERR_INVALID_OPTIONS` */
export async function placeOf(choice: ModelChoice, modality: Modality): Promise<string> {
  const { clipModel, clapModel, models } = choice;
  const named = modality === 'vision' ? clipModel : clapModel;
  const { name, knows } = FLAGS[modality];
  if (named !== undefined && models !== undefined)
    throw new MediaError('ERR_INVALID_OPTIONS', `give --${name}-model or --models, not both`);
  const place = namesIn(choice)[modality];
  if (place !== undefined && place !== TINY) return place;
  if (place === undefined && models === undefined)
    throw new MediaError(
      'ERR_INVALID_OPTIONS',
      `say which model: --models balanced (recommended, from the hub) or another set, --${name}-model FOLDER or NAME, --models-config FILE, or --models tiny (included; knows ${knows})`,
    );
  const { tinyClipFolder, tinyClapFolder } = await import('@deepffmpeg/tiny-models');
  return modality === 'vision' ? tinyClipFolder : tinyClapFolder;
}
