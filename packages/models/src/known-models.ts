import type { KnownModel } from './registry/known-model.js';
import { laionClap } from './registry/laion-clap.js';
import { mobileClip } from './registry/mobile-clip.js';
import { openAiClip } from './registry/openai-clip.js';
import { sigLip } from './registry/siglip.js';
import { yolox } from './registry/yolox.js';

/** The registry: models of which what it says is certain. */
export const knownModels: readonly KnownModel[] = [
  ...openAiClip,
  ...sigLip,
  ...mobileClip,
  ...laionClap,
  ...yolox,
];
