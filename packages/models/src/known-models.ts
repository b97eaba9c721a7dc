import type { KnownModel } from './registry/known-model.js';
import { laionClap } from './registry/laion-clap.js';
import { mobileClip } from './registry/mobile-clip.js';
import { msClap } from './registry/ms-clap.js';
import { openClip } from './registry/open-clip.js';
import { openAiClip } from './registry/openai-clip.js';
import { otherYolo } from './registry/other-yolo.js';
import { sigLip } from './registry/siglip.js';
import { yolox } from './registry/yolox.js';

/** The registry: models of which what it says is certain. */
export const knownModels: readonly KnownModel[] = [
  ...openAiClip,
  ...sigLip,
  ...mobileClip,
  ...openClip,
  ...laionClap,
  ...msClap,
  ...yolox,
  ...otherYolo,
];
