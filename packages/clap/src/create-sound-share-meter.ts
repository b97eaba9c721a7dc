import { createStage, parseOptions, type Scores, type Stage, type StageOptions } from '@deepffmpeg/core';
import * as z from 'zod';
import { ShareMeter, type SoundShares, sharesOfWindow } from './share-meter.js';
import { soundSharePrompts } from './sound-share-prompts.js';

/** What a whole sound consists of; emitted at its end. */
export interface SoundShareSummary {
  readonly type: 'sound-shares';
  readonly source: string;
  readonly shares: SoundShares;
}

export interface SoundShareMeterOptions extends StageOptions {
  /** Name of the label set whose scores to take, with the labels of `soundSharePrompts`. @defaultValue that of `soundSharePrompts` */
  readonly labelSetName?: string | undefined;
}

const settingsSchema = z.strictObject({ labelSetName: z.string().default(soundSharePrompts.name) });

/**
 * Tells how much of a sound is speech, music and neither, as `soundShares` does, as its windows go by.
 *
 * In: scores of one label set, in order of time; others pass. Out: at the end the shares of each input that says anything. Holds the windows
 * that overlap.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS`, at once. Later the stream may fail with `ERR_MISMATCH`: a label that is none of those.
 */
export function createSoundShareMeter(
  options: SoundShareMeterOptions = {},
): Stage<Scores, SoundShareSummary> {
  const { signal, highWaterMark, idleMs, ...settings } = options;
  const { labelSetName } = parseOptions(settingsSchema, settings);
  const meters = new Map<string, ShareMeter>();
  return createStage(
    {
      accepts: ['scores'],
      where: (scores: Scores) => scores.labelSet.name === labelSetName,
      transform(scores: Scores) {
        const meter = meters.get(scores.source) ?? new ShareMeter();
        meters.set(scores.source, meter);
        meter.add(scores, sharesOfWindow(scores));
        return [];
      },
      *flush() {
        for (const [source, meter] of meters) {
          meter.endInput();
          const shares = meter.shares();
          if (shares) yield { type: 'sound-shares' as const, source, shares };
        }
      },
    },
    { signal, highWaterMark, idleMs },
  );
}
