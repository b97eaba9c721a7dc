/** The error of an aborted operation, as Node's own functions give it: whatever the reason, it is an `AbortError`. */
export function abortErrorOf({ reason }: AbortSignal): Error {
  const error = new Error('The operation was aborted', { cause: reason });
  return Object.assign(error, { name: 'AbortError', code: 'ABORT_ERR' });
}
