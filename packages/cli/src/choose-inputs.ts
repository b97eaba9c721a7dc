import { checkBackground } from '@deepffmpeg/clip';
import { MediaError, type Modality } from '@deepffmpeg/core';
import { parseSample, type Sample } from '@deepffmpeg/ffmpeg-filters';
import { listInputs } from './list-inputs.js';
import type { EngineChoice } from './native/prepare-native-scoring.js';
import { noInput } from './no-input.js';

export interface ReadingChoice {
  /** Further inputs: the original's flag. */
  readonly input?: readonly string[];
  readonly sample?: string;
  /** The original's flag; off unless above 0. */
  readonly sceneThreshold?: number;
  readonly background?: string;
  readonly spool?: boolean;
  readonly printFfmpeg?: boolean;
  /** Place among all streams. */
  readonly audioStream?: number;
}

/** @throws {MediaError} `ERR_INVALID_OPTIONS` when there is none, the background is no colour, or there is nothing to spool */
export async function chooseInputs(
  named: readonly string[],
  {
    input = [],
    background,
    spool,
    visualization,
  }: ReadingChoice & { readonly visualization?: string | true },
  modalities: readonly Modality[],
): Promise<string[]> {
  const all = [...named, ...input];
  if (all.length === 0) throw noInput({ '--visualization': visualization });
  if (spool && !all.includes('-'))
    throw new MediaError('ERR_INVALID_OPTIONS', '--spool requires - (stdin) among the inputs');
  if (background !== undefined) await checkBackground(background);
  return listInputs(all, modalities);
}

/** @throws {MediaError} `ERR_INVALID_OPTIONS` */
export function chooseSample(
  { sample, sceneThreshold = -1, engine }: ReadingChoice & EngineChoice,
  otherwise: string,
): Sample | 'shots' {
  if (sceneThreshold <= 0) return sample === 'shots' ? sample : readSample(sample ?? otherwise, engine);
  if (sample !== undefined)
    throw new MediaError('ERR_INVALID_OPTIONS', 'give --sample or --scene-threshold, not both');
  return { sceneThreshold };
}

function readSample(text: string, engine: EngineChoice['engine']): Sample {
  try {
    return parseSample(text);
  } catch (cause) {
    // Shots are found in this program, and the native ffmpeg scores frames before they come to it.
    const shots = engine === 'native' ? '' : ', or shots (one frame of each)';
    const message = `--sample: ${(cause as Error).message}${shots}`; // parseSample throws nothing but errors
    throw new MediaError('ERR_INVALID_OPTIONS', message, { cause });
  }
}
