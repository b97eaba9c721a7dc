import { createFrameEmbedder, openClip } from '@deepffmpeg/clip';
import {
  chain,
  createAverager,
  createScorer,
  createSegmenter,
  createStage,
  type Embedding,
  makeLabels,
  parallel,
  parseCategories,
  through,
} from '@deepffmpeg/core';
import { decode } from '@deepffmpeg/ffmpeg-filters';
import { encodeLabels } from '@deepffmpeg/models';
import { tinyClipFolder } from '@deepffmpeg/tiny-models';

/** A stage of one's own: drops embeddings that hardly differ from the last one kept. */
const createChangeFilter = (mostAlike: number) => {
  let last: Embedding | undefined;
  return createStage({
    accepts: ['embedding'],
    transform(embedding) {
      const alike = last?.vector.reduce((sum, x, i) => sum + x * (embedding.vector[i] ?? 0), 0) ?? -1;
      if (alike > mostAlike) return [];
      last = embedding;
      return [embedding];
    },
  });
};

/** Another analysis of the same frames: how bright they are, from 0 to 255. */
const createLightMeter = () =>
  createStage({
    accepts: ['video-frame'],
    transform: ({ timestamp, data }) => [
      { type: 'light', timestamp, level: data.reduce((sum, x) => sum + x, 0) / data.length },
    ],
  });

// npx tsx custom-pipeline.ts VIDEO
const [film = 'film.mp4'] = process.argv.slice(2);
const model = await openClip(tinyClipFolder);
try {
  // Two label sets over one stream of embeddings.
  const shapes = await encodeLabels(model, makeLabels(['a circle', 'a square', 'a triangle'], 'shapes'));
  const light = '[Light]\n(Dark)\na dark picture\n(Bright)\na bright picture\n';
  const looks = await encodeLabels(model, parseCategories(light, 'looks'));

  const results = through(
    decode(film, { frames: { sample: { perSecond: 2 }, size: model.pictureSize } }),
    parallel(
      chain(
        createFrameEmbedder({ model }),
        createChangeFilter(0.98),
        createScorer({ labelSets: [shapes, looks] }),
        parallel(createAverager(), createSegmenter()),
      ),
      createLightMeter(),
    ),
  );
  for await (const result of results) {
    if (result.type === 'light') console.log(`light ${result.timestamp} ${result.level.toFixed(0)}`);
    else if (result.type === 'segment') console.log(`segment ${result.timestamp} ${result.label}`);
    else console.log(`average ${result.group} ${result.label} ${result.probability.toFixed(3)}`);
  }
} finally {
  await model.close();
}
