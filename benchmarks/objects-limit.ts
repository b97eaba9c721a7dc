// How near does finding objects and classifying each come to the limit of the machine (see limit.ts)?
//
//   npx tsx benchmarks/objects-limit.ts VIDEO DETECTOR HEAD CLIP-FOLDER [ROUNDS]
//
// Every 4th frame, in full size, since objects are cut out of it. The bare loops run the detector on each frame and the image tower on as
// many crops as were found, in the batches that the pipeline makes; what prepares their input is not in them.
import { join } from 'node:path';
import { openClip } from '@deepffmpeg/clip';
import { createAverager, makeLabels, through } from '@deepffmpeg/core';
import {
  createObjectClassifier,
  createObjectDetector,
  type DetectorOptions,
  openDetector,
} from '@deepffmpeg/detect';
import { decode, describeDecode, findFfmpeg, parseSample, probe } from '@deepffmpeg/ffmpeg-filters';
import { encodeLabels } from '@deepffmpeg/models';
import { batchesOf, compareWithLimit, openBareSession } from './support/limit.js';
import { describeMachine } from './support/measure.js';

const [video = '', detectorFile = '', head, clipFolder = '', rounds = '5'] = process.argv.slice(2);
const ffmpeg = await findFfmpeg();
const info = await probe(video, { ffmpeg });
const detector = await openDetector(detectorFile, { head: head as DetectorOptions['head'] }); // openDetector checks it
const clip = await openClip(clipFolder);
const labelSets = [await encodeLabels(clip, makeLabels(['a cat', 'a dog', 'a rabbit'], 'labels'))];
const find = await openBareSession(detectorFile);
const see = await openBareSession(join(clipFolder, 'onnx', 'vision_model.onnx'));

const plan = { frames: { sample: parseSample('every:4') } };
const pipeline = async () => {
  let [frames, objects] = [0, 0];
  const found = through(
    decode(video, plan, { ffmpeg, info }),
    createObjectDetector({ model: detector }),
    createObjectClassifier({ model: clip, labelSets }),
    createAverager(),
  );
  for await (const chunk of found) {
    if (chunk.type !== 'detections') continue;
    frames++;
    objects += chunk.objects.length;
  }
  return { frames, objects };
};
const { frames, objects } = await pipeline();
console.log(
  `${describeMachine()}; ffmpeg ${ffmpeg.version}; ${video}; ${detectorFile}; ${clipFolder}; batches of ${detector.batchSize} frames and ` +
    `${clip.batchSize} crops`,
);
const runs = [...batchesOf(find, frames, detector.batchSize), ...batchesOf(see, objects, clip.batchSize)];
const command = await describeDecode(video, plan, { ffmpeg, info });
await compareWithLimit(
  `every 4th, ${frames} frames, ${objects} objects`,
  { command, runs, pipeline },
  Number(rounds),
);
await Promise.all([find.release(), see.release(), detector.close(), clip.close()]);
