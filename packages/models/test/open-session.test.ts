import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeOnnx, makeTemporaryFolder, type OnnxGraph } from '@deepffmpeg/test-kit';
import { expect, test } from 'vitest';
import { listDevices, openSession } from '../src/index.js';

const double: OnnxGraph = {
  inputs: [{ name: 'x', type: 'float32', shape: ['batch', 2] }],
  outputs: [{ name: 'y', type: 'float32', shape: ['batch', 2] }],
  nodes: [{ op: 'Mul', inputs: ['x', 'two'], output: 'y' }],
  weights: { two: { shape: [1], data: [2] } },
};

async function write(content: string | Uint8Array) {
  const path = join(await makeTemporaryFolder(), 'model.onnx');
  await writeFile(path, content);
  return path;
}

const row = (...numbers: number[]) => ({
  x: { data: Float32Array.from(numbers), shape: [numbers.length / 2, 2] },
});

test('tells what goes in and comes out, and runs any batch', async () => {
  const session = await openSession(await write(makeOnnx(double)));
  expect(session.inputs).toMatchObject([{ name: 'x', type: 'float32', shape: ['batch', 2] }]);
  expect(session.outputs).toMatchObject([{ name: 'y', type: 'float32', shape: ['batch', 2] }]);
  expect(await session.run(row(1, 2))).toEqual({ y: { data: Float32Array.of(2, 4), shape: [1, 2] } });
  const { y } = await session.run(row(1, 2, 3, 4, 5, 6), { fetches: ['y'] });
  expect(y?.shape).toEqual([3, 2]);
  expect(y?.data).toEqual(Float32Array.of(2, 4, 6, 8, 10, 12));
  await session.close();
});

test('copies what it is fed at once, so that one array serves many runs', async () => {
  const session = await openSession(await write(makeOnnx(double)), { threads: 1 });
  const data = new Float32Array(2);
  const runs = [1, 2, 3, 4, 5, 6, 7].map((value) => {
    data.fill(value);
    return session.run({ x: { data, shape: [1, 2] } });
  });
  const results = await Promise.all(runs);
  expect(results.map(({ y }) => y?.data[0])).toEqual([2, 4, 6, 8, 10, 12, 14]);
  await session.close();
});

test('takes a part of an array as its own', async () => {
  const session = await openSession(await write(makeOnnx(double)));
  const data = Float32Array.of(9, 9, 1, 2, 9).subarray(2, 4);
  const { y } = await session.run({ x: { data, shape: [1, 2] } });
  expect(y?.data).toEqual(Float32Array.of(2, 4));
  await session.close();
});

test('close waits for the runs before it, may come twice, and ends all', async () => {
  const session = await openSession(await write(makeOnnx(double)));
  const running = session.run(row(1, 2));
  const order: string[] = [];
  await Promise.all([
    running.then(() => order.push('run')),
    session.close().then(() => order.push('close')),
    session.close(),
  ]);
  expect(order).toEqual(['run', 'close']);
  await expect(session.run(row(1, 2))).rejects.toMatchObject({ code: 'ERR_MODEL_LOAD' });
});

test('a run that cannot be is an error, and the next one goes on', async () => {
  const session = await openSession(await write(makeOnnx(double)));
  const wrong = session.run({ x: { data: Float32Array.of(1, 2, 3), shape: [1, 3] } });
  await expect(wrong).rejects.toMatchObject({ code: 'ERR_MODEL_OUTPUT' });
  await expect(session.run({})).rejects.toMatchObject({ code: 'ERR_MODEL_OUTPUT' });
  const { y } = await session.run(row(1, 2));
  expect(y?.data).toEqual(Float32Array.of(2, 4));
  await session.close();
});

test('an abort ends the wait for a run', async () => {
  const session = await openSession(await write(makeOnnx(double)));
  const controller = new AbortController();
  const running = session.run(row(1, 2), { signal: controller.signal });
  controller.abort();
  await expect(running).rejects.toMatchObject({ name: 'AbortError' });
  await expect(session.run(row(1, 2), { signal: controller.signal })).rejects.toMatchObject({
    name: 'AbortError',
  });
  await session.close();
});

test('an abort ends the wait for the opening', async () => {
  const path = await write(makeOnnx(double));
  await expect(openSession(path, { signal: AbortSignal.abort() })).rejects.toMatchObject({
    name: 'AbortError',
  });
  const controller = new AbortController();
  const opening = openSession(path, { signal: controller.signal });
  setTimeout(() => controller.abort(), 5);
  await expect(opening).rejects.toMatchObject({ name: 'AbortError' });
});

test.each([
  { title: 'garbage', content: 'no model at all' },
  { title: 'an empty file', content: '' },
  { title: 'half a model', content: makeOnnx(double).subarray(0, 60) },
  {
    title: 'an unknown operator',
    content: makeOnnx({ ...double, nodes: [{ op: 'Mystery', inputs: ['x'], output: 'y' }] }),
  },
])('refuses $title', async ({ content }) => {
  const path = await write(content);
  await expect(openSession(path)).rejects.toMatchObject({ code: 'ERR_MODEL_LOAD' });
  await expect(openSession(path)).rejects.toThrow(path);
});

test('says so when there is no file', async () => {
  await expect(openSession('/nowhere/model.onnx')).rejects.toMatchObject({ code: 'ERR_MODEL_MISSING' });
});

test('refuses a device that is not there, naming those that are', async () => {
  const opening = openSession(await write(makeOnnx(double)), { device: 'abacus' });
  await expect(opening).rejects.toMatchObject({ code: 'ERR_DEVICE' });
  await expect(opening).rejects.toThrow(/abacus.*installed here for cpu/s);
});

test('a broken file stays a broken file on any device', async () => {
  await expect(openSession(await write('no'), { device: 'abacus' })).rejects.toMatchObject({
    code: 'ERR_MODEL_LOAD',
  });
});

test('refuses bad options at once', async () => {
  await expect(openSession('x', { threads: 0 })).rejects.toMatchObject({ code: 'ERR_INVALID_OPTIONS' });
  await expect(openSession('x', { device: '' })).rejects.toMatchObject({ code: 'ERR_INVALID_OPTIONS' });
});

test('lists the processor among the devices', async () => {
  expect(await listDevices()).toContainEqual({ name: 'cpu', isInstalled: true });
});
