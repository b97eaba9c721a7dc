/** Every way in which these packages fail, as a stable code. An abort is not among them: it stays Node's `AbortError`. */
export type MediaErrorCode =
  /** An option is missing, unknown or out of range. */
  | 'ERR_INVALID_OPTIONS'
  /** ffmpeg or ffprobe is not there or too old. */
  | 'ERR_FFMPEG_MISSING'
  /** ffmpeg ended with a status other than 0. */
  | 'ERR_FFMPEG_EXIT'
  /** The input cannot be read, or holds no picture or sound that was asked for. */
  | 'ERR_INPUT'
  /** The input broke off or is damaged; all that could be read has been delivered. */
  | 'ERR_PARTIAL_INPUT'
  /** A file of labels or categories breaks the rules of its format. */
  | 'ERR_LABELS'
  /** A model's files are neither in the cache nor to be had. */
  | 'ERR_MODEL_MISSING'
  /** A model's files are there and cannot be used. */
  | 'ERR_MODEL_LOAD'
  /** A model's files lack something that is needed, such as the scale, or contradict each other. */
  | 'ERR_MODEL_CONFIG'
  /** The device that was asked for is not there. */
  | 'ERR_DEVICE'
  /** A model gave numbers that are not finite or not in the agreed shape. */
  | 'ERR_MODEL_OUTPUT'
  /** Two parts of a pipeline do not belong together, such as an embedding and labels of another model. */
  | 'ERR_MISMATCH'
  /** A model cannot be converted: Python or a package is missing, its source cannot be used, or the result differs from it. */
  | 'ERR_CONVERSION'
  /** A result cannot be written: no right, no room. */
  | 'ERR_OUTPUT';

/** An error of these packages. Branch on `code`; messages may change. */
export class MediaError extends Error {
  override readonly name = 'MediaError';
  readonly code: MediaErrorCode;

  constructor(code: MediaErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/**
 * Tells a MediaError, of this code if one is given. By its name, since `instanceof` fails when two copies of this package are installed.
 */
export function isMediaError<Code extends MediaErrorCode>(
  error: unknown,
  code?: Code,
): error is MediaError & { readonly code: Code } {
  if (!(error instanceof Error) || error.name !== 'MediaError') return false;
  return code === undefined || (error as MediaError).code === code;
}
