import { createFrameEmbedder, openClip, stills } from '@deepffmpeg/clip';
import { createScorer, makeLabels, through } from '@deepffmpeg/core';
import { encodeLabels } from '@deepffmpeg/models';

// npx tsx classify-pictures.ts MODEL "a cat,a dog" PICTURE...
const [folder = 'models/clip', names = 'a cat,a dog', ...pictures] = process.argv.slice(2);
const model = await openClip(folder);
try {
  const labels = await encodeLabels(model, makeLabels(names.split(','), 'things'));
  const results = through(
    stills(pictures),
    createFrameEmbedder({ model }),
    createScorer({ labelSets: [labels] }),
  );
  for await (const { source, labelSet, probabilities } of results) {
    const all = labelSet.groups.flatMap((group) => group.labels);
    console.log(source, ...all.map((label, i) => `${label}: ${probabilities[i]?.toFixed(3)}`));
  }
} finally {
  await model.close();
}
