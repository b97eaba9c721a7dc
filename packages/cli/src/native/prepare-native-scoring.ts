import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type EncodedLabelSet, MediaError, type Modality } from '@deepffmpeg/core';
import { formatNativeTexts, type Sample, type ScoringPlan } from '@deepffmpeg/ffmpeg-filters';
import { onnxFileName, requireFile, resolveModel } from '@deepffmpeg/models';
import type { WindowChoice } from '../embed-media.js';
import { makeTemporaryFolder } from '../make-temporary-folder.js';
import type { MediaPlan } from '../open-media.js';
import { type ModelChoice, type OpenedModels, placeOf, tellWays, withConfigured } from '../open-models.js';

export interface EngineChoice {
  /** Where the towers that see and hear run: in this process, or within ffmpeg. */
  readonly engine?: 'onnx' | 'native';
  /** What runs them within ffmpeg. */
  readonly runtime?: 'openvino' | 'torch';
}

/** What ffmpeg is to score, and the texts that it reads. Whoever prepared it removes them. */
export interface NativeScoring {
  readonly plan: MediaPlan;
  remove(): Promise<void>;
}

interface NativeScoringOptions {
  readonly models: OpenedModels;
  readonly labelSets: readonly EncodedLabelSet[];
  readonly sample: Sample | 'shots';
  readonly flags: EngineChoice & ModelChoice & WindowChoice;
}

/** Writes what the filters of the native ffmpeg need to know of the models into a temporary folder, and the plan that names it. */
export async function prepareNativeScoring(options: NativeScoringOptions): Promise<NativeScoring> {
  const { path: folder, remove } = await makeTemporaryFolder('native');
  try {
    const scores = await Promise.all(
      options.labelSets.map((labels, i) =>
        planOf(labels, join(folder, `${i}.texts`), options).catch(tellWays),
      ),
    );
    return { plan: { scores }, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function planOf(
  labels: EncodedLabelSet,
  texts: string,
  { models: { vision, audio }, sample, flags }: NativeScoringOptions,
): Promise<ScoringPlan> {
  const { runtime, device, threads, audioWindow, audioHop } = flags;
  if (vision?.id === labels.model && sample !== 'shots') {
    await writeFile(texts, formatNativeTexts(labels, vision.preprocessing));
    const model = await towerFile(flags, 'vision');
    return {
      filter: 'clip',
      model,
      texts,
      labels,
      runtime,
      device,
      threads,
      sample,
      size: vision.pictureSize,
    };
  }
  if (audio?.id !== labels.model) throw new Error(`no model was opened for ${labels.model}`);
  await writeFile(texts, formatNativeTexts(labels, audio.preprocessing));
  const model = await towerFile(flags, 'audio');
  const about = { model, texts, labels, runtime, device, threads, sampleRate: audio.sampleRate };
  return { filter: 'clap', ...about, windowSeconds: audioWindow, hopSeconds: audioHop };
}

/** LibTorch's towers lie beside the folder of the ONNX ones. @throws {MediaError} `ERR_MODEL_MISSING` */
async function towerFile(flags: EngineChoice & ModelChoice, modality: Modality): Promise<string> {
  const part = modality === 'vision' ? 'vision_model' : 'audio_model';
  const place = await placeOf(await withConfigured(flags, [modality]), modality);
  if (flags.runtime !== 'torch') {
    const file = onnxFileName(part, flags.dtype);
    return requireFile(await resolveModel(place, { files: [file] }), file);
  }
  const folder = await resolveModel(place);
  return requireFile(folder, `torchscript/${part}.pt`);
}

/** What the native ffmpeg cannot do, or what only it can. @throws {MediaError} `ERR_INVALID_OPTIONS` */
export function refuseForEngine(
  flags: EngineChoice & {
    readonly detectModel?: string;
    readonly fromEmbeddings?: string;
    readonly background?: string;
  },
  sample: Sample | 'shots',
): void {
  const fail = (problem: string) => new MediaError('ERR_INVALID_OPTIONS', problem);
  if (flags.engine !== 'native') {
    if (flags.runtime !== undefined) throw fail('--runtime requires --engine native');
    return;
  }
  if (flags.detectModel !== undefined)
    throw fail(
      "--detect-model with --engine native: ffmpeg's dnn_detect resizes images in another way, rounds boxes to whole pixels and reads " +
        'YOLOX only, so it would find other objects: take --engine onnx, or call the filters as the README of @deepffmpeg/native shows',
    );
  if (flags.fromEmbeddings !== undefined)
    throw fail('--engine native cannot be used with --from-embeddings, which holds embeddings, not media');
  if (flags.background !== undefined)
    throw fail('--background cannot be used with --engine native, which takes no still images');
  if (sample === 'shots')
    throw fail('--sample shots with --engine native: take another plan, or --engine onnx');
}
