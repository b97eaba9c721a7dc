// How near does an analysis with all parts come to the limit of the machine (see limit.ts), and how much faster is it than the original's way?
//
//   npx tsx benchmarks/combined.ts VIDEO CLIP-FOLDER CLAP-FOLDER DETECTOR HEAD [ROUNDS]
//
// A frame a second is classified and looked through for objects, all of the sound is heard, and all is measured. The original called ffmpeg and
// ffprobe for each question, and once more for its classification, of every frame; inference is not counted on either side there.
import { join } from 'node:path';
import { inputShape, openClap, soundSharePrompts } from '@deepffmpeg/clap';
import { openClip } from '@deepffmpeg/clip';
import { type AnalyseMediaOptions, analyseMedia, thumbnailFrames } from '@deepffmpeg/combined';
import { makeLabels } from '@deepffmpeg/core';
import { type DetectorOptions, openDetector } from '@deepffmpeg/detect';
import { describeDecode, findFfmpeg, findVideoStream, probe } from '@deepffmpeg/ffmpeg-filters';
import { encodeLabels } from '@deepffmpeg/models';
import { technicalPlan } from '@deepffmpeg/technical';
import { batchesOf, compareWithLimit, openBareSession } from './support/limit.js';
import { describeMachine, median } from './support/measure.js';
import { originalAnalysis, originalClassification } from './support/original-calls.js';

const [video = '', clipFolder = '', clapFolder = '', detectorFile = '', head, rounds = '5'] =
  process.argv.slice(2);
const ffmpeg = await findFfmpeg();
const info = await probe(video, { ffmpeg });
const [clip, clap, detector] = await Promise.all([
  openClip(clipFolder),
  openClap(clapFolder),
  openDetector(detectorFile, { head: head as DetectorOptions['head'] }), // openDetector checks it
]);
const labels = makeLabels(['a cat', 'a dog', 'rain', 'music'], 'labels');
const looks = [await encodeLabels(clip, labels)];
const sounds = [await encodeLabels(clap, labels), await encodeLabels(clap, soundSharePrompts)];
console.log(
  `${describeMachine()}; ffmpeg ${ffmpeg.version}; ${video}; ${clipFolder}; ${clapFolder}; ${detectorFile}`,
);

const parts = {
  vision: { model: clip, labelSets: looks },
  audio: { model: clap, labelSets: sounds },
  objects: { model: detector },
};
await compareWithTheLimit(parts);
await compareWithTheOriginal();
await Promise.all([clip.close(), clap.close(), detector.close()]);

/** Everything at once, and without objects, which want whole pictures. */
async function compareWithTheLimit(all: Required<Pick<AnalyseMediaOptions, 'vision' | 'audio' | 'objects'>>) {
  const see = await openBareSession(join(clipFolder, 'onnx', 'vision_model.onnx'));
  const hear = await openBareSession(join(clapFolder, 'onnx', 'audio_model.onnx'));
  const find = await openBareSession(detectorFile);
  const { durationSeconds = 0 } = info;
  const [frames, windows] = [Math.round(durationSeconds), Math.ceil(durationSeconds / clap.windowSeconds)];
  const shape = inputShape(clap.preprocessing);
  const seen = batchesOf(see, frames, clip.batchSize);
  const heard = batchesOf(hear, windows, clap.batchSize, shape);
  const found = batchesOf(find, frames, detector.batchSize);
  const { objects, ...others } = all;
  const title = `${frames} frames, ${windows} windows`;
  await compareWithLimit(
    `all parts, ${title}`,
    {
      command: await describeDecode(video, planOf(true), { ffmpeg, info }),
      runs: [...seen, ...heard, ...found],
      pipeline: () => analyseMedia(video, { ...others, objects, ffmpeg }),
    },
    Number(rounds),
  );
  await compareWithLimit(
    `without objects, ${title}`,
    {
      command: await describeDecode(video, planOf(false), { ffmpeg, info }),
      runs: [...seen, ...heard],
      pipeline: () => analyseMedia(video, { ...others, ffmpeg }),
    },
    Number(rounds),
  );
  await Promise.all([see.release(), hear.release(), find.release()]);
}

/** As analyseMedia has it. */
function planOf(hasObjects: boolean) {
  const { frames, measurements } = technicalPlan(info);
  const stream = findVideoStream(info);
  const sample = { perSecond: 1 };
  return {
    frames: [
      ...frames,
      { tap: 'vision', sample, size: clip.pictureSize },
      ...(hasObjects ? [{ tap: 'objects', sample }] : []),
      ...(stream ? [thumbnailFrames(stream)] : []),
    ],
    audio: { tap: 'audio', sampleRate: clap.sampleRate },
    measurements,
  };
}

/** Models that answer at once stand for ours. */
async function compareWithTheOriginal(): Promise<void> {
  const unit = (count: number, dimension: number) =>
    Float32Array.from({ length: count * dimension }, (_, i) => (i % dimension === 0 ? 1 : 0));
  const vision = { ...clip, embed: async (items: readonly unknown[]) => unit(items.length, clip.dimension) };
  const audio = { ...clap, embed: async (items: readonly unknown[]) => unit(items.length, clap.dimension) };
  const quick = {
    vision: { ...parts.vision, model: vision },
    audio: { ...parts.audio, model: audio },
    ffmpeg,
  };
  const ways = {
    "the original's calls": async () => {
      await originalAnalysis(video, ffmpeg);
      await originalClassification(video, ffmpeg);
    },
    'all that we measure': () => analyseMedia(video, quick),
    'what conclusions rest on, which is what the original measures': () =>
      analyseMedia(video, {
        ...quick,
        technical: { isLevelsOnly: true, shotRule: 'keyframes' },
        hasThumbnails: false,
      }),
    'sight and sound alone': () => analyseMedia(video, { ...quick, technical: false }),
  };
  const times: Record<string, number[]> = {};
  for (let round = 0; round <= Number(rounds); round++)
    for (const [name, way] of Object.entries(ways)) {
      const start = performance.now();
      await way();
      if (round > 0) times[name] = [...(times[name] ?? []), (performance.now() - start) / 1000];
    }
  const original = median(times["the original's calls"] ?? []);
  for (const [name, list] of Object.entries(times))
    console.log(
      `${name}: ${median(list).toFixed(2)} s, ${(original / median(list)).toFixed(1)} times as fast`,
    );
}
