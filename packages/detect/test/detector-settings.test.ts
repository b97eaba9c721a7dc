import { expect, test } from 'vitest';
import { cocoLabels } from '../src/coco-labels.js';
import { completeSettings, headNames, mergeSettings } from '../src/detector-settings.js';

const [yolox, ultralytics, darknet] = [
  { channels: 'BGR', scale: 1, fit: 'letterbox-top-left', resize: 'bilinear' },
  { channels: 'RGB', scale: 1 / 255, fit: 'letterbox-centre', resize: 'bilinear' },
  { channels: 'RGB', scale: 1 / 255, fit: 'stretch', resize: 'bilinear' },
];
const defaults = {
  yolox,
  'yolox-decoded': yolox,
  yolov8: ultralytics,
  yolov5: ultralytics,
  yolov4: darknet,
  yolov3: darknet,
  ssd: darknet,
  detr: { ...darknet, resize: 'antialiased-bilinear' },
};

test.each(headNames)('%s prepares pictures as its models were trained', (head) => {
  const settings = completeSettings({}, head);
  expect(settings).toMatchObject({ head, labels: cocoLabels, letterboxValue: 114, ...defaults[head] });
  expect(settings).toMatchObject({ mean: [0, 0, 0], std: [1, 1, 1], strides: [8, 16, 32] });
});

test('what is given goes before defaults, options before the file, and what is undefined hides nothing', () => {
  const given = mergeSettings(
    { resize: 'antialiased-bilinear', fit: undefined },
    { fit: 'stretch', resize: 'bilinear', letterboxValue: 0 },
  );
  expect(completeSettings(given, 'yolox')).toMatchObject({
    resize: 'antialiased-bilinear',
    fit: 'stretch',
    letterboxValue: 0,
    channels: 'BGR',
  });
});
