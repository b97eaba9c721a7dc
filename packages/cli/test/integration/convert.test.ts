import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { ScoresRecord } from '@deepffmpeg/core';
import { openDetector } from '@deepffmpeg/detect';
import { nativeFfmpegPath } from '@deepffmpeg/ffmpeg-filters';
import {
  type ConvertOptions,
  cacheFolders,
  conversionEnvironment,
  convertModel,
  type ModelTask,
  openConversionEnvironment,
} from '@deepffmpeg/models';
import { makeTemporaryFolder, sharedFolder } from '@deepffmpeg/test-kit';
import sharp from 'sharp';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { runCommand } from '../run-command.js';

const maker = fileURLToPath(new URL('random_models.py', import.meta.url));
const { deepffmpeg: cacheFolder } = cacheFolders();
const environment = await conversionEnvironment({ cacheFolder });
const isAsked = process.env['DEEPFFMPEG_CONVERT'] === '1';

/** PyTorch starts in seconds, and traces for as long. */
const timeout = 600_000;

if (environment.isReady || isAsked)
  describe('a model that is converted', { timeout }, () => testConversions());
else {
  const reason =
    'the Python environment of conversions is not there; DEEPFFMPEG_CONVERT=1 makes it, which takes gigabytes';
  console.info(`skipped: conversions (${reason})`);
  test.skip(`conversions (${reason})`, () => {});
}

interface Made {
  readonly folder: string;
  readonly expected: {
    readonly labels: readonly string[];
    readonly probabilities: readonly number[];
    readonly found: readonly {
      readonly label: string;
      readonly confidence: number;
      readonly centre: readonly [number, number];
      readonly size: readonly [number, number];
    }[];
  };
}

/** Makes a source with random weights; says, too, what Python's model says about its picture or sound. */
async function makeSource(kind: string, tokenizer: string[] = []): Promise<Made> {
  const folder = await makeTemporaryFolder();
  await promisify(execFile)(environment.python, ['-E', '-s', '-B', maker, kind, folder, ...tokenizer]);
  return { folder, expected: JSON.parse(await readFile(join(folder, 'expected.json'), 'utf8')) };
}

async function convert(
  { folder }: Made,
  task: ModelTask,
  source = 'source',
  options: Partial<ConvertOptions> = {},
) {
  const conversion = await convertModel({
    task,
    source: join(folder, source),
    output: join(folder, 'converted'),
    hasTorchscript: true,
    hasOpenvino: true,
    cacheFolder,
    ...options,
  });
  const exact = conversion.files.filter(({ dtype }) => dtype === 'fp32');
  const formats = ['onnx', 'openvino', ...(options.hasTorchscript === false ? [] : ['torchscript'])];
  expect(exact.map(({ file }) => file.split('/')[0])).toEqual(expect.arrayContaining(formats));
  for (const { difference, cosine } of exact) {
    expect(difference).toBeLessThan(1e-3);
    expect(cosine).toBeGreaterThan(0.9999);
  }
  return conversion;
}

/** The probabilities that Node gives for the medium of a source. */
async function classify(
  { folder, expected }: Made,
  kind: 'clip' | 'clap',
  medium: string,
  ...more: string[]
) {
  vi.stubEnv('DEEPFFMPEG_CACHE', join(folder, 'cache'));
  if (more.includes('native')) vi.stubEnv('DEEPFFMPEG_FFMPEG', nativeFfmpeg);
  const labels = join(folder, 'labels.txt');
  await writeFile(labels, expected.labels.join('\n'));
  const { code, stderr } = await runCommand([
    ...['classify', resolve(folder, medium), `--${kind}-model`, join(folder, 'converted')],
    ...[`--${kind}-labels`, labels, `--${kind}-template`, '{}'],
    ...['--output-scores', join(folder, 'scores.jsonl'), ...more],
  ]).finally(() => vi.unstubAllEnvs());
  expect([code, stderr.includes('error')]).toEqual([0, false]);
  const lines = (await readFile(join(folder, 'scores.jsonl'), 'utf8')).trim().split('\n');
  expect(lines).toHaveLength(1);
  const { groups }: ScoresRecord = JSON.parse(lines.join(''));
  return groups.flatMap(({ labels }) => labels.map(({ probability }) => probability));
}

/** Both edges of a box, as far as they are in the picture. */
const inside = (centre: number, size: number) =>
  [centre - size / 2, centre + size / 2].map((edge) => Math.min(128, Math.max(0, edge)));

/** What a converted detector finds is what Python's model finds, box by box. */
async function expectFound(path: string, made: Made): Promise<void> {
  const detector = await openDetector(path, {
    confidence: 1e-6,
    overlap: 1,
    mostObjects: 2000,
    cacheFolder: join(made.folder, 'cache'),
  });
  const { data, info } = await sharp(join(made.folder, 'medium.png'))
    .raw()
    .toBuffer({ resolveWithObject: true });
  try {
    const [found = []] = await detector.detect([{ data, width: info.width, height: info.height }]);
    const rows = made.expected.found.map(({ label, confidence, centre: [x, y], size: [width, height] }) => ({
      label,
      numbers: [confidence, ...inside(x, width), ...inside(y, height)],
    }));
    expect(found).toHaveLength(rows.length);
    // Equal parts of the picture give equal scores: each is looked for among all.
    const missing = found.filter(({ label, confidence, region: { x, y, width, height } }) => {
      const numbers = [confidence, x, x + width, y, y + height];
      const isSame = (row: (typeof rows)[number]) =>
        row.label === label && row.numbers.every((value, i) => Math.abs(value - numbers[i]!) < 1e-3); // of one length
      return !rows.some(isSame);
    });
    expect(missing).toEqual([]);
  } finally {
    await detector.close();
  }
}

const nativeFfmpeg = nativeFfmpegPath() ?? '';
const runtimes = ['openvino', 'torch'].filter((name) =>
  existsSync(join(nativeFfmpeg, '../../lib', `libdeepffmpeg_${name}.so`)),
);
if (runtimes.length === 0)
  console.info('skipped: converted models within ffmpeg (nothing was built: npm run build -w native)');

/** Runs the native ffmpeg, and gives what it logged. */
const runNative = async (...args: string[]) => {
  const given = ['-hide_banner', '-nostdin', '-loglevel', 'info', ...args];
  return (await promisify(execFile)(nativeFfmpeg, given)).stderr;
};

/** Within ffmpeg each runtime gives what Python's model says, as onnxruntime does of the same medium. */
async function expectNativeSame(made: Made, kind: 'clip' | 'clap'): Promise<void> {
  if (runtimes.length === 0) return;
  const medium = join(made.folder, kind === 'clip' ? 'medium.mkv' : 'medium.wav');
  // The engine takes no stills: the same pixels, as a film of one frame.
  if (kind === 'clip') await runNative('-i', join(made.folder, 'medium.png'), '-c:v', 'png', medium);
  const engines = runtimes.map((runtime) => ['--engine', 'native', '--runtime', runtime]);
  for (const flags of [[], ...engines]) {
    const given = await classify(made, kind, medium, ...flags);
    expect(given).toHaveLength(made.expected.probabilities.length);
    given.forEach((probability, i) => {
      expect(Math.abs(probability - made.expected.probabilities[i]!), `${flags}`).toBeLessThan(1e-3); // of one length
    });
  }
}

/** With the head of `native convert-detector`, `dnn_detect` finds the best boxes of Python's model. */
async function expectNativeBoxes(path: string, { folder, expected }: Made): Promise<void> {
  if (!runtimes.includes('openvino')) return;
  const detector = join(folder, 'ssd.onnx');
  const args = ['native', 'convert-detector', join(path, 'onnx', 'model.onnx'), '--output', detector];
  expect((await runCommand(args)).code).toBe(0);
  const labels = join(folder, 'source', 'labels.txt');
  const best = Math.max(...expected.found.map(({ confidence }) => confidence));
  const filter = `dnn_detect=dnn_backend=openvino:model=${detector}:labels=${labels}:confidence=${best * 0.9},showinfo`;
  const told = await runNative('-i', join(folder, 'medium.png'), '-vf', filter, '-f', 'null', '-');
  const [, label, part, whole] = /label: (.*), confidence: (\d+)\/(\d+)/.exec(told) ?? [];
  const [first] = expected.found.filter(({ confidence }) => confidence === best);
  expect(label).toBe(first?.label);
  expect(Math.abs(Number(part) / Number(whole) - best)).toBeLessThan(1e-3);
}

function testConversions(): void {
  beforeAll(async () => {
    await openConversionEnvironment({ cacheFolder });
  }, 3_600_000);

  // What float32 leaves, times the scale.
  const expectSame = (given: number[], { probabilities }: Made['expected']) => {
    expect(given).toHaveLength(probabilities.length);
    given.forEach((probability, i) => {
      expect(Math.abs(probability - probabilities[i]!)).toBeLessThan(1e-4); // of one length
    });
  };

  test('CLIP of transformers', async () => {
    const made = await makeSource('transformers_clip');
    const { sidecar, files } = await convert(made, 'clip', 'source', { dtypes: ['fp32', 'fp16', 'q8'] });
    expect(sidecar).toMatchObject({ logitScale: expect.closeTo(Math.exp(1.7), 5), embeddingSize: 24 });
    expect(files).toHaveLength(12);
    for (const { dtype, cosine } of files)
      expect(cosine).toBeGreaterThan({ fp32: 0.9999, fp16: 0.999, q8: 0.97 }[dtype]);
    expectSame(await classify(made, 'clip', 'medium.png'), made.expected);
    await expectNativeSame(made, 'clip');
    const half = await classify(made, 'clip', 'medium.png', '--dtype', 'fp16');
    half.forEach((p: number, i: number) => {
      expect(Math.abs(p - made.expected.probabilities[i]!)).toBeLessThan(0.02);
    });
  });

  test('CLIP of open_clip, prepared as MobileCLIP wants it', async () => {
    const made = await makeSource('open_clip_folder');
    const { sidecar } = await convert(made, 'clip');
    expect(sidecar).toMatchObject({ logitScale: expect.closeTo(Math.exp(1.5), 5), padTo: 'max-length' });
    expectSame(await classify(made, 'clip', 'medium.png'), made.expected);
    await expectNativeSame(made, 'clip');
  });

  test('MS-CLAP 2023, whose network takes samples', async () => {
    const made = await makeSource('ms_clap');
    const { sidecar } = await convert(made, 'clap');
    expect(sidecar).toMatchObject({
      logitScale: expect.closeTo(Math.exp(3.3), 4),
      audio: { sampleRate: 44100, padding: 'repeat' },
    });
    expectSame(await classify(made, 'clap', 'medium.wav'), made.expected);
    await expectNativeSame(made, 'clap');
  });

  test('YOLOX', async () => {
    const made = await makeSource('yolox');
    const { path } = await convert(made, 'detect', 'source/weights.pth', {
      labels: join(made.folder, 'source', 'labels.txt'),
      inputSize: 128,
    });
    await expectFound(path, made);
    await expectNativeBoxes(path, made);
  });

  test.each([
    ['model.torchscript', true],
    ['model.onnx', false],
  ])('an export of the shape of YOLOv8: %s', async (file, hasTorchscript) => {
    const made = await makeSource('yolov8');
    const { path, sidecar } = await convert(made, 'detect', join('source', file), { hasTorchscript });
    expect(sidecar).toMatchObject({ detect: { head: 'yolov8', labels: ['one', 'two', 'three'] } });
    await expectFound(path, made);
  });

  test('a source that lacks weights is refused, and leaves nothing', async () => {
    const made = await makeSource('transformers_clip');
    await promisify(execFile)(environment.python, [
      '-c',
      `import sys; from safetensors.torch import load_file, save_file
path = sys.argv[1]; state = load_file(path); del state["visual_projection.weight"]; save_file(state, path, {"format": "pt"})`,
      join(made.folder, 'source', 'model.safetensors'),
    ]);
    await expect(convert(made, 'clip')).rejects.toMatchObject({
      code: 'ERR_CONVERSION',
      message: expect.stringMatching(
        /lacks 1 of the weights of CLIPModel, among them visual_projection\.weight/,
      ),
    });
    expect(await readdir(made.folder)).toEqual(['expected.json', 'medium.png', 'source']);
  });

  test.each([
    [
      'is off by more than a thousandth',
      '[0.5, 0.5]',
      '[0.5, 0.5015]',
      'fp32',
      'differs from its source by 0.0015',
    ],
    ['points elsewhere, where all is small', '[5e-4, 5e-4]', '[5e-4, 4e-4]', 'fp32', 'smallest cosine 0.99'],
    ['overflows', '[0.5, 0.5]', '[0.5, numpy.inf]', 'fp16', 'not finite'],
    ['has another shape', '[0.5, 0.5]', '[0.5]', 'q8', 'gives [1, 1] where its source gives [1, 2]'],
    ['is near enough', '[0.5, 0.5]', '[0.5, 0.5005]', 'fp32', 'kept'],
    ['is near enough for its large numbers', '[500, 0]', '[500.1, 0.1]', 'fp32', 'kept'],
  ])('a file that %s', async (_, source, given, dtype, answer) => {
    const program = `
import sys; sys.path.insert(0, sys.argv[1])
import numpy, pathlib, torch
from channel import ConversionError
from export import compare
from network import Network
source = Network("n", torch.nn.Identity(), [{"x": torch.zeros(1)}], "y", answers=[numpy.array([${source}])])
try:
    compare(source, pathlib.Path(sys.executable), "n.onnx", "${dtype}", lambda _: numpy.array([${given}]))
    print("kept")
except ConversionError as error:
    print(error)`;
    const place = join(maker, '../../../../models/convert');
    const { stdout } = await promisify(execFile)(environment.python, ['-B', '-c', program, place]);
    expect(stdout).toContain(answer);
  });

  describe.skipIf(sharedFolder === undefined)('with the shared test material', () => {
    const golden = join(sharedFolder ?? '', 'golden');

    test('the checkpoint of 16 bits: its trained scale, and the answers of the reference', async () => {
      const folder = await makeTemporaryFolder();
      const output = join(folder, 'converted');
      const tokenizer = join(golden, 'clip-tokenizer', 'tokenizer.json');
      const source = join(golden, 'models/clip-tiny-checkpoint');
      const { sidecar } = await convertModel({ task: 'clip', source, output, tokenizer, cacheFolder });
      expect(sidecar['logitScale']).toBe(61.62661);
      const reference = JSON.parse(await readFile(join(golden, 'models/clip-tiny/reference.json'), 'utf8'));
      const [image] = reference.images;
      const [probabilities] = reference.probabilities;
      const made = { folder, expected: { labels: reference.texts, probabilities, found: [] } };
      const picture = join(golden, '..', '..', image.preprocessed_png); // its paths begin with shared/
      expectSame(await classify(made, 'clip', picture), made.expected);
    });

    test('SigLIP of transformers', async () => {
      const tokenizer = join(golden, 'models/siglip-tiny');
      const made = await makeSource('siglip', [tokenizer]);
      const { sidecar } = await convert(made, 'clip', 'source', { tokenizer });
      expect(sidecar).toMatchObject({
        activation: 'sigmoid',
        logitScale: expect.closeTo(Math.exp(2.5), 4),
        logitBias: -0.7,
      });
      expectSame(await classify(made, 'clip', 'medium.png'), made.expected);
      await expectNativeSame(made, 'clip');
    });

    test('CLAP of LAION', async () => {
      const tokenizer = join(golden, 'models/clap-tiny');
      const made = await makeSource('laion_clap', [tokenizer]);
      const { sidecar } = await convert(made, 'clap', 'source', { tokenizer });
      expect(sidecar).toMatchObject({ logitScale: expect.closeTo(Math.exp(2.1), 5) });
      expectSame(await classify(made, 'clap', 'medium.wav'), made.expected);
      await expectNativeSame(made, 'clap');
    });
  });
}
