import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cocoLabels } from '@deepffmpeg/detect';
import { describeWithShared } from '@deepffmpeg/test-kit';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { afterAll, beforeAll, expect, test } from 'vitest';
// The command has no exports.
import { addSsdHead } from '../../packages/cli/src/native/add-ssd-head.js';
import { describeBuilt, makeTexts, run, shownBoxes } from './native-ffmpeg.js';

const SIDE = 416;

describeBuilt('detection', ['openvino'], () => {
  describeWithShared('detection within ffmpeg', detection);
});

function detection(shared: string): void {
  const image = (name: string) => join(shared, 'media/images', `${name}.jpg`);
  let made: Awaited<ReturnType<typeof makeTexts>>;
  let detector = '';
  let detect = '';
  beforeAll(async () => {
    made = await makeTexts();
    detector = made.path('yolox.onnx');
    const name = join(shared, 'models/yolox-nano/yolox_nano.onnx');
    await writeFile(detector, addSsdHead(await readFile(name), { name }));
    await writeFile(made.path('labels'), `${cocoLabels.join('\n')}\n`);
    detect =
      'format=rgb24,pad=max(iw\\,ih):max(iw\\,ih):0:0:color=0x727272,' +
      `dnn_detect=model=${detector}:model_type=ssd:layout=nchw:labels=${made.path('labels')}`;
  });
  afterAll(() => made.remove());

  /** What showinfo tells of boxes, with what clip made of them. */
  const boxesOf = async (name: string, filters: string) => {
    const args = ['-loglevel', 'info', '-i', image(name), '-vf', `${filters},showinfo`, '-f', 'null', '-'];
    const { stderr } = await run(args);
    const found =
      /region: \((-?\d+), (-?\d+)\) -> \((-?\d+), (-?\d+)\), label: (.*), confidence: (\d+)\/(\d+)/g;
    return [...stderr.matchAll(found)].map(([, x0, y0, x1, y1, label, part, whole]) => ({
      label,
      confidence: Number(part) / Number(whole),
      corners: [x0, y0, x1, y1].map(Number),
    }));
  };

  test('a cat is a cat: frames are shrunk by all their pixels', async () => {
    const [best] = await boxesOf('cat', `${detect}:confidence=0.3`);
    expect(best?.label).toBe('cat');
    expect(best?.confidence).toBeGreaterThan(0.75); // pixels left out make it a bear at 0.56
  });

  test('boxes are those of onnxruntime on the same pixels, on any processor', async () => {
    const raw = made.path('raw');
    const scaled = `${detect.split(',dnn_detect')[0]},scale=${SIDE}:${SIDE}:flags=bilinear,format=bgr24`;
    await run(['-i', image('dogs'), '-vf', scaled, '-f', 'rawvideo', '-y', raw]);
    const pixels = await readFile(raw);
    const planes = new Float32Array(pixels.length);
    for (const [i, value] of pixels.entries()) planes[(i % 3) * SIDE * SIDE + Math.floor(i / 3)] = value;
    const session = await InferenceSession.create(detector);
    const { 'ssd_head/detections': out } = await session.run({
      images: new Tensor(planes, [1, 3, SIDE, SIDE]),
    });
    const data = out?.data as Float32Array; // float32 by the model
    const rows = Array.from({ length: 100 }, (_, i) => data.subarray(i * 7, i * 7 + 7)).filter(
      (row) => row[2]! >= 0.2,
    );
    await session.release();
    const found = await boxesOf('dogs', `${detect}:confidence=0.2`);
    expect(found.map(({ label }) => label)).toEqual(rows.map((row) => cocoLabels[row[1]!]));
    expect(found.length).toBeGreaterThan(1);
    for (const [i, { confidence, corners }] of found.entries()) {
      expect(Math.abs(confidence - rows[i]![2]!)).toBeLessThan(2e-3); // bfloat16 is off by up to 0.1
      const expected = [...rows[i]!.subarray(3)].map((share) => share * 640); // the padded picture is 640x640
      for (const [k, corner] of corners.entries()) expect(Math.abs(corner - expected[k]!)).toBeLessThan(2);
    }
  });

  test('nobody needs to know that the network takes planes', async () => {
    const named = await boxesOf('dogs', `${detect}:confidence=0.3`);
    const unnamed = await boxesOf('dogs', `${detect.replace(':layout=nchw', '')}:confidence=0.3`);
    expect(named.length).toBeGreaterThan(1);
    expect(unnamed).toEqual(named);
  });

  test('frames are read by their own colour matrix and range', async () => {
    const exact = await boxesOf('dogs', `${detect}:confidence=0.3`);
    for (const [matrix, range] of [
      ['bt709', 'tv'],
      ['bt601', 'pc'],
    ]) {
      const as = `scale=out_color_matrix=${matrix}:out_range=${range},format=yuv444p,dnn_detect`;
      const found = await boxesOf('dogs', `${detect.replace('dnn_detect', as)}:confidence=0.3`);
      expect(found.map(({ label }) => label)).toEqual(exact.map(({ label }) => label));
      for (const [i, { confidence }] of found.entries())
        expect(Math.abs(confidence - exact[i]!.confidence)).toBeLessThan(0.01); // as many
    }
  });

  test('the box of the whole frame comes behind those of the detector, and is no part', async () => {
    const place = join(shared, 'models/clip-mnv2');
    const texts = await made.make('clip', 'animals', ['dogs', 'cat', 'elephant'], place);
    const clip = `clip=model=${place}/onnx/vision_model.onnx:texts=${texts}:top=1:confidence=0`;
    const found = await boxesOf('dogs', `${detect}:confidence=0.4`);
    const shown = await shownBoxes(
      ['-i', image('dogs')],
      `${detect}:confidence=0.4,crop=640:427:0:0,${clip},${clip}:boxes=1`,
    );
    const boxes = shown
      .split(/^index: .*?label: /m)
      .slice(1)
      .map((box) => [/^[a-z]*/.exec(box)?.[0], box.match(/classify/g)?.length]);
    expect(boxes).toEqual([...found.map(({ label }) => [label, 1]), ['', 1]]);
    expect(shown).toContain('(0, 0) -> (640, 427), label: ,');
  });

  test('clip sees only boxes of the target, and writes into their side data', async () => {
    const texts = await made.make(
      'clip',
      'animals',
      ['dogs', 'cat', 'elephant'],
      join(shared, 'models/clip-mnv2'),
    );
    const model = join(shared, 'models/clip-mnv2/onnx/vision_model.onnx');
    const graph = (target: string) =>
      `${detect}:confidence=0.4,crop=640:427:0:0,clip=model=${model}:texts=${texts}:target=${target}:top=1,metadata=print:file=-,showinfo`;
    const seen = await run([
      '-loglevel',
      'info',
      '-i',
      image('dogs'),
      '-vf',
      graph('dog'),
      '-f',
      'null',
      '-',
    ]);
    expect(seen.stdout).toMatch(/^lavfi\.clip\.box\.0\.0\.label=dogs$/m);
    expect(seen.stderr).toMatch(/classify:\s+label: dogs, confidence: \d+\/10000/);
    const other = await run([
      '-loglevel',
      'info',
      '-i',
      image('dogs'),
      '-vf',
      graph('cat'),
      '-f',
      'null',
      '-',
    ]);
    expect(other.stdout).toBe('');
    expect(other.stderr).not.toContain('classify:');
  });

  test('parts are the same ones in formats that hold two pixels in one', async () => {
    const texts = await made.make('clip', 'pets', ['dogs', 'cat'], join(shared, 'models/clip-mnv2'));
    const model = join(shared, 'models/clip-mnv2/onnx/vision_model.onnx');
    const parts = async (format: string) => {
      const clip = `format=${format},clip=model=${model}:texts=${texts}:boxes=1:all=1:temperature=4,metadata=print:file=-`;
      const graph = `${detect}:confidence=0.4,crop=640:426:0:0,${clip}`;
      const { stdout } = await run(['-i', image('dogs'), '-vf', graph, '-f', 'null', '-']);
      return [...stdout.matchAll(/box\.\d+\.similarities=(.*)/g)].flatMap(([, all = '']) =>
        all.split(' ').map(Number),
      );
    };
    const expected = await parts('yuv422p');
    expect(expected.length).toBeGreaterThan(3);
    for (const format of ['yuyv422', 'uyvy422', 'y210le'])
      for (const [index, similarity] of (await parts(format)).entries())
        expect(similarity).toBeCloseTo(expected[index]!, 2);
  });

  test('the label of a box at the top edge is drawn within the picture', async () => {
    const zoomed = `crop=400:250:100:90,${detect}:confidence=0.4,crop=400:250:0:0`;
    const text =
      'drawtext=text_source=side_data_detection_bboxes:fontcolor=yellow:fontsize=20:expansion=none';
    const top = async (filters: string, name: string) => {
      const path = made.path(name);
      await run([
        '-i',
        image('dogs'),
        '-vf',
        `${filters},crop=400:18:0:0`,
        '-pix_fmt',
        'rgb24',
        '-f',
        'rawvideo',
        '-y',
        path,
      ]);
      return readFile(path);
    };
    const boxes = await boxesOf('dogs', zoomed);
    expect(Math.min(...boxes.map(({ corners }) => corners[1]!))).toBeLessThan(18);
    expect((await top(`${zoomed},${text}`, 'drawn')).equals(await top(zoomed, 'plain'))).toBe(false);
  });

  test('anchors are read beside labels', async () => {
    const yolo = detect.replace(
      'model_type=ssd',
      'model_type=yolov4:anchors=10&14&23&27&37&58:nb_classes=80',
    );
    const { stderr } = await run(['-i', image('dogs'), '-vf', yolo, '-f', 'null', '-']);
    expect(stderr).not.toContain('anchors is not set');
  });
}
