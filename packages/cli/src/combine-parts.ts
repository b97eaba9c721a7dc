import type { AudioPart, ObjectsPart, VisionPart } from '@deepffmpeg/combined';
import {
  type EncodedLabelSet,
  isMediaError,
  MediaError,
  type MediaErrorCode,
  type PromptSet,
} from '@deepffmpeg/core';
import { encodeLabels, isMissingModelError, type TextModel } from '@deepffmpeg/models';
import {
  type DetectChoice,
  detectorOptions,
  isTracking,
  narrowDetector,
  objectConfidence,
} from './choose-detector.js';
import type { CliIo } from './cli-io.js';
import type { CombineLabels } from './combine-labels.js';
import { refuseLongWindow, type WindowChoice } from './embed-media.js';
import type { EncodingChoice } from './encode-all-labels.js';
import { type ModelChoice, type OpenedModels, openModels } from './open-models.js';
import { type Say, sayTo } from './say.js';

export interface PartsChoice extends DetectChoice, EncodingChoice, ModelChoice, WindowChoice {
  readonly confidence: number;
  readonly verbose?: boolean;
}

/** What films are analysed for besides technically; an error stands for what cannot be done. */
export interface CombineParts {
  readonly vision: VisionPart | Error | undefined;
  readonly audio: AudioPart | Error | undefined;
  readonly objects: ObjectsPart | Error | undefined;
  /** What the objects depend on beside their model and its labels. */
  readonly detection: Pick<PartsChoice, 'detectHead' | 'anchors' | 'target'>;
  close(): Promise<void>;
}

/** Errors of one model; the other parts may still be done. */
const MODEL_ERRORS: readonly MediaErrorCode[] = [
  'ERR_MODEL_MISSING',
  'ERR_MODEL_LOAD',
  'ERR_MODEL_CONFIG',
  'ERR_MODEL_OUTPUT',
];

/**
 * Opens the models that the flags name, and has them read what to look and listen for. A model that cannot be had beside another is told, and
 * its part is an error. Whoever calls this closes them.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS`; `ERR_MODEL_...` for a name that stands for no model, and where there is neither a model that
 * sees nor one that hears: empty results would take the place of good ones. Then nothing is left open.
 */
export async function openParts(flags: PartsChoice, labels: CombineLabels, io: CliIo): Promise<CombineParts> {
  const opener = new PartOpener(flags, labels, io);
  const { detectHead, anchors, target } = flags;
  const isNamed = (model: string | undefined) =>
    model !== undefined || flags.models !== undefined || flags.modelsConfig !== undefined;
  if (!isNamed(flags.clipModel) && !isNamed(flags.clapModel))
    throw new MediaError(
      'ERR_INVALID_OPTIONS',
      'say which models: --models balanced (recommended, from the hub) or another set, --clip-model and --clap-model FOLDER or NAME ' +
        '(or one of them), --models-config FILE, or --models tiny (included; colours, shapes, looks, some scenes and kinds of sound)',
    );
  try {
    const vision = isNamed(flags.clipModel) ? await opener.attempt(() => opener.openVision()) : undefined;
    const audio = isNamed(flags.clapModel) ? await opener.attempt(() => opener.openAudio()) : undefined;
    if (!isPart(vision) && !isPart(audio)) throw vision ?? audio; // one of them was named
    const objects =
      flags.detectModel === undefined ? undefined : await opener.attempt(() => opener.openObjects());
    for (const part of [vision, audio, objects])
      if (part instanceof Error) sayTo(io, flags.verbose).always(part.message);
    return {
      ...{ vision, audio, objects },
      detection: { detectHead, anchors, target },
      close: () => opener.close(),
    };
  } catch (error) {
    await opener.close();
    throw error;
  }
}

const isPart = <Part>(part: Part | Error | undefined): part is Part =>
  part !== undefined && !(part instanceof Error);

/** Whether no download would bring it, as of a name with a slip in it: that is a mistake in the flags. A hub that is out of reach is none. */
const isNoModel = ({ code, cause }: MediaError, { download = false }: PartsChoice): boolean =>
  code === 'ERR_MODEL_MISSING' && !download && !isMissingModelError(cause);

/** Opens one part after the other. */
class PartOpener {
  readonly #flags: PartsChoice;
  readonly #labels: CombineLabels;
  readonly #io: CliIo;
  readonly #say: Say;
  readonly #opened: OpenedModels[] = [];

  constructor(flags: PartsChoice, labels: CombineLabels, io: CliIo) {
    this.#flags = flags;
    this.#labels = labels;
    this.#io = io;
    this.#say = sayTo(io, flags.verbose);
  }

  async attempt<Part>(open: () => Promise<Part>): Promise<Part | Error> {
    try {
      return await open();
    } catch (error) {
      if (!isMediaError(error) || !MODEL_ERRORS.includes(error.code) || isNoModel(error, this.#flags))
        throw error;
      return error;
    }
  }

  async openVision(): Promise<VisionPart> {
    const { temperature, clipTemperature = temperature, clipTemplate } = this.#flags;
    const { vision: model } = await this.#open({ modalities: ['vision'] });
    const { categories, others } = this.#labels;
    const prompts = [categories.vision, ...others.vision];
    return { model: model!, labelSets: await this.#encode(model!, prompts, clipTemplate, clipTemperature) }; // it was asked for
  }

  async openAudio(): Promise<AudioPart> {
    const { temperature, clapTemperature = temperature, clapTemplate } = this.#flags;
    const models = await this.#open({ modalities: ['audio'] });
    refuseLongWindow(models, this.#flags);
    const model = models.audio!; // it was asked for
    const { categories, others } = this.#labels;
    const prompts = [categories.audio, ...others.audio];
    const { audioWindow: windowSeconds, audioHop: hopSeconds } = this.#flags;
    return {
      model,
      labelSets: await this.#encode(model, prompts, clapTemplate, clapTemperature),
      windowSeconds,
      hopSeconds,
    };
  }

  async openObjects(): Promise<ObjectsPart> {
    const detect = await detectorOptions(this.#flags, this.#io.signal);
    const { detector } = await this.#open({ modalities: [], detect });
    const model = narrowDetector(detector!, this.#flags); // it was asked for
    return {
      model,
      isTracking: isTracking(this.#flags),
      confidence: objectConfidence(this.#flags),
    };
  }

  async close(): Promise<void> {
    await Promise.all(this.#opened.map((models) => models.close()));
  }

  async #open(
    wanted: Pick<Parameters<typeof openModels>[1], 'modalities' | 'detect'>,
  ): Promise<OpenedModels> {
    const choice = wanted.detect ? this.#flags : { ...this.#flags, detectModel: undefined };
    const models = await openModels(choice, {
      ...wanted,
      towers: 'both',
      onWarning: this.#say.warn,
      io: this.#io,
    });
    this.#opened.push(models);
    return models;
  }

  /** One after the other: where one fails, no other may still be at work when the model is closed. */
  async #encode(
    model: TextModel,
    prompts: readonly PromptSet[],
    template: string | undefined,
    temperature: number | undefined,
  ): Promise<EncodedLabelSet[]> {
    const { signal } = this.#io;
    const sets: EncodedLabelSet[] = [];
    for (const prompt of prompts)
      sets.push({ ...(await encodeLabels(model, prompt, { template, signal })), temperature });
    return sets;
  }
}
