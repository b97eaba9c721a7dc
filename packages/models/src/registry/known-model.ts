import type { Activation } from '@deepffmpeg/core';
import type { Dtype } from '../model-folder.js';

/** What a model is for, and with it which networks it has: `@deepffmpeg/clip`, `clap` and `detect` open these. */
export type ModelTask = 'clip' | 'clap' | 'detect';

/** A figure that others published about a model. */
export interface PublishedResult {
  /** Such as `ImageNet-1k, zero-shot`. */
  readonly benchmark: string;
  /** Such as `top-1 accuracy`. */
  readonly measure: string;
  readonly percent: number;
  readonly source: string;
}

/**
 * How much work its tower of pictures, sound or both makes of one picture or window: `fast` up to 15 billion operations
 * (a multiplication and an addition are two), `medium` up to 60, `slow` above.
 */
export type SpeedClass = 'fast' | 'medium' | 'slow';

export interface Speed {
  readonly class: SpeedClass;
  /** Billions of operations for one picture or window, where somebody published it. */
  readonly gigaflops?: number;
  /** Of the figure, or of what the class follows from. */
  readonly source: string;
}

/** What is known about a published model and does not stand in its own files. What is not certain is left out. */
export interface KnownModel {
  /** Short name. */
  readonly name: string;
  readonly task: ModelTask;
  /** Repository on the Hugging Face hub that holds the ONNX files; absent where none does in the hub's layout. */
  readonly repository?: string;
  /** The commit whose files are described here; other commits may differ. */
  readonly revision?: string;
  /** Where its weights are, of a kind that only `deepffmpeg models convert` makes usable. */
  readonly conversion?: { readonly kind: 'clip' | 'clap'; readonly source: string };
  /** Where it is published when that is not the hub, and how to use it then. */
  readonly elsewhere?: {
    readonly url: string;
    /** What makes an ONNX file of it, where it is none. */
    readonly conversion?: string;
    /** The flags that use the file. */
    readonly use: string;
  };
  /** Bytes of each network by dtype, rounded to three digits where no more was published. */
  readonly sizes?: Readonly<Partial<Record<Dtype, Readonly<Record<string, number>>>>>;
  /** Networks that are published and known not to work: they are refused, with this reason. */
  readonly unusable?: Readonly<Partial<Record<Dtype, string>>>;
  readonly speed?: Speed;
  /** Of the weights. */
  readonly licence: string;
  /** The trained scale, already exponentiated; where it is open, the joint model tells. */
  readonly logitScale?: number;
  /** The trained bias of a sigmoid model. */
  readonly logitBias?: number;
  readonly activation?: Activation;
  /** `{}` stands for the label. */
  readonly promptTemplate?: string;
  /** To what length texts are filled up, where the model's own files do not tell. */
  readonly padTo?: 'max-length';
  /** What its texts may be in, as BCP 47 tags, or `many`. */
  readonly languages?: readonly string[];
  readonly results?: readonly PublishedResult[];
  /** How media are prepared; the model's own files say it in full. */
  readonly preprocessing?: string;
}
