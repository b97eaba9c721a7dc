import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Calibration, parseCalibration } from '@deepffmpeg/core';
import { makeClipFolder, makeTemporaryFolder } from '@deepffmpeg/test-kit';
import sharp from 'sharp';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { runCommand } from './run-command.js';

const TINY = ['--models', 'tiny'];

let folder = '';
let output = '';
beforeEach(async () => {
  folder = await makeTemporaryFolder();
  vi.stubEnv('DEEPFFMPEG_CACHE', join(folder, 'cache'));
  output = join(folder, 'calibration.json');
  return () => vi.unstubAllEnvs();
});

/** Pictures of nearly one colour, each a little different. */
async function paint(
  label: string,
  [r, g, b]: readonly [number, number, number],
  count = 5,
): Promise<string> {
  const path = join(folder, 'examples', label);
  await mkdir(path, { recursive: true });
  for (let i = 0; i < count; i++) {
    const shade = (value: number) => Math.max(0, value - 12 * i);
    const background = { r: shade(r), g: shade(g), b: shade(b) };
    await sharp({ create: { width: 40, height: 30, channels: 3, background } }).toFile(
      join(path, `${i}.png`),
    );
  }
  return path;
}

async function paintColours(count?: number): Promise<string> {
  await paint('red', [255, 10, 0], count);
  await paint('green', [0, 200, 10], count);
  await paint('blue', [0, 10, 255], count);
  return join(folder, 'examples');
}

const calibrate = (...args: string[]) =>
  runCommand(['models', 'calibrate', join(folder, 'examples'), '--output', output, ...args]);
const classify = (...args: string[]) =>
  runCommand(['classify', join(folder, 'examples'), '--json', '--confidence', '0', ...args]);
const read = async (): Promise<Calibration> => parseCalibration(await readFile(output, 'utf8'), output);

interface Average {
  readonly label: string;
  readonly probability: number;
}
const averagesIn = (stdout: string): Average[][] =>
  JSON.parse(stdout).results.map(({ averages }: { averages: Average[] }) => averages);

describe('models calibrate', () => {
  test('fits a model to a folder of examples, and tells how good it is before and after', async () => {
    await paintColours();
    const { code, stdout, stderr } = await calibrate(...TINY, '--only', 'vision');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^tiny-clip@[0-9a-f]{12}: 15 examples of 3 labels, in 5 parts/);
    expect(stdout).toMatch(/accuracy +│ +[\d.]+ │ +[\d.]+ │/);
    expect(stdout).toMatch(/negative log likelihood +│/);
    expect(stdout).toMatch(/expected calibration error +│/);
    expect(stdout).toMatch(/ {2}\d\.\d to \d\.\d {2}[#.|]{20} {2}right \d\.\d\d, said \d\.\d\d, of \d/);
    expect(stdout).toMatch(/│ red +│ +5 │ +0\.\d+ │ +1\.00 │ +1\.00 │ 1\.00 │/);
    const calibration = await read();
    expect(calibration).toMatchObject({ modality: 'vision', activation: 'softmax', examples: 15, folds: 5 });
    expect(calibration.labels.map(({ label }) => label)).toEqual(['blue', 'green', 'red']);
    expect(calibration.model).toContain(calibration.weightsDigest.slice(0, 12));
  });

  test('--json prints what is written', async () => {
    await paintColours();
    const { stdout } = await calibrate(...TINY, '--clip-labels', 'red,green,blue', '--json');
    expect(stdout).toBe(await readFile(output, 'utf8'));
  });

  test('classify uses temperature and thresholds, whatever the order of the labels', async () => {
    await paintColours();
    await calibrate(...TINY, '--clip-labels', 'red,green,blue');
    const { temperature, labels } = await read();
    const calibrated = await classify(...TINY, '--clip-labels', 'blue,green,red', '--calibration', output);
    expect([calibrated.code, calibrated.stderr]).toEqual([0, '']);
    const flat = await classify(
      ...TINY,
      ...['--clip-labels', 'blue,green,red', '--temperature', String(temperature)],
    );
    const thresholds = new Map(labels.map(({ label, threshold }) => [label, threshold]));
    const expected = averagesIn(flat.stdout).map((averages) =>
      averages.filter(({ label, probability }) => probability >= (thresholds.get(label) ?? 0)),
    );
    expect(averagesIn(calibrated.stdout)).toEqual(expected);
    // Each picture's own colour is left, though no confidence was asked for.
    expect(expected.flat()).toHaveLength(15);
  });

  test('embeddings are scored with it to the same numbers', async () => {
    await paintColours();
    await calibrate(...TINY, '--clip-labels', 'red,green,blue');
    const vectors = join(folder, 'vectors.jsonl');
    const embed = ['embed', join(folder, 'examples'), ...TINY, '--only', 'vision', '--output', vectors];
    await runCommand(embed);
    const args = [...TINY, '--clip-labels', 'red,green,blue', '--calibration', output];
    const again = await runCommand(['classify', '--from-embeddings', vectors, '--json', ...args]);
    expect(again.code).toBe(0);
    expect(averagesIn(again.stdout)).toEqual(averagesIn((await classify(...args)).stdout));
  });

  test('a label without a threshold keeps the common confidence', async () => {
    await paintColours();
    const labels = ['--clip-labels', 'red,green,blue,white'];
    await calibrate(...TINY, ...labels);
    expect((await read()).labels.map(({ label }) => label)).toEqual(['red', 'green', 'blue']);
    const { stdout } = await classify(...TINY, ...labels, '--calibration', output);
    for (const averages of averagesIn(stdout)) expect(averages.map(({ label }) => label)).toContain('white');
  });

  test('categories: a folder for each, within its unit where two units have it', async () => {
    const categories = join(folder, 'looks.txt');
    await writeFile(
      categories,
      '[Warm]\n(Yes)\na red picture\nan orange picture\n(No)\na blue picture\n\n[Leaf]\n(Yes)\na green picture\n(Other)\na red picture\n',
    );
    await paint('Warm/Yes', [255, 10, 0]);
    await paint('Warm/No', [0, 10, 255]);
    await paint('Leaf/Yes', [0, 200, 10]);
    await paint('Other', [250, 0, 0]);
    const { code, stdout } = await calibrate(...TINY, '--clip-categories', categories);
    expect(code).toBe(0);
    expect(stdout).toMatch(/│ Leaf: Yes +│ +5 │/);
    expect((await read()).labels.map(({ group, label }) => `${group}/${label}`)).toEqual([
      'Warm/Yes',
      'Warm/No',
      'Leaf/Yes',
      'Leaf/Other',
    ]);
    const used = await classify(...TINY, '--clip-categories', categories, '--calibration', output);
    expect([used.code, used.stderr]).toEqual([0, '']);
    await paint('Yes', [255, 0, 0]);
    const unclear = await calibrate(...TINY, '--clip-categories', categories);
    expect([unclear.code, unclear.stderr]).toEqual([
      1,
      expect.stringMatching(/"Yes" is a category of Warm and Leaf: put it into a folder for each unit/),
    ]);
  });

  test('sigmoid: each label for itself', async () => {
    await paintColours();
    const model = await makeClipFolder(join(folder, 'model'), { family: 'siglip' });
    const { code } = await calibrate('--clip-model', model, '--clip-labels', 'red,green,blue');
    expect(code).toBe(0);
    const { activation, logitBias, before } = await read();
    expect([activation, logitBias]).toEqual(['sigmoid', -5]);
    expect(before.bins.reduce((sum, { weight }) => sum + weight, 0)).toBe(15 * 3);
    const used = await classify(
      ...['--clip-model', model, '--clip-labels', 'red,green,blue', '--calibration', output],
    );
    expect(used.code).toBe(0);
  });

  test('a wanted precision sets other thresholds, and says where nothing has it', async () => {
    await paintColours();
    await paint('violet', [0, 10, 255]); // the same as blue
    await calibrate(...TINY, '--clip-labels', 'red,green,blue,violet', '--precision', '0.95');
    const { labels } = await read();
    expect(labels.some(({ threshold }) => threshold === Infinity)).toBe(true);
    const { stdout } = await calibrate(
      ...TINY,
      '--clip-labels',
      'red,green,blue,violet',
      '--precision',
      '0.95',
    );
    expect(stdout).toMatch(/: no threshold has that precision: it will never be reported/);
  });

  test('one example that cannot be read does not stop the others', async () => {
    await paintColours(6);
    await writeFile(join(folder, 'examples', 'red', '0.png'), 'no picture');
    const { code, stderr } = await calibrate(...TINY, '--only', 'vision');
    expect([code, stderr]).toEqual([3, expect.stringMatching(/red\/0\.png/)]);
    expect((await read()).examples).toBe(17);
  });
});

describe('a calibration of something else is refused', () => {
  const labels = ['--clip-labels', 'red,green,blue'];
  const use = async (...args: string[]) => {
    const { code, stderr } = await classify('--calibration', output, ...args);
    return [code, stderr];
  };
  const refused = (message: RegExp) => [1, expect.stringMatching(message)];

  test('another model, other labels, another template, another scale', async () => {
    await paintColours();
    await calibrate(...TINY, ...labels);
    const model = await makeClipFolder(join(folder, 'model'));
    expect(await use('--clip-model', model, ...labels)).toEqual(
      refused(/made for tiny-clip@\w+, the labels are read by model@\w+: calibrate anew/),
    );
    expect(await use(...TINY, '--clip-labels', 'red,green')).toEqual(
      refused(/labels with "blue", which .* lacks/),
    );
    expect(await use(...TINY, '--clip-labels', 'red,green,blue,white')).toEqual(
      refused(/made for other labels/),
    );
    expect(await use(...TINY, ...labels, '--clip-template', 'all {}')).toEqual(refused(/the template was "/));
    expect(await use(...TINY, ...labels, '--logit-scale', '3')).toEqual(
      refused(/at scale [\d.]+ and bias 0/),
    );
  });

  test('another text tower, or another tokenizer, of a model that sees the same', async () => {
    await paintColours();
    const model = await makeClipFolder(join(folder, 'model'));
    await calibrate('--clip-model', model, ...labels);
    expect((await use('--clip-model', model, ...labels))[0]).toBe(0);

    const tokenizer = join(folder, 'reader', 'tokenizer.json');
    await mkdir(join(folder, 'reader'));
    await copyFile(join(model, 'tokenizer_config.json'), join(folder, 'reader', 'tokenizer_config.json'));
    await writeFile(tokenizer, `${await readFile(join(model, 'tokenizer.json'), 'utf8')}\n`);
    const other = refused(
      /made with another text tower or tokenizer than model@\w+ reads .*: calibrate anew/,
    );
    expect(await use('--clip-model', model, '--tokenizer', tokenizer, ...labels)).toEqual(other);

    const tower = join(model, 'onnx', 'text_model.onnx');
    const producer = Buffer.from([0x12, 0x01, 0x78]); // the field producer_name, once more
    await writeFile(tower, Buffer.concat([await readFile(tower), producer]));
    expect(await use('--clip-model', model, ...labels)).toEqual(other);
  });

  test('a file that is none', async () => {
    await paintColours();
    await writeFile(output, '{}');
    expect(await use(...TINY, ...labels)).toEqual(refused(/is no calibration.*models calibrate" makes one/));
    await writeFile(output, '');
    expect(await use(...TINY, ...labels)).toEqual(refused(/is not JSON/));
    const { code, stderr } = await classify('--calibration', folder, ...TINY, ...labels);
    expect([code, stderr]).toEqual(refused(/cannot read the calibration .*: it is a directory/));
  });

  test.each([
    [['--clap-labels', 'speech,music'], /requires --clip-labels/],
    [[...labels, '--clip-temperature', '2'], /leave out --clip-temperature/],
    [[...labels, '--temperature', '2'], /leave out --temperature/],
    [[...labels, '--calibration', 'again'], /a second calibration for --clip/],
  ])('%j beside it is a mistake in the flags', async (args, message) => {
    await paintColours();
    await calibrate(...TINY, ...labels);
    const given = args.map((arg) => (arg === 'again' ? output : arg));
    expect(await use(...TINY, ...given)).toEqual([2, expect.stringMatching(message)]);
  });
});

describe('faults of examples', () => {
  const see = [...TINY, '--only', 'vision'];

  test.each<[string, () => Promise<unknown>, string[], RegExp]>([
    ['no folder', async () => {}, see, /the folder .*examples cannot be read/],
    [
      'an empty folder',
      () => mkdir(join(folder, 'examples')),
      see,
      /holds no folders: put examples of each label/,
    ],
    [
      'one label',
      () => paint('red', [255, 0, 0]),
      see,
      /stands alone in its group|examples of one label only/,
    ],
    [
      'one label of several',
      () => paint('red', [255, 0, 0]),
      [...TINY, '--clip-labels', 'red,blue'],
      /examples of one label only/,
    ],
    ['too few', () => paintColours(4), see, /blue has 4 of the 5 examples that are needed at least/],
    [
      'an empty folder of a label',
      async () => mkdir(join(await paintColours(), 'white')),
      see,
      /examples\/white holds no images or video/,
    ],
    [
      'a folder that is no label',
      () => paintColours(),
      [...TINY, '--clip-labels', 'red,green,white'],
      /"blue" is not among red, green, white: rename or remove the folder/,
    ],
  ])('%s', async (_, prepare, args, message) => {
    await prepare();
    const { code, stdout, stderr } = await calibrate(...args);
    expect([code, stdout, stderr]).toEqual([1, '', expect.stringMatching(message)]);
    expect((await readdir(folder)).filter((name) => name.startsWith('calibration'))).toEqual([]);
  });

  test('a model that gives no numbers is told', async () => {
    await paintColours();
    const model = await makeClipFolder(join(folder, 'model'), { broken: true });
    const { code, stderr } = await calibrate('--clip-model', model);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/not finite/)]);
  });

  test.each([
    [[...TINY], /say which model to calibrate/],
    [['--only', 'vision'], /say which model/],
    [[...TINY, '--clip-labels', 'red,blue', '--clap-labels', 'speech,music'], /for images or for audio/],
    [[...TINY, '--only', 'audio', '--clip-labels', 'red,blue'], /for images or for audio/],
    [[...TINY, '--clip-labels', 'red,blue,green', '--audio-window', '1'], /--audio-window requires/],
    [[...TINY, '--only', 'vision', '--precision', '2'], /at most 1/],
    [[...TINY, '--only', 'vision', '--background', 'colourless'], /colourless/],
  ])('%j is a mistake in the flags', async (args, message) => {
    await paintColours();
    const { code, stderr } = await calibrate(...args);
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  });

  test('an example is not overwritten', async () => {
    const examples = await paintColours();
    output = join(examples, 'red', '0.png');
    const before = await readFile(output);
    expect(await calibrate(...TINY, '--only', 'vision')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/would overwrite what an input names/),
    });
    expect(await readFile(output)).toEqual(before);
  });

  test('nor are the labels, nor is a calibration by what it is used for', async () => {
    await paintColours();
    const labels = join(folder, 'labels.txt');
    await writeFile(labels, 'red\ngreen\nblue\n');
    await calibrate(...TINY, '--clip-labels', labels);
    const used = await classify(
      ...[...TINY, '--clip-labels', labels, '--calibration', output, '--output-scores', output],
    );
    expect([used.code, used.stderr]).toEqual([2, expect.stringMatching(/what --calibration names/)]);
    output = labels;
    const { code, stderr } = await calibrate(...TINY, '--clip-labels', labels);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/what --clip-labels names/)]);
  });

  test('stops when it is interrupted, and leaves nothing behind', async () => {
    await paintColours();
    const controller = new AbortController();
    const running = runCommand(
      ['models', 'calibrate', join(folder, 'examples'), '--output', output, ...TINY, '--only', 'vision'],
      { signal: controller.signal },
    );
    setTimeout(() => controller.abort(), 50);
    expect((await running).code).toBe(130);
    expect((await readdir(folder)).filter((name) => name.startsWith('calibration'))).toEqual([]);
  });
});
