import { type AudioSamples, describeValue, MediaError } from '@deepffmpeg/core';
import { type ReadWavOptions, readWav, tellPartial } from './read-wav.js';

export interface WavSamplesOptions extends Omit<ReadWavOptions, 'source' | 'onPartial'> {
  /** Called with the reason if a file breaks off, after the last of its sound. Without it that is an error. */
  readonly onPartial?: ((reason: string, source: string) => void) | undefined;
}

/**
 * Gives the sound of WAV files in blocks of one second, the last of each file of what is left. Each file is an input of its own,
 * `source` its path, whose time begins at 0, and whose last block says so. Reads one after the other, as they are taken; holds one file.
 *
 * @throws {MediaError} as `readWav` does; `ERR_INVALID_OPTIONS` for one path or bytes in place of a list; `ERR_PARTIAL_INPUT` comes after all that could be read.
 */
export async function* wavSamples(
  paths: Iterable<string> | AsyncIterable<string>,
  { onPartial, ...options }: WavSamplesOptions = {},
): AsyncGenerator<AudioSamples<'audio'>, void, undefined> {
  if (typeof paths === 'string' || ArrayBuffer.isView(paths))
    // a list of letters, or of numbers
    throw new MediaError(
      'ERR_INVALID_OPTIONS',
      `paths: expected a list, as [path], got ${describeValue(paths)}`,
    );
  for await (const source of paths) {
    let damage: string | undefined;
    const sound = await readWav(source, {
      ...options,
      onPartial: (reason) => {
        damage = reason;
      },
    });
    yield* blocksOf(sound);
    if (damage !== undefined)
      tellPartial(source, damage, onPartial && ((reason) => onPartial(reason, source)));
  }
}

function* blocksOf(sound: AudioSamples<'audio'>): Generator<AudioSamples<'audio'>> {
  const { sampleRate } = sound;
  for (let start = 0; start < sound.data.length; start += sampleRate) {
    const data = sound.data.slice(start, start + sampleRate); // a copy, or one kept block would hold the file
    const time = { timestamp: start / sampleRate, durationSeconds: data.length / sampleRate };
    yield { ...sound, ...time, data, isLast: start + data.length === sound.data.length };
  }
}
