import { MediaError } from '@deepffmpeg/core';
import { bytesField, numberField, type ProtobufField, readFields } from './protobuf.js';

export interface SsdHeadOptions {
  /** The file's name, for messages. */
  readonly name: string;
  /** Rows of the output: most objects in a picture. @defaultValue 100 */
  readonly mostBoxes?: number;
  /** Boxes of one class that share more of their area than this are one object. @defaultValue 0.45 */
  readonly overlap?: number;
  /** Less confident boxes are left out at once. @defaultValue 0.05 */
  readonly confidence?: number;
}

// Numbers of fields, see https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
const MODEL = { graph: 7, opset: 8 };
const GRAPH = { node: 1, initializer: 5, input: 11, output: 12 };
/** Between them the operators below are written in one way. */
const OPSETS = { oldest: 11, newest: 17 };
/** The type float32. */
const FLOAT = 1;
const STRIDES = [8, 16, 32];
/** The best so many cells are looked at: more would only cost time. */
const CANDIDATES = 400;

/**
 * Gives a YOLOX network the head that ffmpeg's `dnn_detect` reads as `model_type=ssd`: its raw output (`[1, cells, 5 + classes]`:
 * offsets in the cell, logarithms of sizes, objectness, class scores) is decoded, boxes of the same object are suppressed, and the
 * rest padded. The graph's outputs are replaced, nodes appended, and an open size of the batch becomes the 1 that `dnn_detect` wants; all
 * else stays byte for byte.
 *
 * Out: one output, float32, `[1, 1, mostBoxes, 7]`: picture, class, confidence, then left, top, right and bottom as shares of the
 * input's size; best first; rows past the last object are zero, with class -1.
 *
 * @throws {MediaError} `ERR_MODEL_CONFIG` for other networks.
 */
export function addSsdHead(model: Uint8Array, options: SsdHeadOptions): Uint8Array {
  const fail = (problem: string) => new MediaError('ERR_MODEL_CONFIG', `${options.name} ${problem}`);
  const { fields, graphField, graph, inputs, outputs } = readModel(model, fail);
  const [input, output] = [inputs[0], outputs[0]];
  const [batch = 0, channels = 0, height = 0, width = 0] = input?.shape ?? [];
  const [, cells = 0, depth = 0] = output?.shape ?? [];
  const expected = STRIDES.reduce(
    (sum, stride) => sum + Math.floor(height / stride) * Math.floor(width / stride),
    0,
  );
  if (
    inputs.length !== 1 ||
    outputs.length !== 1 ||
    (batch !== 1 && batch !== -1) ||
    channels !== 3 ||
    Math.min(height, width) < 1 ||
    depth < 6 ||
    cells !== expected ||
    expected === 0
  )
    throw fail(
      `is no YOLOX network: an input [1, 3, height, width] and an output [1, cells, 5 + classes] with the cells of strides ` +
        `${STRIDES.join(', ')} were expected; it has ${describe(inputs)} and ${describe(outputs)}`,
    );
  const head = ssdHead(output?.name ?? '', { width, height, cells, classes: depth - 5 }, options);
  const isOpen = (field: ProtobufField) =>
    batch === -1 && field.number === GRAPH.input && nameOfValue(field) === input?.name;
  const closed = valueField(GRAPH.input, {
    type: FLOAT,
    ...input,
    name: input?.name ?? '',
    shape: [1, channels, height, width],
  });
  const rest = graph
    .filter(({ number }) => number !== GRAPH.output)
    .map((field) => (isOpen(field) ? closed : field.bytes));
  return Buffer.concat([
    ...fields.filter((field) => field !== graphField).map(({ bytes }) => bytes),
    bytesField(MODEL.graph, [...rest, ...head]),
  ]);
}

type Fail = (problem: string) => MediaError;

/** A model, taken apart as far as it matters here. */
interface Network {
  readonly fields: readonly ProtobufField[];
  /** Among them. */
  readonly graphField: ProtobufField;
  readonly graph: readonly ProtobufField[];
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
}

/** @throws {MediaError} of `fail`, whatever part of the file is no message */
function readModel(model: Uint8Array, fail: Fail): Network {
  try {
    return readNetwork(model, fail);
  } catch (cause) {
    if (cause instanceof RangeError) throw fail(`is no ONNX model: ${cause.message}`);
    throw cause;
  }
}

/** @throws {RangeError} of `readFields` */
function readNetwork(model: Uint8Array, fail: Fail): Network {
  const fields = readFields(model);
  const graphField = fields.find(({ number }) => number === MODEL.graph);
  if (!graphField) throw fail('is no ONNX model: it has no graph');
  checkOpset(fields, fail);
  const graph = readFields(graphField.content);
  const initialized = new Set(graph.filter(({ number }) => number === GRAPH.initializer).map(nameOfTensor));
  const inputs = valuesOf(graph, GRAPH.input).filter(({ name }) => !initialized.has(name));
  return { fields, graphField, graph, inputs, outputs: valuesOf(graph, GRAPH.output) };
}

function checkOpset(fields: readonly ProtobufField[], fail: Fail): void {
  const { oldest, newest } = OPSETS;
  for (const { content } of fields.filter(({ number }) => number === MODEL.opset)) {
    const opset = readFields(content);
    const isOwn = (opset.find(({ number }) => number === 1)?.content.length ?? 0) === 0;
    const version = opset.find(({ number }) => number === 2)?.value ?? 0;
    if (isOwn && (version < oldest || version > newest))
      throw fail(`uses version ${version} of ONNX's operators: ${oldest} to ${newest} was expected`);
  }
}

interface Value {
  readonly name: string;
  /** Of the numbers, as ONNX counts them. */
  readonly type: number;
  /** -1 where a size is open. */
  readonly shape: readonly number[];
}

const textOf = (fields: readonly ProtobufField[], number: number) =>
  Buffer.from(fields.find((field) => field.number === number)?.content ?? []).toString();
const nameOfValue = ({ content }: ProtobufField) => textOf(readFields(content), 1);
const nameOfTensor = ({ content }: ProtobufField) => textOf(readFields(content), 8);
const inside = (fields: readonly ProtobufField[], number: number) =>
  readFields(fields.find((field) => field.number === number)?.content ?? new Uint8Array(0));

function valuesOf(graph: readonly ProtobufField[], number: number): Value[] {
  return graph
    .filter((field) => field.number === number)
    .map(({ content }) => {
      const fields = readFields(content);
      const tensor = inside(inside(fields, 2), 1);
      const sizes = inside(tensor, 2);
      const type = tensor.find(({ number }) => number === 1)?.value ?? 0;
      const shape = sizes.map(
        (size) => readFields(size.content).find((field) => field.number === 1)?.value ?? -1,
      );
      return { name: textOf(fields, 1), type, shape };
    });
}

const describe = (values: readonly Value[]) =>
  values
    .map(({ name, shape }) => `${name} [${shape.map((size) => (size < 0 ? '?' : size)).join(', ')}]`)
    .join('; ') || 'none';

interface Grid {
  readonly width: number;
  readonly height: number;
  readonly cells: number;
  readonly classes: number;
}

/** The fields to append to the graph. */
function ssdHead(raw: string, grid: Grid, options: SsdHeadOptions): Uint8Array[] {
  const { mostBoxes = 100, overlap = 0.45, confidence = 0.05 } = options;
  const limits = { mostBoxes, overlap, confidence };
  return [
    ...headNodes(raw),
    ...Object.entries(floatsOf(grid, limits)).map(([name, { shape, data }]) =>
      tensor(name, FLOAT, shape, new Uint8Array(Float32Array.from(data).buffer)),
    ),
    ...Object.entries(integersOf(grid, limits)).map(([name, data]) =>
      tensor(name, 7, [data.length], new Uint8Array(BigInt64Array.from(data, BigInt).buffer)),
    ),
    valueField(GRAPH.output, { name: ours('detections'), type: FLOAT, shape: [1, 1, mostBoxes, 7] }),
  ];
}

type Limits = Required<Pick<SsdHeadOptions, 'mostBoxes' | 'overlap' | 'confidence'>>;

function floatsOf(grid: Grid, { mostBoxes, overlap, confidence }: Limits) {
  const { cells } = grid;
  const { corners, steps } = cellGrid(grid);
  return {
    corners: { shape: [1, cells, 2], data: corners },
    steps: { shape: [1, cells, 2], data: steps },
    half: { shape: [1], data: [0.5] },
    apart: { shape: [1], data: [4] },
    zero: { shape: [1], data: [0] },
    overlap: { shape: [1], data: [overlap] },
    least: { shape: [1], data: [confidence] },
    blanks: {
      shape: [1, mostBoxes, 7],
      data: Array.from({ length: mostBoxes }, () => [0, -1, 0, 0, 0, 0, 0]).flat(),
    },
  };
}

function integersOf({ cells, classes }: Grid, { mostBoxes }: Limits) {
  const kept = Math.min(CANDIDATES, cells);
  return {
    ...{
      '0': [0],
      '1': [1],
      '2': [2],
      '4': [4],
      '5': [5],
      end: [5 + classes],
      kept: [kept],
      most: [mostBoxes],
    },
    ...{
      flat: [1, cells],
      list: [-1],
      asScores: [1, 1, kept],
      asColumn: [1, kept, 1],
      asOutput: [1, 1, mostBoxes, 7],
    },
  };
}

/** What the head computes of the network's raw output, step by step. */
function headNodes(raw: string): Uint8Array[] {
  const slice = (from: string, to: string, output: string) =>
    operator('Slice', [raw, ...[from, to, '2'].map(ours)], [ours(output)]);
  return [
    slice('0', '2', 'offsets'),
    slice('2', '4', 'logSizes'),
    slice('4', '5', 'objectness'),
    slice('5', 'end', 'classScores'),
    // Boxes as shares of the input's size.
    node('Add', ['offsets', 'corners'], ['cellCentres']),
    node('Mul', ['cellCentres', 'steps'], ['centres']),
    node('Exp', ['logSizes'], ['cellSizes']),
    node('Mul', ['cellSizes', 'steps'], ['sizes']),
    node('Mul', ['sizes', 'half'], ['halfSizes']),
    node('Sub', ['centres', 'halfSizes'], ['lows']),
    node('Add', ['centres', 'halfSizes'], ['highs']),
    node('Concat', ['lows', 'highs'], ['boxes'], { axis: 2 }),
    // One class a cell, the best cells.
    node('ReduceMax', ['classScores'], ['bestScores'], { axes: [2], keepdims: 1 }),
    node('ArgMax', ['classScores'], ['bestClasses'], { axis: 2, keepdims: 1 }),
    node('Cast', ['bestClasses'], ['classes'], { to: 1 }), // float32
    node('Mul', ['bestScores', 'objectness'], ['confidences']),
    node('Reshape', ['confidences', 'flat'], ['flatConfidences']),
    node('TopK', ['flatConfidences', 'kept'], ['keptConfidences', 'keptCells'], { axis: 1 }),
    node('Reshape', ['keptCells', 'list'], ['cellList']),
    node('Gather', ['boxes', 'cellList'], ['keptBoxes'], { axis: 1 }),
    node('Gather', ['classes', 'cellList'], ['keptClasses'], { axis: 1 }),
    // Boxes of different classes are moved apart, so that one suppression serves them all.
    node('Mul', ['keptClasses', 'apart'], ['moves']),
    node('Add', ['keptBoxes', 'moves'], ['movedBoxes']),
    node('Reshape', ['keptConfidences', 'asScores'], ['scores']),
    node('NonMaxSuppression', ['movedBoxes', 'scores', 'most', 'overlap', 'least'], ['picked']),
    node('Gather', ['picked', '2'], ['pickedColumn'], { axis: 1 }),
    node('Reshape', ['pickedColumn', 'list'], ['pickedList']),
    // Rows of a fixed number.
    node('Reshape', ['keptConfidences', 'asColumn'], ['confidenceColumn']),
    node('Mul', ['confidenceColumn', 'zero'], ['pictureColumn']),
    node('Concat', ['pictureColumn', 'keptClasses', 'confidenceColumn', 'keptBoxes'], ['rows'], { axis: 2 }),
    node('Gather', ['rows', 'pickedList'], ['pickedRows'], { axis: 1 }),
    node('Concat', ['pickedRows', 'blanks'], ['paddedRows'], { axis: 1 }),
    node('Slice', ['paddedRows', '0', 'most', '1'], ['firstRows']),
    node('Reshape', ['firstRows', 'asOutput'], ['detections']),
  ];
}

/** Where each cell begins, in cells, and how large it is, as a share of the input; in the order of the network's rows. */
function cellGrid({ width, height }: Grid): { corners: number[]; steps: number[] } {
  const [corners, steps]: [number[], number[]] = [[], []];
  for (const stride of STRIDES)
    for (let y = 0; y < Math.floor(height / stride); y++)
      for (let x = 0; x < Math.floor(width / stride); x++) {
        corners.push(x, y);
        steps.push(stride / width, stride / height);
      }
  return { corners, steps };
}

/** Ours must not meet names of the network. */
const ours = (name: string) => `ssd_head/${name}`;

type Attributes = Readonly<Record<string, number | readonly number[]>>;

/** A step between values of ours. */
const node = (op: string, inputs: readonly string[], outputs: readonly string[], attributes?: Attributes) =>
  operator(op, inputs.map(ours), outputs.map(ours), attributes);

function operator(
  op: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: Attributes = {},
): Uint8Array {
  return bytesField(GRAPH.node, [
    ...inputs.map((name) => bytesField(1, name)),
    ...outputs.map((name) => bytesField(2, name)),
    bytesField(4, op),
    ...Object.entries(attributes).map(([name, value]) =>
      bytesField(5, [
        bytesField(1, name),
        ...(typeof value === 'number'
          ? [numberField(3, value), numberField(20, 2)] // INT
          : [...value.map((each) => numberField(8, each)), numberField(20, 7)]), // INTS
      ]),
    ),
  ]);
}

function tensor(name: string, type: number, shape: readonly number[], data: Uint8Array): Uint8Array {
  const sizes = shape.map((size) => numberField(1, size));
  return bytesField(GRAPH.initializer, [
    ...sizes,
    numberField(2, type),
    bytesField(8, ours(name)),
    bytesField(9, data),
  ]);
}

/** An input or output. */
function valueField(field: number, { name, type, shape }: Value): Uint8Array {
  const sizes = shape.map((size) => bytesField(1, [numberField(1, size)]));
  const typed = bytesField(2, [bytesField(1, [numberField(1, type), bytesField(2, sizes)])]);
  return bytesField(field, [bytesField(1, name), typed]);
}
