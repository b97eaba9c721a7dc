import { inspect } from 'node:util';

const MOST_LENGTH = 80;

/** Says in a few words what came in place of something else and, of a promise or a function, what was forgotten. */
export function describeValue(value: unknown): string {
  if (typeof value === 'function') return `a function${value.name && ` (${value.name})`}: call it`;
  if (value instanceof Promise) return 'a promise: await it';
  if (!isPlain(value)) return `an object of type ${typeName(value)}`; // the fields of a stream would say less
  const text = inspect(value, { depth: 0, maxArrayLength: 5, breakLength: Number.POSITIVE_INFINITY });
  if (text.includes('://')) return describeAddress(value);
  return text.length > MOST_LENGTH ? `${text.slice(0, MOST_LENGTH)} …` : text;
}

/** It may hold a password. */
function describeAddress(value: unknown): string {
  if (typeof value === 'string') return 'an address';
  return `${Array.isArray(value) ? 'a list' : 'an object'} with an address`;
}

function isPlain(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return [Object.prototype, Array.prototype, null].includes(Object.getPrototypeOf(value));
}

function typeName(value: unknown): string {
  const maker = (value as { readonly constructor?: unknown }).constructor; // not plain, so an object
  // A generator's is no function.
  return typeof maker === 'function' ? maker.name : Object.prototype.toString.call(value).slice(8, -1);
}
