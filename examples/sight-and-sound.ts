import { createAudioEmbedder, openClap } from '@deepffmpeg/clap';
import { createFrameEmbedder, openClip } from '@deepffmpeg/clip';
import {
  createScorer,
  createTimeline,
  createWindower,
  makeLabels,
  reportLabels,
  through,
} from '@deepffmpeg/core';
import { decode } from '@deepffmpeg/ffmpeg-filters';
import { encodeLabels } from '@deepffmpeg/models';
import { tinyClapFolder, tinyClipFolder } from '@deepffmpeg/tiny-models';

// npx tsx sight-and-sound.ts VIDEO
const [film = 'film.mp4'] = process.argv.slice(2);
const eye = await openClip(tinyClipFolder);
const ear = await openClap(tinyClapFolder);
try {
  const shapes = await encodeLabels(eye, makeLabels(['a circle', 'a square', 'a triangle'], 'shapes'));
  const kinds = ['silence', 'a tone', 'noise', 'clicks', 'music'];
  const sounds = await encodeLabels(ear, makeLabels(kinds, 'sounds'));
  const scored = through(
    decode(film, {
      frames: { sample: { perSecond: 1 }, size: eye.pictureSize },
      audio: { sampleRate: ear.sampleRate },
    }),
    createFrameEmbedder({ model: eye }),
    createWindower({ windowSeconds: 1 }),
    createAudioEmbedder({ model: ear }),
    createTimeline(), // what was seen and what was heard, in one order of time
    createScorer({ labelSets: [shapes, sounds] }),
  );
  for await (const scores of scored) {
    const [best] = reportLabels(scores);
    console.log(scores.timestamp, scores.modality === 'vision' ? 'see' : 'hear', best?.label);
  }
} finally {
  await Promise.all([eye.close(), ear.close()]);
}
