import type * as z from 'zod';

/** Of a value in a message. */
const MOST_SHOWN = 60;

/** `expected a number, got "three"`; of an issue that was made with `reportInput`. */
export function expectedAndGot(issue: z.core.$ZodIssue): string {
  const got = issue.input === undefined ? 'nothing' : shorten(JSON.stringify(issue.input));
  return `expected ${expectation(issue)}, got ${got}`;
}

const ARTICLES: Readonly<Record<string, string>> = {
  array: 'an array',
  object: 'an object',
  record: 'an object',
  tuple: 'an array',
  int: 'a whole number',
};

function expectation(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return ARTICLES[issue.expected] ?? `a ${issue.expected}`;
  if (issue.code === 'invalid_value') return issue.values.map((value) => JSON.stringify(value)).join(' or ');
  if (issue.code === 'too_small') return `${sizeNoun(issue.origin)} of at least ${issue.minimum}`;
  if (issue.code === 'too_big') return `${sizeNoun(issue.origin)} of at most ${issue.maximum}`;
  return issue.message;
}

function sizeNoun(origin: string): string {
  if (origin === 'string') return 'a text with a length';
  return origin === 'array' ? 'a list with a length' : 'a number';
}

/** `types[1].points`; empty for the whole. */
export function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((part, i) => {
      if (typeof part === 'number') return `[${part}]`;
      const key = String(part);
      if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(key)) return `[${JSON.stringify(shorten(key))}]`;
      return i === 0 ? key : `.${key}`;
    })
    .join('');
}

const shorten = (shown: string) => (shown.length > MOST_SHOWN ? `${shown.slice(0, MOST_SHOWN)}...` : shown);
