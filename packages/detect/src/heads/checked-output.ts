import { MediaError } from '@deepffmpeg/core';
import { describeTensors, type TensorInfo, type Tensors } from '@deepffmpeg/models';
import type { HeadContext } from './head.js';

/** A size that must be met; `undefined` where any will do. */
type Sizes = readonly (number | undefined)[];

/**
 * The single output of a head that has one: float32, of these sizes.
 *
 * @throws {MediaError} `ERR_MODEL_CONFIG` where the file declares something else.
 */
export function soleOutput({ path, outputs, head }: HeadContext, sizes: Sizes, meaning: string): TensorInfo {
  const [output, ...others] = outputs;
  if (output && others.length === 0 && output.type === 'float32' && fits(output.shape, sizes)) return output;
  throw new MediaError(
    'ERR_MODEL_CONFIG',
    `${path} gives ${describeTensors(outputs) || 'nothing'}; the head ${head} was expected to give one float32 ${meaning}: ` +
      'name the head that the model has, and as many labels as it has classes',
  );
}

function fits(shape: readonly (number | string)[], sizes: Sizes): boolean {
  if (shape.length === 0) return true; // the file leaves all open; the answer itself is checked
  return (
    shape.length === sizes.length &&
    shape.every((size, i) => typeof size === 'string' || sizes[i] === undefined || size === sizes[i])
  );
}

/**
 * The numbers of an output, and its sizes.
 *
 * @throws {MediaError} `ERR_MODEL_OUTPUT` where it has other sizes, or a number that is not finite.
 */
export function outputData(
  results: Tensors,
  { name }: TensorInfo,
  sizes: Sizes,
  path: string,
): { readonly data: Float32Array; readonly shape: readonly number[] } {
  const { data, shape = [] } = results[name] ?? {};
  const fail = (problem: string) => new MediaError('ERR_MODEL_OUTPUT', `${path} gave ${name} ${problem}`);
  if (!(data instanceof Float32Array) || shape.length !== sizes.length || !fits(shape, sizes)) {
    const wanted = sizes.map((size) => size ?? 'any').join(', ');
    throw fail(`of shape [${shape.join(', ')}]; float32 [${wanted}] was expected`);
  }
  if (!areFinite(data)) throw fail('with numbers that are not finite');
  return { data, shape };
}

/** A million numbers a picture: a sum that only NaN and infinity can move is faster than asking for each. */
function areFinite(data: Float32Array): boolean {
  let sum = 0;
  for (let i = 0; i < data.length; i++) sum += data[i]! * 0; // in range
  return sum === 0;
}
