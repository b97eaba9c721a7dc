import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeClapFolder, makeClipFolder, makeFakePython, makeTemporaryFolder } from '@deepffmpeg/test-kit';
import sharp from 'sharp';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { runCommand } from './run-command.js';

interface Average {
  readonly label: string;
  readonly probability: number;
}

let folder = '';
let config = '';
let picture = '';

beforeEach(async () => {
  folder = await makeTemporaryFolder();
  config = join(folder, 'models', 'models_config.json');
  picture = join(folder, 'red.png');
  await sharp({ create: { width: 20, height: 12, channels: 3, background: 'red' } }).toFile(picture);
  vi.stubEnv('DEEPFFMPEG_CACHE', join(folder, 'cache'));
  return () => vi.unstubAllEnvs();
});

/** A conversion that makes a copy of a folder. */
async function convertTo(output: string, made: string, task: string, ...args: string[]) {
  const python = await makeFakePython(join(folder, 'python'), {
    convert: `
      fs.cpSync(${JSON.stringify(made)}, output, { recursive: true });
      const file = { file: 'onnx/model.onnx', dtype: 'fp32', bytes: 2000, difference: 2.34e-6, cosine: 0.99999994 };
      say({ progress: 'loading it\\x1b[31m' });
      say({ result: { sidecar: { logitScale: 27.3, logitBias: -5.7 }, details: { dataset: 'made' }, files: [file] } });`,
  });
  return runCommand([
    'models',
    'convert',
    task,
    task === 'detect' || task === 'yolo' ? made : 'made/source', // a detector's source is a file; the folder stands for one
    '--output',
    output,
    '--python',
    python,
    ...args,
  ]);
}

const clipFolder = () => makeClipFolder(join(folder, 'clip'));
const readConfig = async () => JSON.parse(await readFile(config, 'utf8'));
const classify = (...args: string[]) => runCommand(['classify', picture, '--models-config', config, ...args]);

describe('models convert', () => {
  test('tells what was made and how to use it, names it in models_config.json, and classify reads that', async () => {
    const { code, stdout, stderr } = await convertTo(
      join(folder, 'models', 'seen'),
      await clipFolder(),
      'clip',
    );
    expect([code, stderr]).toEqual([
      0,
      expect.stringMatching(/^making the environment.*\nCollecting.*\nloading it\n$/),
    ]);
    expect(stdout).toMatch(/onnx\/model\.onnx │ +fp32 │ +2 kB │ +2\.3e-6 │ +1\.000000/);
    expect(stdout).toMatch(
      /trained scale 27\.3, bias -5\.7\nto use it: .* --clip-model .*seen, or --models-config .*json\n$/,
    );
    expect(await readConfig()).toEqual({
      clip_model: {
        name: 'made/source',
        dataset: 'made',
        path: 'seen',
        tokenizer_path: 'seen/tokenizer.json',
        tested: true,
      },
    });
    const named = ['--clip-labels', 'red,blue', '--json'];
    const configured = await classify(...named);
    expect(configured.code).toBe(0);
    const direct = await runCommand(['classify', picture, '--clip-model', join(folder, 'clip'), ...named]);
    const averagesOf = ({ stdout }: typeof direct) =>
      JSON.parse(stdout).results[0].averages.map(({ label, probability }: Average) => [label, probability]);
    expect(averagesOf(direct)).toHaveLength(1);
    expect(averagesOf(configured)).toEqual(averagesOf(direct));
  });

  test('leaves what else stands in a models_config.json', async () => {
    const other = { clip_model: { path: 'clip/old.pt', tested: false }, more: [1] };
    await mkdir(join(folder, 'models'));
    await writeFile(config, JSON.stringify(other));
    const made = await makeClapFolder(join(folder, 'clap'));
    const { code } = await convertTo(
      join(folder, 'elsewhere', 'heard'),
      made,
      'clap',
      '--models-config',
      config,
    );
    expect(code).toBe(0);
    expect(await readConfig()).toEqual({
      ...other,
      clap_model: expect.objectContaining({ path: '../elsewhere/heard' }),
    });
  });

  test.each(['detect', 'yolo'])(
    'a detector (%s) is named by its folder alone; --json tells it to machines',
    async (task) => {
      const { stdout } = await convertTo(join(folder, 'models', 'found'), await clipFolder(), task, '--json');
      expect(JSON.parse(stdout)).toMatchObject({
        path: join(folder, 'models', 'found'),
        files: [{ difference: 2.34e-6 }],
      });
      await expect(readConfig()).rejects.toThrow('ENOENT');
    },
  );

  test('what fails is told', async () => {
    const python = await makeFakePython(folder, {
      convert: 'say({ error: "it lacks weights" }); process.exit(1)',
    });
    const failed = await runCommand([
      'models',
      'convert',
      'clip',
      'made/a',
      '--output',
      join(folder, 'b'),
      '--python',
      python,
    ]);
    expect([failed.code, failed.stderr]).toEqual([1, expect.stringMatching(/\nerror: it lacks weights\n$/)]);
    await expect(readConfig()).rejects.toThrow('ENOENT');
  });

  test.each([
    [['clip'], /missing required argument 'source'/],
    [['sing', 'a'], /Allowed choices are clip, clap, detect/],
    [['clip', 'a', '--dtype', 'int4'], /--dtype.*Allowed are fp32, fp16, q8/],
    [['clip', 'a', '--device', 'tpu'], /--device/],
    [['clip', 'a'], /source a: there is no such file or folder: a folder, a name on the hub/],
  ])('%j is a mistake in the flags', async (args, message) => {
    const { code, stderr } = await runCommand(['models', 'convert', ...args]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  });
});

describe('classify --models-config', () => {
  const write = (content: object) =>
    mkdir(join(folder, 'models'), { recursive: true }).then(() => writeFile(config, JSON.stringify(content)));

  test.each([
    [
      'is not there',
      undefined,
      /is not there or names no clip_model: "deepffmpeg models convert clip" writes it, or name/,
    ],
    ['names the other kind only', { clap_model: { path: 'a' } }, /names no clip_model/],
    [
      "is the original's",
      { clip_model: { path: 'models/clip/x.pt' } },
      /a model's folder was expected, models\/clip\/x\.pt came, .* convert its source anew/,
    ],
    ['has no path', { clip_model: {} }, /models_config\.json: clip_model\.path/],
  ])('says what is wrong with a file that %s', async (_, content, message) => {
    if (content) await write(content);
    const { code, stderr } = await classify('--clip-labels', 'red,blue');
    expect([code, stderr]).toEqual([1, expect.stringMatching(message)]);
  });

  test('a model that a flag names goes before, and one that is not needed is not looked at', async () => {
    await write({ clip_model: { path: 'none' }, clap_model: { path: 'none' } });
    const { code, stderr } = await classify('--clip-labels', 'red,blue', '--clip-model', await clipFolder());
    expect([code, stderr.includes('error')]).toEqual([0, false]);
    const both = await classify('--clip-labels', 'red,blue', '--models', 'tiny');
    expect([both.code, both.stderr]).toEqual([2, expect.stringMatching(/cannot be used with option/)]);
  });

  test('a tokenizer of another place is used', async () => {
    const path = await clipFolder();
    await mkdir(join(folder, 'other'));
    for (const name of ['tokenizer.json', 'tokenizer_config.json'])
      await rename(join(path, name), join(folder, 'other', name));
    await write({ clip_model: { path, tokenizer_path: '../other/tokenizer.json' } });
    expect((await classify('--clip-labels', 'red,blue')).code).toBe(0);
    await write({ clip_model: { path } });
    expect((await classify('--clip-labels', 'red,blue')).stderr).toMatch(/lacks tokenizer\.json/);
  });
});
