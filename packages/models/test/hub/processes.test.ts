import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hubDigest } from '@deepffmpeg/test-kit';
import { expect, test, vi } from 'vitest';
import { madeModel, neededFiles, repository, setUp } from './made-model.js';

const program = `
import { pullModel } from ${JSON.stringify(fileURLToPath(new URL('../../src/hub/pull-model.ts', import.meta.url)))};
const { downloadedBytes } = await pullModel(${JSON.stringify(repository)});
process.stdout.write(String(downloadedBytes));
`;
const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** Brings the model in a process of its own. */
function pullElsewhere(hubCache: string) {
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
    cwd: root,
    env: { ...process.env, HF_HUB_CACHE: hubCache },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const done = once(child, 'close').then(([code, signal]) => ({ code: signal ?? code, stderr }));
  return { child, done };
}

const last = 'onnx/vision_model.onnx';
const digest = hubDigest(last, madeModel.files[last]!); // it has it

test('two processes at once bring each large file once', async () => {
  const { hub, hubCache, folder } = await setUp();
  hub.fault = ({ host }) => (host === 'cdn' ? { slowMs: 150 } : undefined);
  const runs = [pullElsewhere(hubCache), pullElsewhere(hubCache)];
  const ended = await Promise.all(runs.map(({ done }) => done));
  expect(ended.map(({ code, stderr }) => `${code}${stderr}`)).toEqual(['0', '0']);
  const large = hub.requests.filter(({ host }) => host === 'cdn').map(({ path }) => path);
  expect(large.toSorted()).toEqual([...new Set(large)].toSorted());
  expect(large).toHaveLength(neededFiles.filter((name) => /onnx/.test(name)).length);
  expect(await readFile(join(folder, 'blobs', digest))).toEqual(madeModel.files[last]);
});

test('after a process that was killed, the next goes on where it ended', async () => {
  const { hub, hubCache, folder, pull } = await setUp();
  hub.fault = ({ path }) => (path.includes(digest) ? { stopAfter: 40_000 } : undefined);
  const { child, done } = pullElsewhere(hubCache);
  const partial = join(folder, 'blobs', `${digest}.incomplete`);
  await vi.waitFor(async () => expect((await stat(partial)).size).toBe(40_000), 20_000);
  child.kill('SIGKILL');
  expect((await done).code).toBe('SIGKILL');
  hub.fault = () => undefined;
  const start = performance.now();
  await pull();
  expect(performance.now() - start).toBeLessThan(5000); // its lock is known to be nobody's
  expect(hub.requests.at(-1)?.headers.range).toBe('bytes=40000-');
  expect(await readFile(join(folder, 'blobs', digest))).toEqual(madeModel.files[last]);
});
