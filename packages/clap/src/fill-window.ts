import type { AudioInput } from '@deepffmpeg/models';

/**
 * Fills samples up to the length of a window as a model has learnt it; see `AudioInput`. Samples that fill it already
 * are given back as they are.
 *
 * @param samples - float32, `[n]`, n from 1 to `length`
 * @see https://github.com/huggingface/transformers/blob/v4.57.6/src/transformers/models/clap/feature_extraction_clap.py
 * (`_get_input_mel`), LAION's processor; MS-CLAP's repeats in the same way
 */
export function fillWindow(
  samples: Float32Array,
  length: number,
  padding: AudioInput['padding'],
): Float32Array {
  if (samples.length === length) return samples;
  const window = new Float32Array(length);
  const end =
    padding === 'pad' ? samples.length : padding === 'repeat' ? length : length - (length % samples.length);
  for (let start = 0; start < end; start += samples.length) {
    window.set(samples.subarray(0, length - start), start);
  }
  return window;
}
