import { hasProviderLibrary } from './has-provider-library.js';
import { quietRuntime } from './quiet-runtime.js';

export interface Device {
  /** As the `device` options take it, such as `cpu`, `cuda`, `webgpu`, `coreml`, `dml`. */
  readonly name: string;
  /**
   * Whether onnxruntime's library for it is installed. Whether the machine has such a device shows when a
   * session is opened.
   */
  readonly isInstalled: boolean;
}

/** Lists what the installed onnxruntime-node can run models on. */
export async function listDevices(): Promise<readonly Device[]> {
  quietRuntime();
  const { listSupportedBackends } = await import('onnxruntime-node');
  return listSupportedBackends().map(({ name, bundled }) => ({
    name,
    isInstalled: bundled || hasProviderLibrary(name),
  }));
}
