import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Picture } from '@deepffmpeg/core';
import { type MadeDetector, makeDetectorFile, makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { describe, expect, test } from 'vitest';
import { type DetectorOptions, openDetector } from '../src/index.js';
import { grey } from './heads/detect-with.js';

const made: MadeDetector = {
  outputs: [{ name: 'output0', shape: [6, 1], data: [16, 16, 8, 8, 0.5, 0.6] }],
};

/** A folder with the made model in `file`, and perhaps a `deepffmpeg.json`. */
async function makeFolder(file: string, settings?: object, model: MadeDetector = made) {
  const folder = await makeTemporaryFolder();
  await mkdir(join(folder, 'onnx'));
  await makeDetectorFile(join(folder, file), model);
  if (settings) await writeFile(join(folder, 'deepffmpeg.json'), JSON.stringify({ detect: settings }));
  return folder;
}

async function detectIn(
  path: string,
  options: DetectorOptions = {},
  pictures: readonly Picture[] = [grey(0)],
) {
  const model = await openDetector(path, { cacheFolder: await makeTemporaryFolder(), ...options });
  try {
    return { model, found: await model.detect(pictures) };
  } finally {
    await model.close();
  }
}

const settings = { head: 'yolov8', labels: ['a', 'b'] } as const;

describe('finds the network', () => {
  test.each(['onnx/model.onnx', 'onnx/other.onnx', 'other.onnx'])('%s of a folder', async (file) => {
    const folder = await makeFolder(file);
    const { model, found } = await detectIn(folder, settings);
    expect(model.id).toMatch(/^deepffmpeg-\w+@[0-9a-f]{12}$/);
    expect(model.labels).toEqual(['a', 'b']);
    expect(found).toEqual([
      [{ label: 'b', confidence: expect.closeTo(0.6), region: { x: 12, y: 12, width: 8, height: 8 } }],
    ]);
  });

  test('an .onnx file that is named', async () => {
    const folder = await makeFolder('one.onnx', settings);
    const { model } = await detectIn(join(folder, 'one.onnx'));
    expect(model.id).toMatch(/^one@/);
  });

  test('and says what is wrong with the place', async () => {
    const folder = await makeFolder('one.onnx');
    await makeDetectorFile(join(folder, 'onnx/two.onnx'), made);
    await writeFile(join(folder, 'labels.txt'), 'a');
    const missing = { code: 'ERR_MODEL_MISSING' };
    await expect(openDetector(folder)).rejects.toMatchObject(missing);
    await expect(openDetector(folder)).rejects.toThrow('2 .onnx files');
    await expect(openDetector(await makeTemporaryFolder())).rejects.toThrow('neither onnx/model.onnx');
    await expect(openDetector(join(folder, 'labels.txt'))).rejects.toThrow('an .onnx file or a folder');
    await expect(openDetector(join(folder, 'none.onnx'))).rejects.toMatchObject(missing);
    const unset = process.env['NO_SUCH_DETECTOR'] as string; // as plain JavaScript gives it
    await expect(openDetector(unset)).rejects.toMatchObject({
      code: 'ERR_INVALID_OPTIONS',
      message: 'model: expected a name or a folder, got undefined',
    });
  });
});

describe('settings', () => {
  test('come from deepffmpeg.json, and options go before them', async () => {
    const folder = await makeFolder('onnx/model.onnx', settings);
    const { found } = await detectIn(folder, { labels: ['c', 'd'], head: undefined });
    expect(found).toMatchObject([[{ label: 'd' }]]);
  });

  test.each([
    {
      shape: [6, 9],
      message: "output0: float32 [batch, 6, 9], which looks like yolov8: give the option head: 'yolov8'",
    },
    { shape: [21, 7], message: "looks like yolox or yolox-decoded: give the option head: 'yolox'" },
    {
      shape: [9, 6],
      names: ['a', 'b'],
      message: "looks like no head that is known: give the option head: '...'",
    },
  ])(
    'without a head are refused, saying what the file looks like: $message',
    async ({ shape, names = ['output0'], message }) => {
      const length = shape.reduce((product, size) => product * size, 1);
      const outputs = names.map((name) => ({ name, shape, data: new Array<number>(length).fill(0) }));
      const folder = await makeFolder('onnx/model.onnx', undefined, { outputs });
      await expect(openDetector(folder)).rejects.toMatchObject({
        code: 'ERR_MODEL_CONFIG',
        message: expect.stringContaining(message),
      });
    },
  );

  test('with an unknown head or field are refused, naming the known ones', async () => {
    const folder = await makeFolder('onnx/model.onnx', { head: 'yolo' });
    await expect(openDetector(folder)).rejects.toMatchObject({
      code: 'ERR_MODEL_CONFIG',
      message: expect.stringMatching(/detect.head: .*yolox/),
    });
    // @ts-expect-error an unknown head
    await expect(openDetector(folder, { head: 'yolo' })).rejects.toMatchObject({
      code: 'ERR_INVALID_OPTIONS',
      message: expect.stringMatching(/head: .*yolox/),
    });
    await expect(openDetector(folder, { confidence: 0 })).rejects.toThrow(/confidence/);
  });

  test('of a contradicting output are refused: COCO has 80 classes, the file 2', async () => {
    const folder = await makeFolder('onnx/model.onnx');
    await expect(openDetector(folder, { head: 'yolov8' })).rejects.toThrow('4 + 80 labels');
  });
});

describe('pictures', () => {
  test('none give none', async () => {
    const { found } = await detectIn(await makeFolder('m.onnx', settings), {}, []);
    expect(found).toEqual([]);
  });

  test.each([1, 2])('are given to a file with a fixed batch of %i as it takes them', async (fixedBatch) => {
    const brighter = { ...made.outputs[0]!, slope: [0, 0, 0, 0, 0, 0.1] };
    const folder = await makeFolder('m.onnx', settings, { fixedBatch, outputs: [brighter] });
    const pictures = [0, 51, 102].map((value) => grey(value));
    const { model, found } = await detectIn(folder, {}, pictures);
    expect(model.batchSize).toBe(4);
    expect(found.map(([object]) => object?.confidence)).toEqual(
      [0.6, 0.62, 0.64].map((n) => expect.closeTo(n)),
    );
  });

  test('have the size that options give where the file leaves it open', async () => {
    const free = { ...made, width: 'width', height: 'height' };
    const folder = await makeFolder('m.onnx', settings, free);
    const { found } = await detectIn(folder, { inputSize: { width: 64, height: 64 } });
    expect(found).toMatchObject([[{ region: { x: 6, y: 6, width: 4, height: 4 } }]]);
    await expect(openDetector(folder)).rejects.toThrow('give inputSize');
    const fixed = await makeFolder('m.onnx', settings);
    await expect(openDetector(fixed, { inputSize: { width: 64, height: 64 } })).rejects.toThrow('32x32');
  });

  test('go with channels last to a file that declares it', async () => {
    const model = { ...made, width: 48, areChannelsLast: true };
    const { found } = await detectIn(await makeFolder('m.onnx', settings, model), {}, [grey(0, 96, 64)]);
    expect(found).toMatchObject([[{ region: { x: 24, y: 24, width: 16, height: 16 } }]]);
    const free = { ...model, width: 'width', height: 'height' };
    const inputSize = { width: 48, height: 32 };
    const second = await detectIn(await makeFolder('m.onnx', settings, free), { inputSize });
    expect(second.found[0]).toHaveLength(1);
  });

  test.each([false, true])('of other channels than three are refused (last: %s)', async (areChannelsLast) => {
    const folder = await makeFolder('m.onnx', settings, { ...made, channels: 1, areChannelsLast });
    await expect(openDetector(folder)).rejects.toMatchObject({
      code: 'ERR_MODEL_CONFIG',
      message: expect.stringContaining('[batch, 3, height, width] or [batch, height, width, 3] was expected'),
    });
  });
});

describe('boxes', () => {
  const answer = async (
    boxes: readonly number[][],
    pictures: readonly Picture[],
    options?: DetectorOptions,
  ) => {
    const data = [0, 1, 2, 3, 4, 5].flatMap((i) => boxes.map((box) => box[i] ?? 0));
    const outputs = [{ name: 'output0', shape: [6, boxes.length], data }];
    const folder = await makeFolder('m.onnx', settings, { outputs });
    return (await detectIn(folder, options, pictures)).found;
  };

  test('none that is sure enough give no objects', async () => {
    expect(await answer([[16, 16, 8, 8, 0.29, 0.1]], [grey(0), grey(0)])).toEqual([[], []]);
  });

  test('outside the picture are dropped, those across its edge are cut', async () => {
    const found = await answer(
      [
        [-20, 16, 8, 8, 0.9],
        [16, 100, 8, 8, 0.8],
        [0, 32, 8, 8, 0.7],
        [16, 16, 1000, 1000, 0, 0.6],
      ],
      [grey(0)],
    );
    expect(found[0]?.map(({ region }) => region)).toEqual([
      { x: 0, y: 28, width: 4, height: 4 },
      { x: 0, y: 0, width: 32, height: 32 },
    ]);
  });

  test('of one pixel or less of the picture stay as they are', async () => {
    const [objects] = await answer(
      [
        [16, 16, 1, 1, 0.9],
        [8, 8, 0.25, 0.5, 0.8],
      ],
      [grey(0)],
    );
    expect(objects?.map(({ region }) => region)).toEqual([
      { x: 15.5, y: 15.5, width: 1, height: 1 },
      { x: 7.875, y: 7.75, width: 0.25, height: 0.5 },
    ]);
  });

  test.each([
    [1, 1],
    [1, 3000],
    [3000, 1],
  ])('in a picture of %ix%i pixels lie within it', async (width, height) => {
    for (const fit of ['letterbox-top-left', 'letterbox-centre', 'stretch'] as const) {
      const [objects] = await answer([[16, 16, 40, 40, 0.9]], [grey(0, width, height)], { fit });
      expect(objects).toMatchObject([{ region: { x: 0, y: 0, width, height } }]);
    }
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    'of %s are reported',
    async (value) => {
      for (const place of [0, 3, 5]) {
        const box = [16, 16, 8, 8, 0.9, 0].with(place, value);
        await expect(answer([box], [grey(0)])).rejects.toMatchObject({
          code: 'ERR_MODEL_OUTPUT',
          message: expect.stringContaining('not finite'),
        });
      }
    },
  );
});

test('thousands of boxes give at most as many objects as are wanted, soon', async () => {
  const count = 20_000;
  const across = Array.from({ length: count }, (_, i) => (i % 200) * 8 + 4);
  const down = Array.from({ length: count }, (_, i) => Math.floor(i / 200) * 8 + 4);
  const same = (value: number) => new Array<number>(count).fill(value);
  const data = [...across, ...down, ...same(6), ...same(6), ...same(0.9), ...same(0)];
  const model = { width: 1600, height: 1600, outputs: [{ name: 'output0', shape: [6, count], data }] };
  const folder = await makeFolder('m.onnx', settings, model);
  const start = performance.now();
  const { found } = await detectIn(folder);
  expect(found[0]).toHaveLength(300);
  expect(performance.now() - start).toBeLessThan(10_000);
});

test('an abort is heard before work begins', async () => {
  const folder = await makeFolder('m.onnx', settings);
  await expect(openDetector(folder, { signal: AbortSignal.abort() })).rejects.toMatchObject({
    name: 'AbortError',
  });
});
