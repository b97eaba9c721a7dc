import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { expect, test } from 'vitest';
import { withFileLock } from '../../src/hub/file-lock.js';

const times = { pollMs: 5, beatMs: 20, staleMs: 700 };
const makePath = async () => join(await makeTemporaryFolder(), 'locks', 'a');

test('does one work after the other, and leaves nothing', async () => {
  const path = await makePath();
  let running = 0;
  const work = async () => {
    expect(++running).toBe(1);
    await delay(10);
    running--;
    return 'done';
  };
  const results = await Promise.all([1, 2, 3, 4].map(() => withFileLock(path, work, {}, times)));
  expect(results).toEqual(['done', 'done', 'done', 'done']);
  expect(await readdir(join(path, '..'))).toEqual([]);
});

test('calls while it waits', async () => {
  const path = await makePath();
  let waits = 0;
  const first = withFileLock(path, () => delay(100), {}, times);
  await delay(20);
  await withFileLock(path, async () => {}, { onWait: () => void waits++ }, times);
  expect(waits).toBeGreaterThan(1);
  await first;
});

test('a holder that lives long keeps it', async () => {
  const path = await makePath();
  let isFirstDone = false;
  const first = withFileLock(path, () => delay(1500).then(() => (isFirstDone = true)), {}, times);
  await delay(20);
  await withFileLock(path, async () => expect(isFirstDone).toBe(true), {}, times);
  await first;
});

test('work that fails lets go', async () => {
  const path = await makePath();
  const failing = withFileLock(path, () => Promise.reject(new Error('no')), {}, times);
  await expect(failing).rejects.toThrow('no');
  await withFileLock(path, async () => {}, {}, times);
});

test('takes over at once from a process that died', async () => {
  const path = await makePath();
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  await withFileLock(path, async () => {}, {}, times);
  await writeFile(path, JSON.stringify({ pid: child.pid, host: hostname(), id: 'x' }));
  await withFileLock(path, async () => {}, {}, { ...times, staleMs: 1e9 });
});

test.each(['another machine', ''])('takes over from %j when it was silent for long', async (host) => {
  const path = await makePath();
  await withFileLock(path, async () => {}, {}, times);
  await writeFile(path, host && JSON.stringify({ pid: 1, host, id: 'x' }));
  const signal = AbortSignal.timeout(100);
  await expect(withFileLock(path, async () => {}, { signal }, times)).rejects.toMatchObject({
    name: 'AbortError',
  });
  await utimes(path, new Date(0), new Date(0));
  await withFileLock(path, async () => {}, {}, times);
});

test('who lost it does not take it from its new holder', async () => {
  const path = await makePath();
  await withFileLock(path, () => writeFile(path, 'somebody else'), {}, times);
  expect(await readFile(path, 'utf8')).toBe('somebody else');
});
