import { join } from 'node:path';
import { labelPacks, readLabelPack } from '@deepffmpeg/combined';
import { parseCategories, parseLabels } from '@deepffmpeg/core';
import { makeDetectorFile, makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { tinyClipFolder } from '@deepffmpeg/tiny-models';
import sharp from 'sharp';
import { expect, test, vi } from 'vitest';
import { runCommand } from './run-command.js';

const labels = (...args: string[]) => runCommand(['labels', ...args]);

test('list tells the packs and their flags', async () => {
  const { code, stdout, stderr } = await labels('list');
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/│ --clip-categories pack:video +│ the combined analysis of pictures/);
  expect(stdout).toMatch(/│ --clap-labels pack:music +│/);
  expect(JSON.parse((await labels('list', '--json')).stdout)).toEqual({ packs: labelPacks });
});

test.each(labelPacks)('show $name prints a file that reads back the same', async ({ name, kind }) => {
  const { code, stdout, stderr } = await labels('show', name);
  expect([code, stderr]).toEqual([0, '']);
  const parse = kind === 'labels' ? parseLabels : parseCategories;
  const set = await readLabelPack(name);
  expect(parse(stdout, set.name)).toEqual(set);
  expect(JSON.parse((await labels('show', name, '--json')).stdout)).toEqual(set);
});

test.each([
  [['show', 'nothing'], /there is no label pack "nothing": there are video, /],
  [['show'], /missing required argument/],
  [['sing'], /unknown command/],
])('%j is a mistake', async (args, message) => {
  expect(await labels(...args)).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringMatching(message),
  });
});

test('classify takes packs: categories as they are, labels in the template', async () => {
  const folder = await makeTemporaryFolder();
  vi.stubEnv('DEEPFFMPEG_CACHE', join(folder, 'cache'));
  const picture = join(folder, 'red.png');
  await sharp({ create: { width: 20, height: 12, channels: 3, background: 'red' } }).toFile(picture);
  const classify = (...args: string[]) =>
    runCommand(['classify', picture, '--clip-model', tinyClipFolder, '--json', '--confidence', '0', ...args]);
  const { code, stdout } = await classify('--clip-categories', 'pack:video');
  vi.unstubAllEnvs();
  expect(code).toBe(0);
  const [{ averages }] = JSON.parse(stdout).results;
  expect(averages.map(({ labelSet, group }: Record<string, string>) => [labelSet, group])).toEqual(
    ['VisualStyle', 'ImageQuality', 'ContentPurpose', 'Mood'].map((unit) => ['pack:video', unit]),
  );
  expect(await classify('--clip-categories', 'pack:audio')).toMatchObject({ code: 2, stdout: '' });
});

test('--detect-labels takes the classes of COCO, and not of sound', async () => {
  const folder = await makeTemporaryFolder();
  const data = [[8], [16], [16], [32], [0.9], ...Array.from({ length: 79 }, () => [0])].flat();
  const model = await makeDetectorFile(join(folder, 'made.onnx'), {
    outputs: [{ name: 'output0', shape: [84, 1], data }],
  });
  const picture = join(folder, 'red.png');
  await sharp({ create: { width: 64, height: 64, channels: 3, background: 'red' } }).toFile(picture);
  const detect = (names: string) =>
    runCommand([
      ...['classify', picture, '--detect-model', model, '--detect-head', 'yolov8'],
      ...['--detect-labels', names, '--json'],
    ]);
  const { code, stdout } = await detect('pack:coco');
  expect([code, JSON.parse(stdout).results[0].objects[0].label]).toEqual([0, 'person']);
  expect(await detect('pack:music')).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^error: --detect-labels pack:music: .* labels for sound/),
  });
});
