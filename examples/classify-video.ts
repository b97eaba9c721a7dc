import { createFrameEmbedder, openClip } from '@deepffmpeg/clip';
import { createScorer, makeLabels, through } from '@deepffmpeg/core';
import { decode } from '@deepffmpeg/ffmpeg-filters';
import { encodeLabels } from '@deepffmpeg/models';
import { tinyClipFolder } from '@deepffmpeg/tiny-models';

// npx tsx classify-video.ts VIDEO
const [film = 'film.mp4'] = process.argv.slice(2);
const model = await openClip(tinyClipFolder);
try {
  const labels = await encodeLabels(model, makeLabels(['a red circle', 'a blue square'], 'shapes'));
  const frames = decode(film, { frames: { sample: { perSecond: 1 }, size: model.pictureSize } });
  for await (const scores of through(
    frames,
    createFrameEmbedder({ model }),
    createScorer({ labelSets: [labels] }),
  )) {
    console.log(scores.timestamp, ...scores.probabilities);
  }
} finally {
  await model.close();
}
