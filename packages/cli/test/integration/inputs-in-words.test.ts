import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { beforeEach, expect, test } from 'vitest';
import { runCommand } from '../run-command.js';

let folder = '';
beforeEach(async () => {
  folder = await makeTemporaryFolder();
});

const PLAYLIST = '#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\nfilm.ts\n#EXT-X-ENDLIST\n';
const SUBTITLES = '1\n00:00:01,000 --> 00:00:02,000\nHello\n\n2\n00:00:03,000 --> 00:00:04,000\nthere\n';

test.each([
  ['classify', 'list.m3u8', PLAYLIST],
  ['analyze', 'list.m3u8', PLAYLIST],
  ['combine', 'list.m3u8', PLAYLIST],
  ['analyze', 'words.srt', SUBTITLES],
])('%s tells of %s what helps at the shell', async (command, name, text) => {
  const path = join(folder, name);
  await writeFile(path, text);
  const { code, stderr } = await runCommand([command, path, ...flagsOf(command)]);
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /its format, \w+, is not among those that are read \(.*ffmpeg -i PLAYLIST -c copy film\.mkv\)\n/,
  );
  expect(stderr).not.toContain('option');
});

test('a playlist from stdin is told without advice to spool it', async () => {
  const stdin = Readable.from([Buffer.from(PLAYLIST)]);
  const { stderr } = await runCommand(['classify', '-', ...flagsOf('classify')], { stdin });
  expect(stderr).toContain('ffmpeg -i PLAYLIST');
  expect(stderr).not.toContain('--spool');
});

test.each(['classify', 'analyze', 'combine'])(
  '%s tells of a folder without media what it lacks',
  async (command) => {
    const { code, stderr } = await runCommand([command, folder, ...flagsOf(command)]);
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/^\S+ holds no media files of the kind .* another folder\n/),
    ]);
  },
);

function flagsOf(command: string): string[] {
  if (command === 'classify') return ['--models', 'tiny', '--clip-labels', 'red,blue'];
  return ['-o', join(folder, 'out'), ...(command === 'combine' ? ['--models', 'tiny'] : [])];
}
