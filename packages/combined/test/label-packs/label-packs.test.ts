import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { cocoLabels } from '@deepffmpeg/detect';
import { openTokenizer } from '@deepffmpeg/models';
import { describeWithShared } from '@deepffmpeg/test-kit';
import { describe, expect, test } from 'vitest';
import { labelPacks, readLabelPack } from '../../src/index.js';
import { labelsFolder } from '../../src/labels-folder.js';

const namesOf = async (pack: string) => {
  const { groups } = await readLabelPack(pack);
  return Object.fromEntries(groups.map(({ name, labels }) => [name, labels.map(({ label }) => label)]));
};
const categoryPacks = labelPacks.filter(({ kind }) => kind === 'categories').map(({ name }) => name);

test.each(labelPacks)('$name is what it says', async ({ name, kind }) => {
  const set = await readLabelPack(name);
  expect([set.kind, set.name]).toEqual([kind, `pack:${name}`]);
  expect(set.groups.length).toBeGreaterThan(0);
});

test('every file is a pack', async () => {
  const files = (await readdir(labelsFolder)).filter((file) => file.endsWith('.txt'));
  const packs = labelPacks.filter(({ name }) => name !== 'coco').map(({ name }) => `${name}.txt`);
  expect(files.toSorted()).toEqual(packs.toSorted());
});

test('units and categories of the combined analysis are those that rules refer to', async () => {
  expect(await namesOf('video')).toEqual({
    VisualStyle: ['Animation', 'LiveAction'],
    ImageQuality: ['LowQuality', 'HighQuality'],
    ContentPurpose: ['Storytelling', 'Informational', 'RealityCapture'],
    Mood: ['Emotional', 'Exciting', 'Lighthearted', 'Tense', 'Imaginative'],
  });
  expect(await namesOf('audio')).toEqual({
    RecordingQuality: ['BasicRecording', 'ProfessionalRecording', 'AnimatedAudio'],
    ContentPurpose: ['StorytellingAudio', 'FactualAudio', 'InformationalAudio'],
    AudioMood: ['EmotionalAudio', 'IntenseAudio', 'LightAudio', 'EerieAudio', 'FantasticalAudio'],
  });
});

test.each(['film-video', 'film-audio'])('%s tells system, content and genre', async (pack) => {
  const names = await namesOf(pack);
  expect(Object.keys(names)).toEqual(['RecordingSystem', 'ContentType', 'Genre']);
  expect(names['Genre']).toEqual((await namesOf('film-video'))['Genre']);
});

test('coco is the list of the detectors', async () => {
  expect(await namesOf('coco')).toEqual({ labels: cocoLabels });
});

test('music has a dog and a person among its genres', async () => {
  expect((await namesOf('music'))['labels']).toEqual(
    expect.arrayContaining(['dog barking', 'person speaking', 'jazz music']),
  );
});

describe.each(categoryPacks)('%s', (pack) => {
  const read = async () => (await readLabelPack(pack)).groups;

  test('categories of a unit have as many sentences, 8 to 10 in the combined analysis, else 5', async () => {
    const [least, most] = ['video', 'audio'].includes(pack) ? [8, 10] : [5, 5];
    for (const { labels } of await read()) {
      const counts = new Set(labels.map(({ sentences = [] }) => sentences.length));
      expect(counts.size).toBe(1);
      const [count = 0] = counts;
      expect([count >= least, count <= most]).toEqual([true, true]);
    }
  });

  test('categories of a unit have sentences of like length', async () => {
    for (const { name, labels } of await read()) {
      const means = labels.map(
        ({ sentences = [] }) => sentences.join(' ').split(' ').length / sentences.length,
      );
      expect(Math.max(...means) - Math.min(...means), name).toBeLessThan(3.5);
    }
  });

  test('no sentence stands twice in a unit', async () => {
    for (const { labels } of await read()) {
      const sentences = labels.flatMap(({ sentences = [] }) =>
        sentences.map((sentence) => sentence.toLowerCase()),
      );
      expect(sentences).toEqual([...new Set(sentences)]);
    }
  });

  test('sentences read as captions do', async () => {
    const { modality } = labelPacks.find(({ name }) => name === pack)!; // it is one of them
    const form = modality === 'audio' ? /^This is a sound of [^.]+\.$/ : /^[^.]+[^.\s]$/;
    for (const { labels } of await read())
      for (const { sentences = [] } of labels)
        for (const sentence of sentences) expect(sentence).toMatch(form);
  });
});

/** Words that tell nothing, those of pictures as such, and the face that is drawn in one category and photographed in the other. */
const NEUTRAL = new Set(
  "a an and as at below between for from full in into is it its no of on one or over s sound the their this to two up with face photo picture still taken his her it's".split(
    ' ',
  ),
);

test.each(['video', 'audio'])('%s uses no telling word in two categories of a unit', async (pack) => {
  const { groups } = await readLabelPack(pack);
  for (const { labels } of groups) {
    const words = labels.flatMap(({ sentences = [] }) => [
      ...new Set(sentences.flatMap((sentence) => sentence.toLowerCase().match(/[a-z'-]+/g) ?? [])),
    ]);
    const telling = words.filter((word) => !NEUTRAL.has(word));
    expect(telling.filter((word, i) => telling.indexOf(word) !== i)).toEqual([]);
  }
});

test('reading ends with an abort', async () => {
  const reading = readLabelPack('video', { signal: AbortSignal.abort() });
  await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
});

test('an unknown name is an error that names those that exist', async () => {
  await expect(readLabelPack('vidoe')).rejects.toMatchObject({
    code: 'ERR_INVALID_OPTIONS',
    message: expect.stringMatching(/"vidoe".*video, audio, film-video, .*music$/),
  });
});

describeWithShared('tokens of the label packs', (shared) => {
  test('sentences fit into what CLIP reads', async () => {
    const tokenizer = await openTokenizer(join(shared, 'golden', 'clip-tokenizer'), { maxPositions: 1000 });
    const sets = await Promise.all(labelPacks.map(({ name }) => readLabelPack(name)));
    const texts = sets.flatMap(({ groups }) =>
      groups.flatMap(({ labels }) => labels.flatMap(({ label, sentences = [label] }) => sentences)),
    );
    expect(texts.length).toBeGreaterThan(500);
    expect(texts.filter((text) => tokenizer.encode(text).length > 77)).toEqual([]);
  });
});
