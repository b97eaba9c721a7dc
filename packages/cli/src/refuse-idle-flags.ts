import { MediaError, type Modality } from '@deepffmpeg/core';
import type { ChosenLabels } from './choose-labels.js';

/** The flags of each modality, which are of no use without its labels. */
const FLAGS = {
  vision: ['clipModel', 'clipTemplate', 'clipTemperature', 'clipLogitScale', 'clipLogitBias', 'tokenizer'],
  audio: [
    ...['clapModel', 'clapTemplate', 'clapTemperature', 'clapLogitScale', 'clapLogitBias', 'audioTokenizer'],
    ...['audioStream', 'audioWindow', 'audioHop'],
  ],
} as const satisfies Readonly<Record<Modality, readonly string[]>>;

/** @throws {MediaError} `ERR_INVALID_OPTIONS` when a flag has nothing to do. */
export function refuseIdleFlags(
  labels: ChosenLabels,
  flags: Readonly<Partial<Record<(typeof FLAGS)[Modality][number], unknown>>>,
): void {
  for (const modality of ['vision', 'audio'] as const) {
    const idle = FLAGS[modality].find((flag) => flags[flag] !== undefined);
    if (labels[modality] || !idle) continue;
    const flag = idle.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const kind = modality === 'vision' ? 'clip' : 'clap';
    throw new MediaError(
      'ERR_INVALID_OPTIONS',
      `--${flag} is of no use without --${kind}-labels or --${kind}-categories`,
    );
  }
}
