import { makeOnnx } from '@deepffmpeg/test-kit';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { addSsdHead } from '../src/native/add-ssd-head.js';
import { bytesField, numberField, readFields } from '../src/native/protobuf.js';

const CELLS = 4 * 8 + 2 * 4 + 1 * 2;
const CLASSES = 3;
const DEPTH = 5 + CLASSES;

/** Gives what is written into its first pixels: a network of 64x32 pixels has that many cells. */
function madeYolox(
  raw: readonly (readonly number[])[],
  { height = 32, cells = CELLS, batch = 1 as number | string, output = 'output' } = {},
) {
  const rows = Array.from({ length: cells }, (_, cell) => raw[cell] ?? [0, 0, 0, 0, 0, 0, 0, 0]);
  return makeOnnx({
    inputs: [{ name: 'images', type: 'float32', shape: [batch, 3, height, 64] }],
    outputs: [{ name: output, type: 'float32', shape: [1, cells, DEPTH] }],
    nodes: [
      {
        op: 'ReduceMax',
        inputs: ['images'],
        output: 'brightest',
        attributes: { axes: [1, 2, 3], keepdims: 0 },
      },
      { op: 'Mul', inputs: ['brightest', 'raw'], output },
    ],
    weights: { raw: { shape: [1, cells, DEPTH], data: rows.flat() } },
  });
}

async function detect(model: Uint8Array, mostBoxes: number) {
  const session = await InferenceSession.create(addSsdHead(model, { name: 'made', mostBoxes }));
  const ones = new Float32Array(3 * 32 * 64).fill(1);
  const results = await session.run({ images: new Tensor(ones, [1, 3, 32, 64]) });
  await session.release();
  expect(session.outputNames).toEqual(['ssd_head/detections']);
  const { data, dims } = results['ssd_head/detections']!; // the only output
  expect(dims).toEqual([1, 1, mostBoxes, 7]);
  return Array.from({ length: mostBoxes }, (_, i) => [...(data as Float32Array).subarray(i * 7, i * 7 + 7)]);
}

/** A box of 16x8 pixels around the middle of a cell of 8 pixels. */
const box = (objectness: number, ...scores: number[]) => [0.5, 0.5, Math.log(2), 0, objectness, ...scores];

test('boxes are decoded, the best first, and the rest is padded', async () => {
  const raw: number[][] = [];
  raw[8 + 3] = box(0.5, 0.1, 0.8, 0.2); // second row, fourth column of the finest grid: middle 28, 12
  raw[32 + 4 + 1] = [0, 0, 0, Math.log(0.5), 0.9, 0.9, 0, 0]; // second row and column of 16 pixels: middle 16, 16, 16x8
  const rows = await detect(madeYolox(raw), 4);
  const close = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 5));
  expect(rows).toEqual([
    close([0, 0, 0.81, 8 / 64, 12 / 32, 24 / 64, 20 / 32]),
    close([0, 1, 0.4, 20 / 64, 8 / 32, 36 / 64, 16 / 32]),
    ...[0, 1].map(() => [0, -1, 0, 0, 0, 0, 0]),
  ]);
});

test('an open batch becomes one picture, which is what the filter runs', async () => {
  const raw: number[][] = [];
  raw[11] = box(0.9, 0, 0.5, 0);
  const model = madeYolox(raw, { batch: 'batch' });
  expect((await detect(model, 1)).map(([, label]) => label)).toEqual([1]);
  const session = await InferenceSession.create(addSsdHead(model, { name: 'made' }));
  expect(session.inputMetadata).toMatchObject([{ type: 'float32', shape: [1, 3, 32, 64] }]);
  await session.release();
});

test.each(['scores', 'boxes', 'classes', '2'])(
  'an output that is called %s is another than what the head calls so',
  async (output) => {
    const raw: number[][] = [];
    raw[11] = box(0.9, 0, 0.5, 0);
    expect((await detect(madeYolox(raw, { output }), 1)).map(([, label]) => label)).toEqual([1]);
  },
);

/** -1, as protobuf writes it. */
const MINUS_ONE = Buffer.from([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1]);

test('a batch of -1, which takes ten bytes, is an open one', async () => {
  const raw: number[][] = [];
  raw[11] = box(0.9, 0, 0.5, 0);
  const sizes = [
    Buffer.concat([Buffer.from([8]), MINUS_ONE]),
    ...[3, 32, 64].map((each) => numberField(1, each)),
  ];
  const shape = bytesField(
    2,
    sizes.map((size) => bytesField(1, size)),
  );
  const type = bytesField(1, [numberField(1, 1), shape]);
  const input = bytesField(11, [bytesField(1, 'images'), bytesField(2, type)]);
  const model = readFields(madeYolox(raw)).map(({ number, bytes, content }) => {
    if (number !== 7) return bytes;
    return bytesField(
      7,
      readFields(content).map((field) => (field.number === 11 ? input : field.bytes)),
    );
  });
  expect((await detect(Buffer.concat(model), 1)).map(([, label]) => label)).toEqual([1]);
});

test('numbers are of 64 bits and may be below 0, lengths may not', () => {
  const [field] = readFields(Buffer.concat([Buffer.from([8]), MINUS_ONE]));
  expect(field).toMatchObject({ number: 1, value: -1 });
  const read = (...bytes: Uint8Array[]) => readFields(Buffer.concat(bytes));
  expect(() => read(Buffer.from([10]), MINUS_ONE)).toThrow('a field beyond the end');
  expect(() => read(Buffer.from([8, 0xff]), MINUS_ONE)).toThrow('a number without end');
});

test('of boxes of one object the best stays; of two classes both', async () => {
  const raw: number[][] = [];
  raw[11] = box(0.9, 0, 0.5, 0);
  raw[12] = [-0.4, 0.5, Math.log(2), 0, 0.9, 0, 0.9, 0]; // nearly the same place
  raw[13] = [-1.4, 0.5, Math.log(2), 0, 0.9, 0.8, 0, 0]; // there too, another class
  const rows = await detect(madeYolox(raw), 3);
  expect(rows.map(([, label]) => label)).toEqual([1, 0, -1]);
});

test.each([
  ['bytes', Buffer.from('not a model'), 'is no ONNX model'],
  ['nothing', Buffer.from(''), 'is no ONNX model: it has no graph'],
  ['pictures in fours', madeYolox([], { batch: 4 }), 'images [4, 3, 32, 64]'],
  ['other cells', madeYolox([], { height: 64 }), 'is no YOLOX network'],
  [
    'a graph that breaks off',
    Buffer.from([0x3a, 0x03, 0xff, 0xff, 0xff]),
    'is no ONNX model: a number without end',
  ],
  [
    'an input that breaks off',
    bytesField(7, [bytesField(11, [Buffer.from([0x0a, 9])])]),
    'is no ONNX model: a field beyond the end',
  ],
  ['too few cells', madeYolox([], { cells: CELLS - 1 }), `output [1, ${CELLS - 1}, ${DEPTH}]`],
])('refuses %s', (_, model, message) => {
  expect(() => addSsdHead(model, { name: 'x.onnx' })).toThrow(message);
});

test('refuses operators of versions that write the head otherwise', () => {
  const newer = readFields(madeYolox([])).map(({ number, bytes }) =>
    number === 8 ? bytesField(8, [bytesField(1, ''), numberField(2, 18)]) : bytes,
  );
  expect(() => addSsdHead(Buffer.concat(newer), { name: 'x.onnx' })).toThrow(
    "version 18 of ONNX's operators",
  );
});
