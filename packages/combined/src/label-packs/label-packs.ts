import type { Modality, PromptSet } from '@deepffmpeg/core';

/** Labels or categories that come with the package. */
export interface LabelPack {
  readonly name: string;
  /** Whether they are to be seen or heard. */
  readonly modality: Modality;
  readonly kind: PromptSet['kind'];
  /** What they are for, in one line. */
  readonly description: string;
}

/** All packs. The names of units and categories in `video` and `audio` never change: the rules of insights go by them. */
export const labelPacks: readonly LabelPack[] = [
  {
    name: 'video',
    modality: 'vision',
    kind: 'categories',
    description: 'the combined analysis of pictures: style, quality, purpose, mood',
  },
  {
    name: 'audio',
    modality: 'audio',
    kind: 'categories',
    description: 'the combined analysis of sound: recording quality, purpose, mood',
  },
  {
    name: 'film-video',
    modality: 'vision',
    kind: 'categories',
    description: 'films by their pictures: recording system, content, genre',
  },
  {
    name: 'film-audio',
    modality: 'audio',
    kind: 'categories',
    description: 'films by their sound: recording system, content, genre',
  },
  {
    name: 'animals',
    modality: 'vision',
    kind: 'labels',
    description: 'animals that people meet, keep and visit',
  },
  {
    name: 'coco',
    modality: 'vision',
    kind: 'labels',
    description: 'the 80 classes of COCO, in the order of its detectors',
  },
  {
    name: 'emotions',
    modality: 'vision',
    kind: 'labels',
    description: "a person's emotions, for persons that a detector found",
  },
  {
    name: 'music',
    modality: 'audio',
    kind: 'labels',
    description: 'genres of music, a dog barking, a person speaking',
  },
];
