import { parallel, through } from '@deepffmpeg/core';
import { decode } from '@deepffmpeg/ffmpeg-filters';
import {
  createPictureAnalyser,
  createShotDetector,
  createSoundAnalyser,
  pictureFrames,
  pictureMeasurements,
  shotFrames,
  soundMeasurements,
} from '@deepffmpeg/technical';

// npx tsx analyse-video.ts VIDEO
const [film = 'film.mp4'] = process.argv.slice(2);
const plan = {
  frames: [shotFrames, pictureFrames],
  measurements: [...pictureMeasurements, ...soundMeasurements],
} as const;
const analysers = parallel(createShotDetector(), createPictureAnalyser(), createSoundAnalyser());

for await (const found of through(decode(film, plan), analysers)) {
  if (found.type === 'shot') console.log('shot', found.timestamp, found.durationSeconds, found.kind);
  if (found.type === 'technical-event') console.log(found.kind, found.timestamp, found.durationSeconds);
  if (found.type === 'sound-summary') console.log('loudness', found.integratedLufs, 'LUFS');
  if (found.type === 'picture-summary') console.log('mean luma', found.lumaMeanLevel, 'of 16 to 235');
}
