import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatFilterGraph } from '../src/filter-graph.js';

const one = (value: string | number | boolean | undefined) =>
  formatFilterGraph([{ filters: [{ name: 'f', options: { a: value } }] }]);

describe('formatFilterGraph', () => {
  test('writes chains, links and options in order', () => {
    const graph = formatFilterGraph([
      { inputs: ['0:v:0'], filters: [{ name: 'split' }], outputs: ['a', 'b'] },
      {
        inputs: ['a'],
        filters: [{ name: 'scale', options: { w: 8, h: 4 } }, { name: 'hflip' }],
        outputs: ['c'],
      },
    ]);
    expect(graph).toBe('[0:v:0]split[a][b];[a]scale=w=8:h=4,hflip[c]');
  });

  test('writes booleans as digits and leaves undefined options out', () => {
    expect(one(true)).toBe('f=a=1');
    expect(one(false)).toBe('f=a=0');
    expect(one(undefined)).toBe('f');
  });

  test('escapes at both levels, white space too', () => {
    expect(one('a,b')).toBe('f=a=a\\,b');
    expect(one('a:b')).toBe('f=a=a\\\\:b');
    expect(one("it's")).toBe("f=a=it\\\\\\'s");
    expect(one(' x')).toBe('f=a=\\\\\\ x');
  });

  test('undoing both levels gives the text back, whatever it holds', () => {
    const unescaped = (text: string) => text.replace(/\\(.)/gs, '$1');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        fc.pre(!text.includes('\0'));
        expect(unescaped(unescaped(one(text).slice('f=a='.length)))).toBe(text);
      }),
    );
  });

  test.each([
    ['no filter', { filters: [] }],
    ['a filter name with a comma', { filters: [{ name: 'a,b' }] }],
    ['an option name with an equals sign', { filters: [{ name: 'f', options: { 'a=b': 1 } }] }],
    ['a link with a bracket', { inputs: ['a]'], filters: [{ name: 'f' }] }],
    ['NaN', { filters: [{ name: 'f', options: { a: Number.NaN } }] }],
    ['NUL', { filters: [{ name: 'f', options: { a: 'x\0' } }] }],
  ])('refuses %s', (_, chain) => {
    expect(() => formatFilterGraph([chain])).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_OPTIONS' }),
    );
  });
});
