import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const cli = fileURLToPath(new URL('../../src/index.ts', import.meta.url));

/** Runs a command that prints some lines, and gives its exit code and what it tells. */
async function printTo(stdout: number | 'gone'): Promise<[code: number, stderr: string]> {
  const child = spawn(process.execPath, ['--import', 'tsx', cli, 'labels', 'show', 'coco'], {
    stdio: ['ignore', stdout === 'gone' ? 'pipe' : stdout, 'pipe'],
  });
  child.stdout?.destroy();
  const closed = once(child, 'close');
  const stderr = await text(child.stderr!); // asked for above
  const [code] = await closed;
  return [code, stderr];
}

// Only Linux has a device that is always full.
describe.skipIf(process.platform !== 'linux')('stdout', () => {
  test('that is full is told, and is a failure', { timeout: 30_000 }, async () => {
    const full = await open('/dev/full', 'w');
    const [code, stderr] = await printTo(full.fd).finally(() => full.close());
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^error: cannot write to stdout: ENOSPC.*\n$/)]);
  });

  test('whose reader went away, as head does, is none', { timeout: 30_000 }, async () => {
    expect(await printTo('gone')).toEqual([0, '']);
  });
});
