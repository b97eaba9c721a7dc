import { expect, test } from 'vitest';
import * as z from 'zod';
import { parseOptions } from '../src/index.js';

const size = z.union([
  z.strictObject({ width: z.int().min(1), height: z.int().min(1) }),
  z.strictObject({ edge: z.int().min(1) }),
]);
const kind = z.union(
  [z.enum(['all', 'auto']), z.strictObject({ every: z.int() })],
  'expected all, auto or every',
);
const entry = z.strictObject({
  kind,
  size: size.optional(),
  tag: z.union([z.string(), z.number()]).optional(),
});
const schema = z.strictObject({ entries: z.union([entry, z.array(entry)]) });

test.each([
  [{ kinds: 1 }, /^entries: kind: expected all, auto or every; entries: Unrecognized key: "kinds"$/],
  ['all', /^entries: Invalid input: expected object or array, received string$/],
  [[{ kind: 'all' }, { kind: 'none' }], /^entries: 1: kind: expected all, auto or every$/],
  [{ kind: 'all', size: [1, 2] }, /^entries: size: Invalid input: expected object, received array$/],
  [
    { kind: 'all', size: { width: 1 } },
    /^entries: size: height: Invalid input: expected number, received undefined$/,
  ],
  [{ kind: 'all', size: { edge: 0 } }, /^entries: size: edge: Too small: [^;]*$/],
  [{ kind: 'all', tag: true }, /^entries: tag: Invalid input: expected string or number, received boolean$/],
])('of a union, names what is wrong in the member that was meant: %j', (entries, message) => {
  expect(() => parseOptions(schema, { entries })).toThrow(
    expect.objectContaining({ code: 'ERR_INVALID_OPTIONS', message: expect.stringMatching(message) }),
  );
});

test('fills in defaults, and names every bad field', () => {
  const fields = z.strictObject({ a: z.number().default(1), b: z.number().optional() });
  expect(parseOptions(fields, {})).toEqual({ a: 1 });
  expect(() => parseOptions(fields, { a: 'x', b: 'y' })).toThrow(/^a: .*; b: /);
});
