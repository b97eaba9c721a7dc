import { type Picture, scoreLabels } from '@deepffmpeg/core';
import { encodeLabels } from '@deepffmpeg/models';
import { makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { tinyClipFolder } from '@deepffmpeg/tiny-models';
import { expect, onTestFinished, test } from 'vitest';
import { openClip } from '../src/index.js';

const colours = { red: [220, 20, 30], green: [20, 160, 40], blue: [30, 40, 210], yellow: [250, 230, 30] };

/** A picture of one colour, in a size that the model has to resize. */
function flat([red = 0, green = 0, blue = 0]: readonly number[]): Picture {
  const [width, height] = [120, 90];
  return {
    width,
    height,
    data: Uint8Array.from({ length: width * height * 3 }, (_, i) => [red, green, blue][i % 3] ?? 0),
  };
}

test('the project’s own trained pair names plain colours', async () => {
  const model = await openClip(tinyClipFolder, { cacheFolder: await makeTemporaryFolder() });
  onTestFinished(() => model.close());
  const names = Object.keys(colours);
  const groups = [{ name: 'colours', labels: names.map((label) => ({ label })) }];
  const labels = await encodeLabels(model, { name: 'colours', kind: 'labels', groups });
  const vectors = await model.embed(Object.values(colours).map(flat));
  names.forEach((name, i) => {
    const vector = vectors.slice(i * model.dimension, (i + 1) * model.dimension);
    const { probabilities } = scoreLabels(vector, labels);
    expect(names[probabilities.indexOf(Math.max(...probabilities))]).toBe(name);
  });
});
