/** Node's own error for an aborted operation, as its streams and timers give it. */
export function abortErrorOf(signal: AbortSignal): Error {
  const error = new Error('The operation was aborted', { cause: signal.reason });
  return Object.assign(error, { name: 'AbortError', code: 'ABORT_ERR' });
}
