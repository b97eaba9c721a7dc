import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * Tells whether onnxruntime's library for a device is there. CUDA's and TensorRT's come by a later download, into the
 * folder of onnxruntime-node's own: `bin/napi-v6/linux/x64`, where the number changes with its versions.
 */
export function hasProviderLibrary(name: string, binFolder = onnxruntimeFolder()): boolean {
  const file =
    process.platform === 'win32'
      ? `onnxruntime_providers_${name}.dll`
      : `libonnxruntime_providers_${name}.so`;
  return readdirSync(binFolder)
    .filter((folder) => folder.startsWith('napi-v'))
    .some((folder) => existsSync(join(binFolder, folder, process.platform, process.arch, file)));
}

function onnxruntimeFolder(): string {
  const main = createRequire(import.meta.url).resolve('onnxruntime-node');
  return join(dirname(main), '..', 'bin');
}
