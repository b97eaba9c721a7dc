import { readFile } from 'node:fs/promises';

export interface NumpyArray {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/**
 * Reads a `.npy` file of little-endian float32 in C order.
 *
 * @see https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export async function readNpy(path: string): Promise<NumpyArray> {
  const file = await readFile(path);
  const isOld = file[6] === 1; // version 1 has two bytes for the header's length, later ones four
  const start = isOld ? 10 : 12;
  const headerLength = isOld ? file.readUInt16LE(8) : file.readUInt32LE(8);
  const header = file.toString('latin1', start, start + headerLength);
  if (!header.includes("'<f4'") || !header.includes("'fortran_order': False")) {
    throw new Error(`${path} is not float32 in C order: ${header}`);
  }
  const shape = [...(/'shape': \(([^)]*)\)/.exec(header)?.[1] ?? '').matchAll(/\d+/g)].map(Number);
  const data = new Float32Array(new Uint8Array(file.subarray(start + headerLength)).buffer);
  return { shape, data };
}
