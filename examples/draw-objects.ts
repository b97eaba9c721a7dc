import { through } from '@deepffmpeg/core';
import { createObjectDetector, createOverlay, createTracker, openDetector } from '@deepffmpeg/detect';
import { decode, writeVideo } from '@deepffmpeg/ffmpeg-filters';

// npx tsx draw-objects.ts MODEL VIDEO FILE
const [path = 'models/yolox_nano.onnx', video = 'film.mp4', file = 'objects.mp4'] = process.argv.slice(2);
const model = await openDetector(path, { head: 'yolox', confidence: 0.1 });
try {
  const frames = through(
    decode(video, { frames: { sample: 'all' } }),
    createObjectDetector({ model }),
    createTracker(),
    createOverlay({ boxColor: 'red', textColor: 'yellow' }),
  );
  await writeVideo(file, frames, { audioFrom: video });
  console.log(`wrote ${file}`);
} finally {
  await model.close();
}
