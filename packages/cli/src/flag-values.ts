import { InvalidArgumentError } from 'commander';

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
