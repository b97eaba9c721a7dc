import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { checkModel, listModels, whereIs } from '../../src/index.js';
import { commit, listing, madeModel, neededFiles, repository, setUp } from '../hub/made-model.js';

/** What Python's huggingface_hub 2.4.0 makes of the made model; the first test below writes it, with `vitest -u`. */
const golden = fileURLToPath(new URL('../golden/hub-cache.txt', import.meta.url));
const script = fileURLToPath(new URL('../../../../tools/golden/hub_cache.py', import.meta.url));
const { DEEPFFMPEG_PYTHON = '' } = process.env;

test('a cache is laid out as by Python’s client', async () => {
  const { pull, folder } = await setUp();
  await pull();
  expect(`${(await listing(folder)).join('\n')}\n`).toBe(await readFile(golden, 'utf8'));
});

if (!DEEPFFMPEG_PYTHON)
  console.info('skipped: a shared cache (DEEPFFMPEG_PYTHON names no interpreter that has huggingface_hub)');

describe.skipIf(!DEEPFFMPEG_PYTHON)('a shared cache', () => {
  const runPython = async (...args: string[]) => {
    const set = Object.entries(process.env).filter(([, value]) => value); // an empty one is none to us alone
    const env = Object.fromEntries(set);
    const { stdout } = await promisify(execFile)(DEEPFFMPEG_PYTHON, [script, ...args, repository], { env });
    return JSON.parse(stdout);
  };
  const sizes = Object.fromEntries(neededFiles.map((name) => [name, madeModel.files[name]?.length]));

  test('Python brings, we find', async () => {
    const { pull, hub, hubCache, folder } = await setUp();
    await runPython('download', hubCache);
    const files = (await listing(folder)).filter((line) => !line.startsWith('trees/')); // its notes of the hub's answers
    await expect(`${files.join('\n')}\n`).toMatchFileSnapshot(golden);
    expect((await whereIs(repository, { hubCache, task: 'clip' })).path).toBe(
      join(folder, 'snapshots', commit),
    );
    expect((await checkModel(repository, { hubCache })).files.every(({ state }) => state === 'whole')).toBe(
      true,
    );
    const count = hub.requests.length;
    expect((await pull()).downloadedBytes).toBe(0);
    expect(hub.requests.length).toBe(count + 1);
  });

  test('we bring, Python finds', async () => {
    const { pull, hub, hubCache, folder } = await setUp();
    await pull();
    const count = hub.requests.length;
    const [{ bytes }] = [(await listModels({ hubCache }))[0]!]; // it is there
    expect(await runPython('read', hubCache)).toMatchObject({
      path: join(folder, 'snapshots', commit),
      files: sizes,
      repositories: [repository],
      bytes: bytes - commit.length, // Python counts no references
      references: { main: commit },
      warnings: [],
    });
    expect(hub.requests.length).toBe(count);
  });
});
