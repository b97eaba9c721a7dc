import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describeWithFfmpeg } from '@deepffmpeg/test-kit';
import { expect, test, vi } from 'vitest';
import { runCommand } from '../run-command.js';

vi.mock('@deepffmpeg/detect', async (original) => ({
  ...(await original<typeof import('@deepffmpeg/detect')>()),
  formatPicture: async () => {
    throw new Error('there is no room for a picture');
  },
}));

describeWithFfmpeg('combine, where no picture of a shot can be made', (media) => {
  test('a film that lacks them is in part, and is done again', async () => {
    await mkdir(media.path('films'));
    for (const name of ['a', 'b'])
      await media.make(
        `films/${name}.mkv`,
        ...['-f', 'lavfi', '-i', 'color=red:s=64x36:r=25:d=1', '-c:v', 'ffv1'],
      );
    const folder = media.path('out');
    const args = ['combine', media.path('films'), '--models', 'tiny', '-o', folder, '--report'];
    for (const _ of ['first', 'second']) {
      const { code, stdout, stderr } = await runCommand(args);
      expect(code).toBe(3);
      expect(stderr.match(/technical: .*no picture.*: there is no room for a picture/g)).toHaveLength(2);
      expect(stderr).not.toContain('done before');
      expect(stdout).toContain('\n2 of 2 films are done, 2 of them in part.\n');
    }
    expect(readFileSync(join(folder, 'combine_run.jsonl'), 'utf8')).not.toContain('fingerprint');
  });
});
