import fc from 'fast-check';
import { expect, test } from 'vitest';
import { labelSetOf, makeLabels, parseCategories, parseLabels } from '../src/index.js';

test('labels stand one a line; trailing blanks, CR and empty lines do not count', () => {
  const { groups, kind } = parseLabels('\uFEFFa cat \r\n\n  a dog\t\n\r\nchair', 'pets');
  expect(kind).toBe('labels');
  expect(groups).toEqual([
    { name: 'labels', labels: [{ label: 'a cat' }, { label: '  a dog' }, { label: 'chair' }] },
  ]);
});

const categories = `
[Style]\t
(Drawn)
Lines and flat colours.
Shapes (simple ones) on paper
(Real)
A camera saw this.

[Mood]
(Calm)
Nothing moves.
(Tense)
Something will happen.
`;

test('categories stand in units, sentences in categories', () => {
  const set = parseCategories(categories, 'film.txt');
  expect(labelSetOf(set)).toEqual({
    name: 'film.txt',
    kind: 'categories',
    groups: [
      { name: 'Style', labels: ['Drawn', 'Real'] },
      { name: 'Mood', labels: ['Calm', 'Tense'] },
    ],
  });
  expect(set.groups[0]?.labels[0]?.sentences).toEqual([
    'Lines and flat colours.',
    'Shapes (simple ones) on paper',
  ]);
});

test.each([
  ['', /film.txt holds no \[Unit\]/],
  ['(Drawn)\nLines', /film.txt:1: category \(Drawn\) stands before any \[Unit\]/],
  ['[Style]\n\nLines', /film.txt:3: the sentence "Lines" stands before any \(Category\)/],
  ['Lines', /film.txt:1: the sentence/],
  ['[ ]\n(A)\nx', /film.txt:1: \[ \] has no name/],
  ['[A]\n()\nx', /film.txt:2: \(\) has no name/],
  ['[Style]\n(Drawn)\n(Real)\nA camera', /film.txt:2: category \(Drawn\) holds no sentence/],
  ['[Style]', /film.txt:1: unit \[Style\] holds no \(Category\)/],
  ['[A]\n(B)\nx\n(B)\ny', /unit \[A\]: category "B" occurs more than once/],
  ['[A]\n(B)\nx\n[A]\n(C)\ny', /unit "A" occurs more than once/],
])('refuses %j', (text, message) => {
  expect(() => parseCategories(text, 'film.txt')).toThrow(message);
});

test('categories are not taken as labels; brackets of one kind are', () => {
  expect(() => parseLabels(categories, 'film.txt')).toThrow(
    expect.objectContaining({
      code: 'ERR_LABELS',
      message: expect.stringMatching(
        /^film.txt holds \[Style\] and \(Drawn\) and looks like categories: .*parseCategories.*--clip-categories/,
      ),
    }),
  );
  expect(parseLabels('[a]\nb (c)', 'x')).toEqual(makeLabels(['[a]', 'b (c)'], 'x'));
});

test('refuses no label and a label twice', () => {
  expect(() => parseLabels(' \n', 'pets.txt')).toThrow(/pets.txt holds no label/);
  expect(() => makeLabels(['', 'cat'], 'pets')).toThrow(/pets holds an empty label/);
  expect(() => parseLabels('cat\ndog\ncat ', 'pets.txt')).toThrow(/label "cat" occurs more than once/);
});

test('reading gives back any list of labels that was written', () => {
  const label = fc
    .string({ minLength: 1 })
    .filter((text) => !/[\r\n\uFEFF]/.test(text) && text.trimEnd() === text);
  fc.assert(
    fc.property(fc.uniqueArray(label, { minLength: 1 }), (labels) => {
      expect(parseLabels(labels.join('\n'), 'x')).toEqual(makeLabels(labels, 'x'));
    }),
  );
});

test('a hundred thousand labels take no time', () => {
  const text = Array.from({ length: 100_000 }, (_, i) => `label ${i}`).join('\n');
  const start = performance.now();
  expect(parseLabels(text, 'words').groups[0]?.labels).toHaveLength(100_000);
  expect(performance.now() - start).toBeLessThan(2000);
});

// As plain JavaScript may.
test.each([
  ['a cat,a dog', 'pets', "labels: expected a list, as ['a cat', 'a dog'], got 'a cat,a dog'"],
  [[{ label: 'a cat' }], 'pets', "labels: expected a list, as ['a cat', 'a dog'], got [ [Object] ]"],
  [['a cat'], undefined, 'name: expected a name for the set, as its results bear it, got undefined'],
])('says what a list of labels is, %#', (labels, name, message) => {
  expect(() => makeLabels(labels as string[], name as string)).toThrow(
    expect.objectContaining({ code: 'ERR_INVALID_OPTIONS', message }),
  );
});
