import { stills } from '@deepffmpeg/clip';
import { through } from '@deepffmpeg/core';
import { createObjectDetector, openDetector } from '@deepffmpeg/detect';

// npx tsx detect-objects.ts MODEL PICTURE...
const [path = 'models/yolox_nano.onnx', ...pictures] = process.argv.slice(2);
const model = await openDetector(path, { head: 'yolox' });
try {
  for await (const { source, objects } of through(stills(pictures), createObjectDetector({ model }))) {
    for (const { label, confidence, region } of objects) {
      const { x, y, width, height } = region;
      console.log(source, label, confidence.toFixed(3), [x, y, width, height].map(Math.round).join(' '));
    }
  }
} finally {
  await model.close();
}
