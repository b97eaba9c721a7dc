import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export interface Device {
  /** As the `device` options take it, such as `cpu`, `cuda`, `webgpu`, `coreml`, `dml`. */
  readonly name: string;
  /**
   * Whether onnxruntime's library for it is installed. Whether the machine has such a device shows when a
   * session is opened.
   */
  readonly installed: boolean;
}

/** Lists what the installed onnxruntime-node can run models on. */
export async function listDevices(): Promise<readonly Device[]> {
  const { listSupportedBackends } = await import('onnxruntime-node');
  return listSupportedBackends().map(({ name, bundled }) => ({
    name,
    installed: bundled || hasProviderLibrary(name),
  }));
}

/** CUDA's and TensorRT's libraries come by a later download, into the folder of onnxruntime-node's own. */
function hasProviderLibrary(name: string): boolean {
  const main = createRequire(import.meta.url).resolve('onnxruntime-node');
  const folder = join(dirname(main), '..', 'bin', 'napi-v6', process.platform, process.arch);
  const file =
    process.platform === 'win32'
      ? `onnxruntime_providers_${name}.dll`
      : `libonnxruntime_providers_${name}.so`;
  return existsSync(join(folder, file));
}
