import { join } from 'node:path';
import { collect, createScorer, through } from '@deepffmpeg/core';
import { encodeLabels } from '@deepffmpeg/models';
import { describeWithShared, makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { expect, test } from 'vitest';
import { createFrameEmbedder, openClip, stills } from '../../src/index.js';

describeWithShared('a real model names what is on real pictures', (shared) => {
  test('cat, dogs, elephant and flowers', async () => {
    const model = await openClip(join(shared, 'models/clip-mnv2'), {
      cacheFolder: await makeTemporaryFolder(),
    });
    const names = [
      'cat',
      'dog',
      'elephant',
      'flower',
      'car',
      'train',
      'bird',
      'house',
      'tree',
      'boat',
      'person',
      'computer',
    ];
    const labelSet = await encodeLabels(model, {
      name: 'things',
      kind: 'labels',
      groups: [{ name: 'things', labels: names.map((label) => ({ label })) }],
    });
    const paths = ['cat', 'dogs', 'mdn_elephant', 'mdn_flowers'].map((name) =>
      join(shared, `media/images/${name}.jpg`),
    );
    const scores = await collect(
      through(stills(paths), createFrameEmbedder({ model }), createScorer({ labelSets: [labelSet] })),
    );
    await model.close();
    expect(scores.map(({ source }) => source)).toEqual(paths);
    const best = scores.map(({ probabilities }) => names[probabilities.indexOf(Math.max(...probabilities))]);
    expect(best).toEqual(['cat', 'dog', 'elephant', 'flower']);
    for (const { probabilities } of scores) expect(Math.max(...probabilities)).toBeGreaterThan(0.5);
  });
});
