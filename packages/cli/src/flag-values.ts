import type { Dtype, ModelSetName } from '@deepffmpeg/models';
import { InvalidArgumentError } from 'commander';

/** Written here too, or `--version` would load the models. */
export const DTYPES = ['fp32', 'fp16', 'q8'] as const satisfies readonly Dtype[];

/** What `--models` takes: our own models, and the sets of the registry. */
export const MODEL_SETS = ['tiny', 'fast', 'balanced', 'best'] as const satisfies readonly (
  | 'tiny'
  | ModelSetName
)[];

/** Makes a reader of a flag's number, for commander. Bounds are inclusive unless `above` is given. */
export function numberFlag({ min = -Infinity, max = Infinity, above = -Infinity, whole = false } = {}) {
  return (text: string): number => {
    const value = Number(text);
    const fits =
      text.trim() !== '' && value >= min && value <= max && value > above && Number.isFinite(value);
    if (fits && (!whole || Number.isInteger(value))) return value;
    const kind = whole ? 'a whole number' : 'a number';
    const bounds = [
      ...(above > -Infinity ? [`above ${above}`] : []),
      ...(min > -Infinity ? [`at least ${min}`] : []),
      ...(max < Infinity ? [`at most ${max}`] : []),
    ];
    throw new InvalidArgumentError(`Expected ${[kind, bounds.join(' and ')].filter(Boolean).join(' ')}.`);
  };
}

/** Gathers a flag that may be given several times. */
export const listFlag = (value: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  value,
];

/** Reads `81&82&135&169` as pairs of width and height. */
export function anchorsFlag(text: string): [width: number, height: number][] {
  const numbers = text.split('&').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  if (numbers.length % 2 !== 0 || !numbers.every((value) => value > 0 && Number.isFinite(value)))
    throw new InvalidArgumentError(
      'Expected pairs of width and height in pixels, as in "81&82&135&169&344&319".',
    );
  return Array.from({ length: numbers.length / 2 }, (_, i) => [numbers[2 * i]!, numbers[2 * i + 1]!]); // in pairs
}

/** Makes a reader of some of these, with commas between. */
export function choicesFlag<Choice extends string>(choices: readonly Choice[]) {
  return (text: string): Choice[] =>
    text.split(',').map((part) => {
      const choice = choices.find((each) => each === part.trim());
      if (choice === undefined) throw new InvalidArgumentError(`Allowed are ${choices.join(', ')}.`);
      return choice;
    });
}
