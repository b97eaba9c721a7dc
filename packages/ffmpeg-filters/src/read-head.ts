import { type FileHandle, open } from 'node:fs/promises';

/** The first bytes of a file, so many or fewer; none where it cannot be read, which its decoder tells. */
export async function readHead(path: string, length: number): Promise<Buffer> {
  const file: FileHandle | undefined = await open(path).catch(() => undefined);
  if (file === undefined) return Buffer.alloc(0);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
