import { createAudioEmbedder, openClap, soundSharePrompts, soundShares, wavSamples } from '@deepffmpeg/clap';
import { collect, createScorer, createWindower, through } from '@deepffmpeg/core';
import { encodeLabels } from '@deepffmpeg/models';

// npx tsx sound-shares.ts MODEL WAV...
const [folder = 'models/clap', ...recordings] = process.argv.slice(2);
const model = await openClap(folder);
try {
  const labels = await encodeLabels(model, soundSharePrompts);
  for (const recording of recordings) {
    const scores = through(
      wavSamples([recording], { sampleRate: model.sampleRate }), // without ffmpeg
      createWindower({ windowSeconds: model.windowSeconds }),
      createAudioEmbedder({ model }),
      createScorer({ labelSets: [labels] }),
    );
    console.log(recording, soundShares(await collect(scores)));
  }
} finally {
  await model.close();
}
