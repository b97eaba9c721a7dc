/** The error of an aborted operation: whatever reason was given, its name stays `AbortError`, as in Node's own functions. */
export function abortErrorOf({ reason }: AbortSignal): Error {
  if (reason instanceof Error && reason.name === 'AbortError') return reason;
  const error = new Error('The operation was aborted', { cause: reason });
  return Object.assign(error, { name: 'AbortError', code: 'ABORT_ERR' });
}
