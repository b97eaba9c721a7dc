export type TensorData =
  | Float32Array<ArrayBuffer>
  | BigInt64Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Uint8Array<ArrayBuffer>;

export interface Tensor {
  /** Row after row. */
  readonly data: TensorData;
  readonly shape: readonly number[];
}

/** Tensors by name. */
export type Tensors = Readonly<Record<string, Tensor>>;

/** An input or output as the model declares it. */
export interface TensorInfo {
  readonly name: string;
  /** onnxruntime's word, such as `float32` or `int64`. */
  readonly type: string;
  /** A name stands for a size that is free, such as the batch. */
  readonly shape: readonly (number | string)[];
}
