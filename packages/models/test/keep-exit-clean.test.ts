import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { makeOnnx, makeTemporaryFolder } from '@deepffmpeg/test-kit';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { keepExitClean } from '../src/keep-exit-clean.js';

const source = (file: string) => new URL(`../src/${file}`, import.meta.url);

/** A model that works for a while: matrices of 512 x 512, one after the other. */
const slow = makeOnnx({
  inputs: [{ name: 'x', type: 'float32', shape: ['batch', 512] }],
  outputs: [{ name: 'y', type: 'float32', shape: ['batch', 512] }],
  nodes: Array.from({ length: 8 }, (_, i) => ({
    op: 'MatMul',
    inputs: [i === 0 ? 'x' : `x${i}`, 'w'],
    output: i === 7 ? 'y' : `x${i + 1}`,
  })),
  weights: { w: { shape: [512, 512], data: Array(512 * 512).fill(0.001) } },
});

const program = `
import { Worker } from 'node:worker_threads';
import { keepExitClean } from './keep-exit-clean.mjs';

const [worker, path, delayMs] = process.argv.slice(2);
const gate = new Int32Array(new SharedArrayBuffer(4));
keepExitClean(gate);
const thread = new Worker(new URL(worker), { workerData: { path, device: 'cpu', threads: 1, gate } });
thread.once('message', () => {
  const data = new Float32Array(8000 * 512);
  thread.postMessage({ id: 1, feeds: { x: { data, shape: [8000, 512] } } });
});
setTimeout(() => process.exit(7), Number(delayMs));
`;

test.each([20, 60, 100, 150, 250])(
  'a process that ends after %d ms, in the middle of work, keeps its status',
  async (delayMs) => {
    const folder = await makeTemporaryFolder();
    const code = ts.transpileModule(await readFile(source('keep-exit-clean.ts'), 'utf8'), {
      compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
    });
    await writeFile(join(folder, 'keep-exit-clean.mjs'), code.outputText);
    await writeFile(join(folder, 'program.mjs'), program);
    await writeFile(join(folder, 'slow.onnx'), slow);
    const args = [
      join(folder, 'program.mjs'),
      source('session-worker.js').href,
      join(folder, 'slow.onnx'),
      `${delayMs}`,
    ];
    await expect(promisify(execFile)(process.execPath, args)).rejects.toMatchObject({
      code: 7,
      signal: null,
    });
  },
);

test('listens for the end of the process only while there are threads', () => {
  const before = process.listenerCount('exit');
  const letGo = [1, 2, 3].map(() => keepExitClean(new Int32Array(1)));
  expect(process.listenerCount('exit')).toBe(before + 1);
  for (const end of letGo) end();
  expect(process.listenerCount('exit')).toBe(before);
});
