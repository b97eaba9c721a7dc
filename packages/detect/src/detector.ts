import type { Detection, Picture } from '@deepffmpeg/core';

/** An opened detection model. Whoever opened it closes it; many stages may share it. */
export interface Detector {
  /** Name and the beginning of the weights' digest. */
  readonly id: string;
  /** Its classes. */
  readonly labels: readonly string[];
  /** How many pictures it sees best at once. */
  readonly batchSize: number;
  /**
   * Finds objects in pictures of any size, RGB24.
   *
   * @returns for each picture its objects by falling confidence; regions in pixels of that picture, within it.
   * @throws {MediaError} `ERR_MODEL_OUTPUT`, `ERR_MODEL_LOAD` if it was closed; an `AbortError`.
   */
  detect(pictures: readonly Picture[], options?: { readonly signal?: AbortSignal }): Promise<Detection[][]>;
  /** Releases the model, after the work in flight. Again does nothing more. */
  close(): Promise<void>;
}
