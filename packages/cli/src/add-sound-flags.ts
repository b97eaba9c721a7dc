import type { Command } from 'commander';
import { numberFlag } from './flag-values.js';

/** Shorter than a sample is nothing, at the lowest of rates; an hour is as much as is cut. */
const spanFlag = numberFlag({ min: 0.001, max: 3600 });

/** Which audio stream is read, and in what windows. */
export function addSoundFlags(command: Command): Command {
  return addWindowFlags(
    command.option(
      '--audio-stream <n>',
      'index of the audio stream among all streams of the input, from 0 (default: its default audio stream)',
      numberFlag({ min: 0, whole: true }),
    ),
  );
}

export function addWindowFlags(command: Command): Command {
  return command
    .option('--audio-window <s>', "length of an audio window in seconds (default: the model's)", spanFlag)
    .option(
      '--audio-hop <s>',
      'seconds from the start of one audio window to the next (default: the window)',
      spanFlag,
    );
}
