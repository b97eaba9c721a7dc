import {
  type AudioSamples,
  createScorer,
  createTimeline,
  type EncodedLabelSet,
  type Scores,
  through,
  type VideoFrame,
} from '@deepffmpeg/core';
import type { DetectChoice } from './choose-detector.js';
import type { ScoredChunk } from './collect-outcomes.js';
import { embedMedia, type WindowChoice } from './embed-media.js';
import { findObjects } from './find-objects.js';
import type { OpenedModels } from './open-models.js';

/** Scores what is seen, whole frames or the objects in them, and what is heard; in one order of time. */
export async function scoreMedia(
  media: AsyncIterable<VideoFrame | AudioSamples | Scores>,
  models: OpenedModels,
  labelSets: readonly EncodedLabelSet[],
  flags: DetectChoice & WindowChoice & { readonly confidence: number },
  signal: AbortSignal,
): Promise<AsyncIterable<ScoredChunk>> {
  const { detector, audio } = models;
  if (!detector)
    return through(await embedMedia(media, models, flags, signal), createScorer({ labelSets, signal }));
  const seen = findObjects(media, { detector, vision: models.vision }, labelSets, flags, signal);
  if (!audio) return seen;
  const heard = await embedMedia(seen, { ...models, vision: undefined }, flags, signal);
  return through(heard, createScorer({ labelSets, signal }), createTimeline({ kind: 'scores', signal }));
}
