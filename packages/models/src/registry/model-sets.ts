import type { SpeedClass } from './known-model.js';

/** What `--models` takes besides `tiny`: a model that sees and one that hears, both of the registry. */
export type ModelSetName = 'fast' | 'balanced' | 'best';

export interface ModelSet {
  /** Short names of the registry. */
  readonly clip: string;
  readonly clap: string;
  /** That of the slower of the two. */
  readonly speed: SpeedClass;
  /** Why these. */
  readonly reason: string;
}

/**
 * A set holds only what can be downloaded as it is, and used for anything: so neither what must be converted, nor MobileCLIP,
 * whose licence is for research. All three share one model that hears: nobody has published that a larger one that can be brought is better at sounds of all kinds.
 */
export const modelSets: Readonly<Record<ModelSetName, ModelSet>> = {
  fast: {
    clip: 'clip-vit-base-patch32',
    clap: 'clap-htsat-unfused',
    speed: 'fast',
    reason:
      'a quarter of the work of the others on a picture, for long films and small machines; 63.2 % on ImageNet',
  },
  balanced: {
    clip: 'clip-vit-base-patch16',
    clap: 'clap-htsat-unfused',
    speed: 'medium',
    reason:
      'finer details than fast (68.6 % on ImageNet); labels compete as with fast, so the same confidence means the same',
  },
  best: {
    clip: 'siglip2-base',
    clap: 'clap-htsat-unfused',
    speed: 'medium',
    reason:
      'the most accurate that can be downloaded as it is (78.2 % on ImageNet), in many languages; more than twice the download for sight. Each label ' +
      'of sight stands alone, so several or none may hold, and probabilities are low until they are calibrated',
  },
};
