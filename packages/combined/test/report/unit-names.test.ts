import { expect, test } from 'vitest';
import { unitNames } from '../../src/report/unit-names.js';

const unit = (modality: 'vision' | 'audio', labelSet: string, group = 'labels') => ({
  ...{ modality, labelSet, group },
  model: 'clip@f3265792cfa0',
});

const namesOf = (...units: Parameters<typeof unitNames>[0]) =>
  unitNames(units).map(({ title, detail }) => `${title} (${detail})`);

test('calls what was typed in the labels of who typed it', () => {
  expect(namesOf(unit('vision', '--clip-labels'))).toEqual(['Your labels (seen)']);
  expect(namesOf(unit('vision', '--clip-labels'), unit('audio', '--clap-labels'))).toEqual([
    'Your labels, seen ()',
    'Your labels, heard ()',
  ]);
});

test('tells groups apart that are both seen and heard, and does not name the packs', () => {
  const [seen, heard] = [unit('vision', 'pack:video', 'Purpose'), unit('audio', 'pack:audio', 'Purpose')];
  expect(namesOf(seen, heard, unit('vision', 'pack:video', 'Mood'))).toEqual([
    'Purpose, seen ()',
    'Purpose, heard ()',
    'Mood (seen)',
  ]);
});

test('names files of labels and of categories', () => {
  expect(
    namesOf(unit('audio', 'sounds.txt'), unit('vision', 'pack:animals'), unit('vision', 'my.txt', 'Place')),
  ).toEqual(['sounds.txt (heard)', 'animals (seen)', 'Place (seen, my.txt)']);
});

test('says what the shares of sound are about, and keeps the model for who asks', () => {
  expect(unitNames([unit('audio', 'sound shares', 'sound')])).toEqual([
    {
      title: 'Speech and music',
      detail: 'heard',
      origin: 'heard; labels of sound shares; model clip@f3265792cfa0',
    },
  ]);
});
