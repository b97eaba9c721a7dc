import { Worker } from 'node:worker_threads';
import { MediaError } from '@deepffmpeg/core';
import { keepExitClean } from './keep-exit-clean.js';
import { quietRuntime } from './quiet-runtime.js';
import type { TensorInfo, Tensors } from './tensors.js';

/** What the thread says once, when it is ready or has failed. */
export type Opened =
  | { readonly inputs: readonly TensorInfo[]; readonly outputs: readonly TensorInfo[] }
  | { readonly failure: { readonly reason: 'file' | 'device'; readonly message: string } };

export interface RunReply {
  readonly id: number;
  /** The buffers of the feeds, given back. */
  readonly lent: readonly ArrayBuffer[];
  readonly outputs?: Tensors;
  /** Set when the run failed. */
  readonly message?: string;
}

export interface SessionThread {
  readonly opened: Promise<Opened>;
  /** Lends the feeds' buffers to the thread until the reply gives them back. Runs follow one another. */
  run(feeds: Tensors, fetches?: readonly string[]): Promise<RunReply>;
  /** Ends the thread after the runs that were asked for. */
  end(): Promise<void>;
}

/** Starts the thread that holds a session. It keeps the process alive only while it has work. */
export function startSessionThread(path: string, device: string, threads: number): SessionThread {
  const gate = new Int32Array(new SharedArrayBuffer(4));
  const letGo = keepExitClean(gate);
  quietRuntime();
  const worker = new Worker(new URL('./session-worker.js', import.meta.url), {
    workerData: { path, device, threads, gate },
    execArgv: [], // test runners add loaders that it does not need
  });
  const exited = new Promise((resolve) => worker.once('exit', resolve));
  const waiting = new Map<number, { resolve(reply: RunReply): void; reject(error: Error): void }>();
  let lastId = 0;
  let isEnding = false; // then somebody waits for the thread, not for a reply
  let ended: MediaError | undefined;

  const opened = new Promise<Opened>((resolve, reject) => {
    worker.on('message', (message: Opened | RunReply) => {
      if (!('id' in message)) {
        if (!isEnding) worker.unref();
        return resolve(message);
      }
      waiting.get(message.id)?.resolve(message);
      waiting.delete(message.id);
      if (waiting.size === 0 && !isEnding) worker.unref();
    });
    const fail = (cause?: Error) => {
      const reason = cause ? `: ${cause.message}` : '';
      ended ??= new MediaError('ERR_MODEL_LOAD', `the thread that runs ${path} ended unexpectedly${reason}`, {
        cause,
      });
      reject(ended);
      for (const { reject } of waiting.values()) reject(ended);
      waiting.clear();
    };
    worker.on('error', fail);
    worker.on('exit', () => {
      letGo();
      fail();
    });
  });
  opened.catch(() => {}); // whoever awaits it hears of it

  return {
    opened,
    async run(feeds, fetches) {
      if (ended) throw ended; // nobody is left to answer
      const id = ++lastId;
      worker.ref();
      worker.postMessage(
        { id, feeds, fetches },
        Object.values(feeds).map(({ data }) => data.buffer),
      );
      return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
    },
    async end() {
      isEnding = true;
      worker.ref();
      worker.postMessage('close');
      await exited;
    },
  };
}
