/** A value that goes into or comes out of a model; a name in the shape stands for a free size. */
export interface OnnxValue {
  readonly name: string;
  readonly type: 'float32' | 'int64' | 'bool';
  readonly shape: readonly (number | string)[];
}

export interface OnnxNode {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes?: Readonly<Record<string, number | readonly number[]>>;
}

export interface OnnxGraph {
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  readonly nodes: readonly OnnxNode[];
  /** float32 weights by name. */
  readonly weights?: Readonly<
    Record<string, { readonly shape: readonly number[]; readonly data: readonly number[] }>
  >;
}

const typeNumbers = { float32: 1, int64: 7, bool: 9 };

/**
 * Makes an ONNX file (opset 13) of a few nodes, so that tests have models of any shape and fault.
 *
 * @see https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
 */
export function makeOnnx({ inputs, outputs, nodes, weights = {} }: OnnxGraph): Uint8Array {
  const graph = [
    ...nodes.map((node) => message(1, nodeOf(node))),
    text(2, 'made'),
    ...Object.entries(weights).map(([name, { shape, data }]) =>
      message(5, [
        ...shape.map((size) => integer(1, size)),
        integer(2, typeNumbers.float32),
        text(8, name),
        bytes(9, Buffer.from(Float32Array.from(data).buffer)),
      ]),
    ),
    ...inputs.map((value) => message(11, valueInfo(value))),
    ...outputs.map((value) => message(12, valueInfo(value))),
  ];
  return Buffer.concat([integer(1, 8), message(7, graph), message(8, [text(1, ''), integer(2, 13)])]);
}

function nodeOf({ op, inputs, output, attributes = {} }: OnnxNode): Buffer[] {
  return [
    ...inputs.map((name) => text(1, name)),
    text(2, output),
    text(4, op),
    ...Object.entries(attributes).map(([name, value]) =>
      message(5, [
        text(1, name),
        ...(typeof value === 'number'
          ? [integer(3, value), integer(20, 2)] // INT
          : [...value.map((item) => integer(8, item)), integer(20, 7)]), // INTS
      ]),
    ),
  ];
}

function valueInfo({ name, type, shape }: OnnxValue): Buffer[] {
  const dimensions = shape.map((size) =>
    message(1, [typeof size === 'number' ? integer(1, size) : text(2, size)]),
  );
  return [text(1, name), message(2, [message(1, [integer(1, typeNumbers[type]), message(2, dimensions)])])];
}

function varint(value: number): Buffer {
  const groups: number[] = [];
  for (let rest = BigInt.asUintN(64, BigInt(value)); ; rest >>= 7n) {
    if (rest < 128n) return Buffer.from([...groups, Number(rest)]);
    groups.push(Number(rest & 127n) | 128);
  }
}

const integer = (field: number, value: number) => Buffer.concat([varint(field << 3), varint(value)]);
const bytes = (field: number, value: Buffer) =>
  Buffer.concat([varint((field << 3) | 2), varint(value.length), value]);
const text = (field: number, value: string) => bytes(field, Buffer.from(value));
const message = (field: number, parts: readonly Buffer[]) => bytes(field, Buffer.concat(parts));
