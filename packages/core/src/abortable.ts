import { abortErrorOf } from './abort-error.js';

/**
 * Waits for a promise no longer than until the signal aborts. What goes on behind the promise goes on: whoever
 * calls this sees to it that a late result is released.
 *
 * @throws `AbortError`
 */
export async function abortable<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  promise.catch(() => {}); // nobody is left to hear it after an abort
  throwIfAborted(signal);
  let stopListening = () => {};
  const aborted = new Promise<never>((_, reject) => {
    const abort = () => reject(abortErrorOf(signal));
    signal.addEventListener('abort', abort, { once: true });
    stopListening = () => signal.removeEventListener('abort', abort);
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    stopListening();
  }
}

/** Throws an `AbortError` if the signal has aborted. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw abortErrorOf(signal);
}
