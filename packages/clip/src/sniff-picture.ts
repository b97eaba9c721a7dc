import { open, stat } from 'node:fs/promises';
import { fileProblem, MediaError } from '@deepffmpeg/core';

/** The formats of pictures that can be read. */
export type PictureFormat = 'jpeg' | 'png' | 'webp' | 'avif' | 'gif' | 'tiff';

/** How each format begins: bytes at an offset, as Latin-1 text. */
const signatures: readonly { format: PictureFormat; offset: number; bytes: string }[] = [
  { format: 'jpeg', offset: 0, bytes: '\xff\xd8\xff' },
  { format: 'png', offset: 0, bytes: '\x89PNG\r\n\x1a\n' },
  { format: 'gif', offset: 0, bytes: 'GIF87a' },
  { format: 'gif', offset: 0, bytes: 'GIF89a' },
  { format: 'webp', offset: 8, bytes: 'WEBPVP8' },
  { format: 'tiff', offset: 0, bytes: 'II*\0' },
  { format: 'tiff', offset: 0, bytes: 'MM\0*' },
  { format: 'avif', offset: 4, bytes: 'ftypavif' },
  { format: 'avif', offset: 4, bytes: 'ftypavis' },
];

const headLength = 64;

/**
 * Tells by its first bytes whether a file, or its content, is a picture that `readPicture` knows; its name does not
 * count.
 * A pipe or a device is none, and is not opened: what is read of it would be lost to others.
 *
 * @throws {MediaError} `ERR_INPUT` when the file cannot be read.
 */
export async function sniffPicture(pathOrBytes: string | Uint8Array): Promise<PictureFormat | undefined> {
  const head =
    typeof pathOrBytes === 'string' ? await readHead(pathOrBytes) : pathOrBytes.subarray(0, headLength);
  const text = Buffer.from(head).toString('latin1');
  const found = signatures.find(({ offset, bytes }) => text.startsWith(bytes, offset))?.format;
  return found ?? (isGeneralAvif(text) ? 'avif' : undefined);
}

/** Some writers name the general kind first, which HEIC has, too, and AVIF among those behind it. */
function isGeneralAvif(text: string): boolean {
  if (!text.startsWith('ftypmif1', 4)) return false;
  const boxLength = Buffer.from(text, 'latin1').readUInt32BE(0);
  return text.slice(16, boxLength).match(/.{4}/gs)?.includes('avif') ?? false;
}

async function readHead(path: string): Promise<Uint8Array> {
  try {
    const found = await stat(path);
    if (!found.isFile() && !found.isDirectory()) return new Uint8Array(0);
    const file = await open(path);
    try {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(headLength), 0, headLength, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw new MediaError('ERR_INPUT', `${path} cannot be read: ${fileProblem(cause)}`, { cause });
  }
}
