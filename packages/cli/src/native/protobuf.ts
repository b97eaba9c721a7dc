/** One field of a protobuf message, as it lies in the file: with its tag, and what it holds. */
export interface ProtobufField {
  readonly number: number;
  /** Tag, length and all. */
  readonly bytes: Uint8Array;
  /** Of numbers, as int64. */
  readonly value: number;
  /** Of texts and messages; empty for numbers. */
  readonly content: Uint8Array;
}

/**
 * Takes a message apart, without knowing what it means.
 *
 * @throws {RangeError} when it is none.
 * @see https://protobuf.dev/programming-guides/encoding/
 */
export function readFields(message: Uint8Array): ProtobufField[] {
  const fields: ProtobufField[] = [];
  let position = 0;
  // Of 64 bits, since a number below 0 has them all, in ten bytes.
  const varint = () => {
    for (let value = 0n, shift = 0n; ; shift += 7n) {
      const byte = message[position++];
      if (byte === undefined || shift >= 64n) throw new RangeError('a number without end');
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return BigInt.asUintN(64, value);
    }
  };
  const skip = (length: number) => {
    if (position + length > message.length) throw new RangeError('a field beyond the end');
    position += length;
  };
  while (position < message.length) {
    const start = position;
    const tag = Number(varint());
    const kind = tag % 8;
    let value = 0;
    let content: Uint8Array = new Uint8Array(0);
    if (kind === 0) value = Number(BigInt.asIntN(64, varint()));
    else if (kind === 1) skip(8);
    else if (kind === 5) skip(4);
    else if (kind === 2) {
      const length = Number(varint());
      skip(length);
      content = message.subarray(position - length, position);
    } else throw new RangeError(`a field of the unknown kind ${kind}`);
    fields.push({ number: Math.floor(tag / 8), bytes: message.subarray(start, position), value, content });
  }
  return fields;
}

/** A field that holds a whole number, 0 or above. */
export const numberField = (number: number, value: number): Uint8Array =>
  Buffer.concat([varintOf(number * 8), varintOf(value)]);

/** A field that holds bytes, a text, or a message of fields. */
export function bytesField(number: number, content: string | Uint8Array | readonly Uint8Array[]): Uint8Array {
  const bytes =
    typeof content === 'string' || content instanceof Uint8Array
      ? Buffer.from(content)
      : Buffer.concat(content);
  return Buffer.concat([varintOf(number * 8 + 2), varintOf(bytes.length), bytes]);
}

function varintOf(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return Uint8Array.from([...bytes, rest]);
}
