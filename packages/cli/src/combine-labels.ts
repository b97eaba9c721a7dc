import { soundSharePrompts } from '@deepffmpeg/clap';
import { readLabelPack } from '@deepffmpeg/combined';
import type { Modality, PromptSet } from '@deepffmpeg/core';
import { readLabels } from './choose-labels.js';

export interface CombineLabelChoice {
  /** Files of categories, in place of those that the rules know. */
  readonly clipCategories?: string;
  readonly clapCategories?: string;
  /** Labels besides: files, or labels with commas between. */
  readonly clipLabels?: string;
  readonly clapLabels?: string;
}

/** What to ask of pictures and sound. */
export interface CombineLabels {
  /** What the rules go by. */
  readonly categories: Readonly<Record<Modality, PromptSet>>;
  /** What is shown over time beside it. */
  readonly others: Readonly<Record<Modality, readonly PromptSet[]>>;
}

/** @throws {MediaError} `ERR_LABELS`, `ERR_INVALID_OPTIONS` */
export async function chooseCombineLabels(
  { clipCategories, clapCategories, clipLabels, clapLabels }: CombineLabelChoice,
  signal: AbortSignal,
): Promise<CombineLabels> {
  const {
    vision = await readLabelPack('video', { signal }),
    audio = await readLabelPack('audio', { signal }),
  } = await readLabels({ clipCategories, clapCategories }, signal);
  const more = await readLabels({ clipLabels, clapLabels }, signal);
  return {
    categories: { vision, audio },
    others: {
      vision: more.vision ? [more.vision] : [],
      audio: [...(more.audio ? [more.audio] : []), soundSharePrompts],
    },
  };
}
