import { abortErrorOf } from './abort-error.js';

/**
 * Like the generator that `make` gives, but one that can be closed while it waits. A plain async generator holds `return()` back
 * until its next value is there, which from a silent input never comes. The signal aborts when `outer` does, and on closing.
 */
export function closeable<T>(
  make: (signal: AbortSignal) => AsyncGenerator<T, void, undefined>,
  {
    signal: outer,
    onClose,
  }: { readonly signal?: AbortSignal | undefined; readonly onClose?: (() => void) | undefined } = {},
): AsyncGenerator<T, void, undefined> {
  const controller = new AbortController();
  const inner = make(controller.signal);
  let isClosed = false;

  const follow = () => controller.abort(outer?.reason);
  outer?.addEventListener('abort', follow, { once: true });
  if (outer?.aborted) follow();

  let isReleased = false;
  const release = () => {
    if (isReleased) return;
    isReleased = true;
    outer?.removeEventListener('abort', follow);
    onClose?.();
  };
  const close = async () => {
    isClosed = true;
    controller.abort();
    release();
    // The step in flight fails with the abort, which is no one's business any more.
    await inner.return().catch(() => {});
  };

  return {
    async next() {
      if (isClosed) return { done: true, value: undefined };
      try {
        if (controller.signal.aborted) throw abortErrorOf(controller.signal);
        const result = await inner.next();
        if (result.done === true) release();
        return result;
      } catch (error) {
        if (isClosed) return { done: true, value: undefined };
        isClosed = true;
        // Aborted between two values, it has not been told yet.
        await inner.return().catch(() => {});
        release();
        throw error;
      }
    },
    async return() {
      await close();
      return { done: true, value: undefined };
    },
    async throw(error) {
      await close();
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
