import { MediaError } from '@deepffmpeg/core';
import type { ShotRule, TechnicalAnalyserOptions } from '@deepffmpeg/technical';
import { type Command, Option } from 'commander';
import { numberFlag } from './flag-values.js';

/** How shots are found. */
export interface ShotChoice {
  readonly detector?: ShotRule;
  readonly sceneThreshold?: number;
}

/** The flags of `analyze` and `combine` that say how shots are found. */
export function addShotFlags(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--detector <rule>',
        'shot detection: adaptive, by the frames around a cut; content, by the scene score; or keyframes (default: adaptive; content with --scene-threshold)',
      ).choices(['adaptive', 'content', 'keyframes']),
    )
    .option(
      '--scene-threshold <t>',
      'minimum scene score of a cut, for --detector content (default: 0.3)',
      numberFlag({ min: 0, max: 1 }),
    );
}

/** @throws {MediaError} `ERR_INVALID_OPTIONS` in the words of the flags. */
export function refuseIdleThreshold({ detector, sceneThreshold }: ShotChoice): void {
  if (detector === 'adaptive' && sceneThreshold !== undefined)
    throw new MediaError('ERR_INVALID_OPTIONS', '--scene-threshold requires --detector content');
  if (detector !== 'keyframes' && sceneThreshold === 0)
    throw new MediaError(
      'ERR_INVALID_OPTIONS',
      '--scene-threshold 0 makes every frame a shot: give one above 0',
    );
}

/** What the technical analysis is to be told; a threshold alone asks for the rule that has one, and keyframes have none. */
export function shotRuleOf({
  detector,
  sceneThreshold,
}: ShotChoice): Pick<TechnicalAnalyserOptions, 'shotRule' | 'sceneThreshold'> {
  return {
    shotRule: detector ?? (sceneThreshold === undefined ? undefined : 'content'),
    sceneThreshold: detector === 'keyframes' ? undefined : sceneThreshold,
  };
}
