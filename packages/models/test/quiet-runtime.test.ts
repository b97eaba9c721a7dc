import { execFile } from 'node:child_process';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { makeOnnx, makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { expect, test } from 'vitest';

const source = fileURLToPath(new URL('../src/index.ts', import.meta.url));
const model = makeOnnx({
  inputs: [{ name: 'x', type: 'float32', shape: [1] }],
  outputs: [{ name: 'y', type: 'float32', shape: [1] }],
  nodes: [{ op: 'Neg', inputs: ['x'], output: 'y' }],
});

/** What a process of its own leaves in its home and temporary folders when it opens and runs a model. */
async function leftBehind(): Promise<string[]> {
  const folder = await makeTemporaryFolder();
  const path = join(folder, 'model.onnx');
  await writeFile(path, model);
  const script = `
    import { openSession } from ${JSON.stringify(source)};
    const session = await openSession(${JSON.stringify(path)});
    await session.run({ x: { data: Float32Array.of(1), shape: [1] } });
    await session.close();
  `;
  const { ORT_DISABLE_TELEMETRY: _, ...environment } = process.env; // the one under test
  const homes = { HOME: folder, TMPDIR: folder, XDG_CACHE_HOME: join(folder, '.cache') };
  await promisify(execFile)(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], {
    env: { ...environment, ...homes },
  });
  const left = await readdir(folder, { recursive: true });
  return left.filter(
    (name) => name !== 'model.onnx' && !name.startsWith('tsx-') && !name.startsWith('node-'),
  );
}

test('a model runs without telling anyone, and leaves nothing behind', async () => {
  expect(await leftBehind()).toEqual([]);
});
