import { expect, test, vi } from 'vitest';
import { startSessionThread } from '../src/session-thread.js';

// A real thread that ends as one does where onnxruntime-node is not installed.
vi.mock('node:worker_threads', async (importOriginal) => {
  const original = await importOriginal<typeof import('node:worker_threads')>();
  class DyingWorker extends original.Worker {
    constructor() {
      super(`throw new Error("Cannot find package 'onnxruntime-node'")`, { eval: true, execArgv: [] });
    }
  }
  return { ...original, Worker: DyingWorker };
});

test('a thread that ends by itself says why, also to runs that come later', async () => {
  const thread = startSessionThread('model.onnx', 'cpu', 1);
  const early = thread.run({});
  const error = {
    code: 'ERR_MODEL_LOAD',
    message: expect.stringMatching(/model\.onnx ended unexpectedly: Cannot find package 'onnxruntime-node'/),
  };
  await expect(thread.opened).rejects.toMatchObject(error);
  await expect(early).rejects.toMatchObject(error);
  const late = await Promise.race([
    thread.run({}).then(String, (reason: Error) => reason.message),
    new Promise((resolve) => setTimeout(resolve, 5000, 'still waiting')),
  ]);
  expect(late).toMatch(/ended unexpectedly: Cannot find package/);
  await thread.end();
});
