import { createAudioEmbedder, openClap } from '@deepffmpeg/clap';
import { createScorer, createWindower, makeLabels, reportLabels, through } from '@deepffmpeg/core';
import { decode } from '@deepffmpeg/ffmpeg-filters';
import { encodeLabels } from '@deepffmpeg/models';
import { tinyClapFolder } from '@deepffmpeg/tiny-models';

// npx tsx classify-sound.ts RECORDING
const [recording = 'recording.wav'] = process.argv.slice(2);
const model = await openClap(tinyClapFolder);
try {
  const kinds = ['silence', 'a tone', 'noise', 'clicks', 'speech', 'music'];
  const labels = await encodeLabels(model, makeLabels(kinds, 'sounds'));
  const results = through(
    decode(recording, { audio: { sampleRate: model.sampleRate } }),
    createWindower({ windowSeconds: model.windowSeconds, hopSeconds: 1 }),
    createAudioEmbedder({ model }),
    createScorer({ labelSets: [labels] }),
  );
  for await (const scores of results) {
    const [best] = reportLabels(scores);
    console.log(scores.timestamp, best?.label, best?.probability.toFixed(3));
  }
} finally {
  await model.close();
}
