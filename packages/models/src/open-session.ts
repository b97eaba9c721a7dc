import { availableParallelism } from 'node:os';
import { abortable, MediaError, parseOptions, throwIfAborted } from '@deepffmpeg/core';
import * as z from 'zod';
import { listDevices } from './list-devices.js';
import { isFile } from './model-folder.js';
import { type SessionThread, startSessionThread } from './session-thread.js';
import type { TensorData, TensorInfo, Tensors } from './tensors.js';

/** A loaded model. It works in a thread of its own, so that the caller's stays free. */
export interface Session {
  readonly path: string;
  readonly device: string;
  /** How many items a run does best with: 8, on the CPU no more than it has threads, since its caches are small. */
  readonly batchSize: number;
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
  /**
   * Runs the model; runs follow one another. The feeds are copied at once, so the caller may use its arrays again.
   *
   * An abort rejects promptly; a run that has begun goes on to its end unheard.
   *
   * @param fetches - the outputs wanted; all by default.
   * @throws {MediaError} `ERR_MODEL_OUTPUT` if the model cannot do it, `ERR_MODEL_LOAD` if it was closed.
   */
  run(feeds: Tensors, options?: { fetches?: readonly string[]; signal?: AbortSignal }): Promise<Tensors>;
  /** Releases the model after the runs that were asked for. Again does nothing more. */
  close(): Promise<void>;
}

export interface SessionOptions {
  /** One of `listDevices`. @defaultValue 'cpu' */
  readonly device?: string | undefined;
  /** Threads that share one run, 1 to 256. @defaultValue as many as the machine runs at once */
  readonly threads?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** More gain little. */
const MOST_AT_ONCE = 8;

const settingsSchema = z.strictObject({
  device: z.string().min(1).default('cpu'),
  threads: z.int().min(1).max(256).optional(),
});

/**
 * Loads an ONNX file.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS`; `ERR_MODEL_MISSING`; `ERR_MODEL_LOAD` when the file cannot be used;
 * `ERR_DEVICE` when the device cannot. There is no silent change to another device.
 */
export async function openSession(path: string, options: SessionOptions = {}): Promise<Session> {
  const { signal, ...settings } = options;
  const { device, threads = availableParallelism() } = parseOptions(settingsSchema, settings);
  throwIfAborted(signal);
  if (!(await isFile(path))) throw new MediaError('ERR_MODEL_MISSING', `there is no file ${path}`);

  const thread = startSessionThread(path, device, threads);
  try {
    const opened = await abortable(thread.opened, signal);
    if ('failure' in opened) throw await errorFor(opened.failure, path, device);
    const batchSize = device === 'cpu' ? Math.min(threads, MOST_AT_ONCE) : MOST_AT_ONCE;
    return sessionOf(thread, { path, device, batchSize, inputs: opened.inputs, outputs: opened.outputs });
  } catch (error) {
    void thread.end(); // after an abort it is still loading, and ends as soon as it can
    throw error;
  }
}

async function errorFor(
  { reason, message }: { reason: string; message: string },
  path: string,
  device: string,
) {
  const cause = new Error(message.trim());
  if (reason === 'file')
    return new MediaError('ERR_MODEL_LOAD', `${path} cannot be loaded: ${cause.message}`, { cause });
  const installed = (await listDevices()).filter(({ isInstalled }) => isInstalled).map(({ name }) => name);
  return new MediaError(
    'ERR_DEVICE',
    `the device ${device} cannot be used (${cause.message}); onnxruntime is installed here for ${installed.join(', ')}`,
    { cause },
  );
}

function sessionOf(thread: SessionThread, about: Omit<Session, 'run' | 'close'>): Session {
  const { path } = about;
  const spare = createBufferPool();
  let closed: Promise<void> | undefined;

  return {
    ...about,
    async run(feeds, { fetches, signal } = {}) {
      throwIfAborted(signal);
      if (closed) throw new MediaError('ERR_MODEL_LOAD', `${path} was closed before this run`);
      const lent = Object.entries(feeds).map(([name, { data, shape }]) => [
        name,
        { data: spare.copy(data), shape },
      ]);
      const done = thread.run(Object.fromEntries(lent), fetches).then((reply) => {
        for (const buffer of reply.lent) spare.give(buffer);
        return reply;
      });
      const { outputs, message } = await abortable(done, signal);
      if (outputs) return outputs;
      throw new MediaError('ERR_MODEL_OUTPUT', `${path} cannot be run: ${message}`);
    },
    close() {
      closed ??= thread.end();
      return closed;
    },
  };
}

/** Keeps the buffers that went to the thread and came back, so that equal batches need no new ones. */
function createBufferPool(limit = 4) {
  const buffers: ArrayBuffer[] = [];

  return {
    copy(data: TensorData): TensorData {
      const { byteLength } = data;
      const index = buffers.findIndex((buffer) => buffer.byteLength === byteLength);
      const [buffer = new ArrayBuffer(byteLength)] = index < 0 ? [] : buffers.splice(index, 1);
      const copy = viewLike(data, buffer);
      copy.set(data as never); // the same kind of array as `data`
      return copy;
    },
    give(buffer: ArrayBuffer) {
      buffers.push(buffer);
      if (buffers.length > limit) buffers.shift();
    },
  };
}

function viewLike(data: TensorData, buffer: ArrayBuffer): TensorData {
  if (data instanceof Float32Array) return new Float32Array(buffer);
  if (data instanceof BigInt64Array) return new BigInt64Array(buffer);
  if (data instanceof Int32Array) return new Int32Array(buffer);
  return new Uint8Array(buffer);
}
