/**
 * Tells onnxruntime to keep what it does to itself. Its official builds otherwise report to their maker, queue events in `~/.cache/Microsoft`
 * and leave a log in the temporary folder for each process. A variable that is set already stays as it is.
 *
 * To be called in the main thread, before the library is loaded: it reads the process's own environment, of which a thread has a copy.
 *
 * @see https://github.com/microsoft/onnxruntime/blob/main/docs/Privacy.md
 */
export function quietRuntime(): void {
  process.env['ORT_DISABLE_TELEMETRY'] ??= '1';
}
