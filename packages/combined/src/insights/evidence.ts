import type { Modality } from '@deepffmpeg/core';

/** What a conclusion rests on. */
export interface Evidence {
  readonly conclusion: Conclusion;
  /** What was concluded, such as `Storytelling`; null where nothing was. */
  readonly value: string | null;
  readonly reasons: readonly Reason[];
}

/** What can be concluded, named after the section of the document or its entry. */
export type Conclusion =
  | 'content-type'
  | 'video-quality'
  | 'audio-quality'
  | 'mood'
  | 'mood-consistency'
  | 'mood-progression'
  | 'pacing'
  | 'key-moments'
  | 'narrative-structure';

/** One thing that speaks for a conclusion. */
export interface Reason {
  /** A sentence, such as `Storytelling: 0.48 in 22 frames, 1 point`. */
  readonly text: string;
  /** The label that it goes by, where it goes by one. */
  readonly label?: string;
  readonly modality?: Modality;
  /** Where to look or listen, the strongest first, at most five; empty where times are not known. */
  readonly times: readonly Span[];
}

/** A part of the input's time. */
export interface Span {
  /** Seconds on the input's own clock. */
  readonly timestamp: number;
  readonly durationSeconds: number;
}

/** A section of the document, and what it rests on. */
export interface Insight<Section> {
  readonly section: Section;
  readonly evidence: readonly Evidence[];
}
