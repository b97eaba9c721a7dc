import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
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

test('whoever closes a model that still runs is told when it is closed, however little else there is to do', async () => {
  const folder = await makeTemporaryFolder();
  const path = join(folder, 'model.onnx');
  await writeFile(path, model);
  const script = `
    import { openSession } from ${JSON.stringify(source)};
    const session = await openSession(${JSON.stringify(path)}, { threads: 1 });
    for (let i = 0; i < 50; i++) void session.run({ x: { data: Float32Array.of(1), shape: [1] } });
    await session.close();
    console.log('closed');
  `;
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...['--import', 'tsx', '--input-type=module', '--eval', script],
  ]);
  expect(stdout).toBe('closed\n');
});
