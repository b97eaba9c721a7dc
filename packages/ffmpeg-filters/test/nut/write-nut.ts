/** What the writer below is given. */
export interface NutContent {
  readonly timeBase: readonly [numerator: number, denominator: number];
  readonly streams: number;
  readonly frames: readonly { readonly id: number; readonly pts: number; readonly data: Uint8Array }[];
}

/** Writes NUT with one frame code for all frames, each with its pts, stream, size and checksum. Checksums are zeros. */
export function writeNut({ timeBase, streams, frames }: NutContent): Uint8Array {
  const streamHeaders = Array.from({ length: streams }, (_, id) =>
    // id, video, fourcc, time base, 7 bits of pts, max distance, delay, flags, no extra data, 2x1, aspect, colour space
    packet('5311405bf2f9db', [id, 0, 4, 1, 2, 3, 4, 0, 7, 1000, 0, 0, 0, 2, 1, 0, 0, 0]),
  );
  const coded = 8 | 16 | 32 | 64; // pts, stream id, size and a checksum are written
  const table = [coded, 6, 0, 1, 0, 0, 0, 256]; // flags, fields, pts, multiplier, stream, size, reserved, count
  const main = packet('4d7a561f5f04ad', [3, streams, 65_536, 1, ...timeBase, ...table, 0]);
  const written = frames.flatMap(({ id, pts, data }) => [
    Uint8Array.of(0, ...[id, pts + 128, data.length].flatMap(variable), 0, 0, 0, 0),
    data,
  ]);
  return Buffer.concat([Buffer.from('nut/multimedia container\0'), main, ...streamHeaders, ...written]);
}

function packet(startCode: string, numbers: readonly number[]): Uint8Array {
  const body = Uint8Array.from([...numbers.flatMap(variable), 0, 0, 0, 0]);
  return Buffer.concat([Buffer.from(`4e${startCode}`, 'hex'), Uint8Array.from(variable(body.length)), body]);
}

/** Seven bits a byte, the highest first. */
function variable(value: number): number[] {
  const bytes = [value % 128];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) {
    bytes.unshift((rest % 128) + 128);
  }
  return bytes;
}
