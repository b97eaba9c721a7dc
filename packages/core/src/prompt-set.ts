import type { LabelSet } from './chunks.js';

/** A label and what a text tower is to read for it. */
export interface LabelPrompts {
  readonly label: string;
  /** Whole sentences, given to the model as they are. Without any, the model's prompt template is filled with the label. */
  readonly sentences?: readonly string[];
}

/** A category and its labels, or all labels of a set without categories; under softmax they compete. */
export interface PromptGroup {
  readonly name: string;
  readonly labels: readonly LabelPrompts[];
}

/** A label set before any model has read it. */
export interface PromptSet {
  readonly name: string;
  readonly kind: LabelSet['kind'];
  readonly groups: readonly PromptGroup[];
}

/** The labels of a prompt set, without their sentences. */
export function labelSetOf({ name, kind, groups }: PromptSet): LabelSet {
  return {
    name,
    kind,
    groups: groups.map((group) => ({ name: group.name, labels: group.labels.map(({ label }) => label) })),
  };
}
