import { createReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { makeClipFolder } from '@deepffmpeg/test-kit';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Ran, runCommand } from '../run-command.js';

let folder = '';
let server: Server;
let flags: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deepffmpeg-cli-'));
  flags = ['--clip-model', await makeClipFolder(join(folder, 'model')), '--clip-labels', 'red,green,blue'];
  flags.push('--confidence', '0', '--json');
  server = createServer((request, response) => {
    createReadStream(join(folder, request.url!.slice(1)))
      .on('error', () => response.writeHead(404).end())
      .pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  for (const [name, picture] of Object.entries(pictures)) await picture.toFile(join(folder, name));
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true, force: true });
});

/** Two halves, so that it matters which side is up. */
const halves = (pageHeight?: number) => {
  const bytes = Buffer.alloc(24 * 12 * 4);
  for (let i = 0; i < bytes.length; i += 4)
    bytes.set(i < bytes.length / 2 ? [255, 0, 0, 255] : [0, 0, 255, 0], i);
  return sharp(bytes, { raw: { width: 24, height: 12, channels: 4, ...(pageHeight && { pageHeight }) } });
};

/** Of each, ffmpeg would make something else than our reader of pictures does. */
const pictures = {
  'transparent.png': halves().png(),
  'turned.jpg': halves().withMetadata({ orientation: 6 }).jpeg(),
  'moving.webp': halves(6).webp({ loop: 0 }),
  'moving.gif': halves(6).gif({ loop: 0 }),
};

const classify = (input: string, stdin: Readable = Readable.from([]), ...more: string[]) =>
  runCommand(['classify', input, ...flags, ...more], { stdin });
const answer = ({ stdout }: Ran) => {
  const [{ input, averages, segments, ...rest }] = JSON.parse(stdout).results;
  return { averages, ...rest };
};
const addressOf = (name: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/${name}`;

describe('a picture gives one answer, whichever way it comes', () => {
  test.each(Object.keys(pictures))(
    '%s',
    async (name) => {
      const path = join(folder, name);
      const file = answer(await classify(path));
      expect(file).toMatchObject({ frames: 1, partial: false });
      expect(file.averages).toHaveLength(3);
      expect(answer(await classify('-', createReadStream(path, { highWaterMark: 3 })))).toEqual(file);
      expect(answer(await classify('-', createReadStream(path), '--spool'))).toEqual(file);
      expect(answer(await classify(addressOf(name)))).toEqual(file);
    },
    60_000,
  );

  test('--background counts for all of them', async () => {
    const path = join(folder, 'transparent.png');
    const green = ['--background', '#00ff00'];
    const file = answer(await classify(path, undefined, ...green));
    expect(file).not.toEqual(answer(await classify(path)));
    expect(answer(await classify('-', createReadStream(path), ...green))).toEqual(file);
    expect(answer(await classify(addressOf('transparent.png'), undefined, ...green))).toEqual(file);
  });
});

test('of animations is told once that the first frame is read', async () => {
  const inputs = ['moving.webp', 'moving.gif', 'transparent.png'].map((name) => join(folder, name));
  const { code, stderr } = await runCommand(['classify', ...inputs, ...flags]);
  expect([code, stderr]).toEqual([
    0,
    `${inputs[0]}: of an animation only the first frame is read, here of 2\n`,
  ]);
  const { stderr: refused } = await runCommand(['analyze', inputs[1]!, '-o', join(folder, 'out')]);
  expect(refused).toMatch(/is a still picture: .*make a video of it first, with: ffmpeg -i/);
});

test('a damaged picture is told by the name it came by, without advice for videos', async () => {
  const path = join(folder, 'cut.png');
  const { data } = await sharp({ create: { width: 400, height: 400, channels: 3, background: 'red' } })
    .png({ compressionLevel: 0 })
    .toBuffer({ resolveWithObject: true });
  await writeFile(path, data.subarray(0, data.length / 2));
  for (const spool of [[], ['--spool']]) {
    const { code, stderr } = await classify('-', createReadStream(path), ...spool);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^- cannot be read as a picture: /);
    expect(stderr).not.toMatch(/spool|tmp/);
  }
  const { stderr } = await classify(addressOf('cut.png'));
  expect(stderr).toContain(`${addressOf('cut.png')} cannot be read as a picture: `);
});

test('a stdin that fails, or is empty, is told', async () => {
  const broken = new Readable({
    read() {
      this.destroy(new Error('the disk is gone'));
    },
  });
  expect((await classify('-', broken)).stderr).toContain('reading stdin failed: the disk is gone');
  const empty = await classify('-', Readable.from([]));
  expect(empty.stderr).toBe('- is empty\n');
});

test('an address that is not there is told by ffmpeg', async () => {
  const { code, stderr } = await classify(addressOf('missing.png'));
  expect(code).toBe(1);
  expect(stderr).toMatch(/cannot be read as video or audio: .*404/s);
});

test('an interrupt ends the wait for the first bytes of stdin', async () => {
  const controller = new AbortController();
  const stdin = new Readable({ read: () => setImmediate(() => controller.abort()) });
  const running = runCommand(['classify', '-', ...flags], { stdin, signal: controller.signal });
  expect(await running).toMatchObject({ code: 130 });
  expect(stdin.destroyed).toBe(true);
});

test.each(['analyze', 'combine'])('%s takes no picture from stdin or an address either', async (command) => {
  const more = command === 'combine' ? ['--models', 'tiny'] : [];
  for (const input of ['-', addressOf('transparent.png')]) {
    const stdin = createReadStream(join(folder, 'transparent.png'));
    const args = [command, input, '-o', join(folder, 'out'), ...more];
    const { code, stderr } = await runCommand(args, { stdin });
    expect(stderr).toContain(`${input} is a still picture`);
    expect(code).toBe(1);
  }
});
