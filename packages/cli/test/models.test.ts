import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  describeWithShared,
  type MadeHub,
  makeClapFolder,
  makeClipFolder,
  makeTemporaryFolder,
  readRepositoryFolder,
  startHub,
} from '@deepffmpeg/test-kit';
import sharp from 'sharp';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { runCommand } from './run-command.js';

const name = 'made/clip';
let hub: MadeHub;
let hubCache = '';
let picture = '';

/** A hub with these folders as repositories, and empty caches. */
async function startHubWith(folders: Readonly<Record<string, string>>): Promise<void> {
  const entries = Object.entries(folders).map(
    async ([name, folder]) => [name, await readRepositoryFolder(folder)] as const,
  );
  hub = await startHub(Object.fromEntries(await Promise.all(entries)));
  vi.stubEnv('HF_ENDPOINT', hub.endpoint);
}

beforeEach(async () => {
  const folder = await makeTemporaryFolder();
  hubCache = join(folder, 'hub');
  for (const [variable, value] of Object.entries({
    HF_HOME: folder,
    HF_HUB_CACHE: '',
    HF_HUB_OFFLINE: '',
    HF_TOKEN: '',
    DEEPFFMPEG_CACHE: join(folder, 'ours'),
  }))
    vi.stubEnv(variable, value);
  await startHubWith({
    [name]: await makeClipFolder(join(folder, 'clip')),
    'made/clap': await makeClapFolder(join(folder, 'clap')),
  });
  picture = join(folder, 'red.png');
  await sharp({ create: { width: 20, height: 12, channels: 3, background: 'red' } }).toFile(picture);
  return () => vi.unstubAllEnvs();
});

const models = (...args: string[]) => runCommand(['models', ...args]);
const readJson = async (...args: string[]) => JSON.parse((await models(...args, '--json')).stdout);
const classify = (...args: string[]) =>
  runCommand(['classify', picture, '--clip-model', name, '--clip-labels', 'red,blue', ...args]);

describe('models pull', () => {
  test('brings models, says how far it is on stderr and the result on stdout', async () => {
    const { code, stdout, stderr } = await models('pull', name, 'made/clap');
    expect([code, stdout.match(/\n/g)]).toEqual([0, ['\n', '\n']]);
    expect(stdout).toMatch(
      /^made\/clip@c{12}: 7 files, [\d.]+ kB, [\d.]+ kB downloaded: .*models--made--clip/,
    );
    expect(stderr).toMatch(/^made\/clip: \d+ B of [\d.]+ kB {2}config\.json\nmade\/clap: /);
    expect((await models('pull', name)).stdout).toMatch(/complete/);
  });

  test('--json tells the same to machines', async () => {
    const { models } = await readJson('pull', name);
    expect(models).toEqual([
      expect.objectContaining({ model: name, name, files: expect.arrayContaining(['config.json']) }),
    ]);
  });

  test('one that is not to be had does not stop the others', async () => {
    const some = await models('pull', 'made/none', name);
    expect([some.code, some.stderr]).toEqual([
      3,
      expect.stringMatching(/^error: there is no model made\/none/),
    ]);
    expect((await models('pull', 'made/none')).code).toBe(1);
    expect((await readJson('pull', 'made/none')).models[0].error.code).toBe('ERR_MODEL_MISSING');
  });

  test('says where a model is that the hub does not have', async () => {
    const { code, stderr } = await models('pull', 'yolox-s');
    expect([code, stderr]).toEqual([1, expect.stringMatching(/github\.com.*--detect-model yolox_s\.onnx/)]);
    expect(hub.requests).toEqual([]);
  });

  test('a set stands for its models', async () => {
    const clip = await makeClipFolder(await makeTemporaryFolder());
    const clap = await makeClapFolder(await makeTemporaryFolder());
    await startHubWith({ 'Xenova/clip-vit-base-patch32': clip, 'Xenova/clap-htsat-unfused': clap });
    const document = await readJson('pull', 'fast');
    expect(document.models.map(({ model }: { model: string }) => model)).toEqual([
      'clip-vit-base-patch32',
      'clap-htsat-unfused',
    ]);
    const missing = await models('pull', 'balanced');
    expect([missing.code, missing.stderr]).toEqual([
      3,
      expect.stringContaining('Xenova/clip-vit-base-patch16'),
    ]);
  });

  test.each([
    [['pull', 'tiny'], /are included: there is nothing to download/],
    [['pull'], /missing required argument/],
    [['pull', name, '--dtype', 'int4'], /--dtype/],
    [['pull', 'mobileclip-s0', '--dtype', 'q8'], /q8 of mobileclip-s0 cannot be used: its image tower/],
    [['sing'], /unknown command|too many arguments/],
  ])('%j is a mistake in the flags', async (args, message) => {
    const { code, stderr } = await models(...args);
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  });
});

describe('models list, show, where, remove, check', () => {
  test('list tells those that are known and those in the cache', async () => {
    await models('pull', name);
    const { code, stdout } = await models('list');
    expect(code).toBe(0);
    expect(stdout).toMatch(/│ clip-vit-base-patch32 +│ clip +│ fast +│ +│ 63\.2 % \[1\] +│ MIT/);
    expect(stdout).toMatch(/│ datacomp-vit-large-patch14 +│ clip +│ slow +│ needs conversion │/);
    expect(stdout).toMatch(/│ made\/clip +│ +│ +│ +[\d.]+ kB │/);
    expect(stdout).toMatch(/\n--models best: siglip2-base and clap-htsat-unfused: the most accurate/);
    const document = await readJson('list');
    expect(document.hubCache).toBe(hubCache);
    expect(document.models.at(-1)).toMatchObject({ name, cached: { revisions: { main: 'c'.repeat(40) } } });
  });

  test('show tells all of one', async () => {
    const { stdout } = await models('show', 'siglip2-base');
    expect(stdout).toMatch(/repository +onnx-community\/siglip2-base-patch16-224-ONNX\n/);
    expect(stdout).toMatch(/scale +112\.6688\d+\n {2}bias +-16\.7717/);
    expect(stdout).toMatch(/speed +medium, 35\.42 billion operations a picture \(https/);
    expect(stdout).toMatch(/set +--models best\n/);
    expect(stdout).toMatch(/in the cache +no\n/);
    expect((await models('show', 'ms-clap-2023')).stdout).toMatch(
      /made by +deepffmpeg models convert clap microsoft\/msclap\n/,
    );
    expect(await readJson('show', 'yolox-s')).toMatchObject({
      known: { task: 'detect', licence: 'Apache-2.0' },
    });
    const unknown = await models('show', 'made/none');
    expect([unknown.code, unknown.stderr]).toEqual([
      1,
      expect.stringMatching(/nothing is known about made\/none/),
    ]);
  });

  test.each(['where', 'show', 'check'])(
    '%s of a set names its models, and how to use it',
    async (command) => {
      expect(await models(command, 'balanced')).toEqual({
        code: 2,
        stdout: '',
        stderr:
          'error: balanced is a set of models, which --models takes: name clip-vit-base-patch16 or clap-htsat-unfused, of which it is made\n',
      });
      const tiny = await models(command, 'tiny');
      expect([tiny.code, tiny.stderr]).toEqual([2, expect.stringContaining('come with the program')]);
      expect(tiny.stderr).not.toContain('pull');
    },
  );

  test('where prints a folder, and nothing else', async () => {
    expect(await models('where', name)).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/"deepffmpeg models pull made\/clip"(?!.*(?:pullModel|--))/), // it has no such flags
    });
    await models('pull', name);
    const path = join(hubCache, 'models--made--clip', 'snapshots', 'c'.repeat(40));
    expect(await models('where', name, '--task', 'clip')).toEqual({
      code: 0,
      stdout: `${path}\n`,
      stderr: '',
    });
    expect((await models('where', name, '--task', 'clip', '--dtype', 'q8')).code).toBe(1);
  });

  test('remove takes it out of the cache', async () => {
    await models('pull', name);
    const { code, stdout } = await models('remove', name);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^made\/clip: [\d.]+ kB removed/)]);
    expect((await models('remove', name)).code).toBe(1);
    expect((await readdir(hubCache)).filter((entry) => entry.startsWith('models--'))).toEqual([]);
  });

  test('check finds what is damaged, and pull repairs it', async () => {
    await models('pull', name);
    expect(await models('check', name)).toMatchObject({ code: 0, stderr: '' });
    const blobs = join(hubCache, 'models--made--clip', 'blobs');
    const [blob = ''] = (await readdir(blobs)).filter((each) => each.length === 64);
    await writeFile(join(blobs, blob), 'damaged');
    const { code, stdout, stderr } = await models('check', name);
    expect(code).toBe(1);
    expect(stdout).toMatch(/ {2}damaged {2}onnx\//);
    expect(stderr).toMatch(
      /onnx\/\w+\.onnx is damaged: "deepffmpeg models pull made\/clip" downloads these files again/,
    );
    const states = (await readJson('check', name)).models[0].files.map(
      ({ state }: { state: string }) => state,
    );
    expect(states.filter((state: string) => state === 'damaged')).toHaveLength(1);
    await models('pull', name);
    expect((await models('check', name)).code).toBe(0);
  });
});

describe('classify with a name on the hub', () => {
  test('brings nothing unasked, and says what would', async () => {
    const { code, stderr } = await classify();
    expect([code, stderr]).toEqual([1, expect.stringContaining('"deepffmpeg models pull made/clip"')]);
    expect(hub.requests).toEqual([]);
  });

  test('--download brings it from an empty cache; after that nobody is asked', async () => {
    const { code, stdout, stderr } = await classify('--download');
    expect(code).toBe(0);
    expect(stdout).toMatch(/1 frame scored/);
    expect(stderr).toMatch(/^made\/clip: /);
    const count = hub.requests.length;
    const again = await classify('--download');
    vi.stubEnv('HF_HUB_OFFLINE', '1');
    const offline = await classify('--download');
    expect([again.stdout, offline.stdout, again.stderr]).toEqual([stdout, stdout, '']);
    expect((await classify()).stdout).toBe(stdout);
    expect(hub.requests.length).toBe(count);
  });

  test('--download asks nobody for a folder', async () => {
    const folder = await makeClipFolder(join(hubCache, 'mine'));
    const args = ['classify', picture, '--clip-model', folder, '--clip-labels', 'red,blue', '--download'];
    expect((await runCommand(args)).code).toBe(0);
    expect(hub.requests).toEqual([]);
  });

  test('offline: says so', async () => {
    vi.stubEnv('HF_HUB_OFFLINE', '1');
    const { code, stderr } = await classify('--download');
    expect([code, stderr]).toEqual([1, expect.stringMatching(/HF_HUB_OFFLINE is set: unset it/)]);
  });

  test('--dtype takes other networks', async () => {
    const { code, stderr } = await classify('--download', '--dtype', 'q8');
    expect([code, stderr]).toEqual([1, expect.stringMatching(/has no onnx\/vision_model_quantized\.onnx/)]);
    await models('pull', name);
    expect((await classify('--dtype', 'fp16')).stderr).toMatch(/models pull made\/clip --dtype fp16/);
  });

  describe('--models with a set of the registry', () => {
    const args = (...more: string[]) => [
      ...['classify', picture, '--models', 'fast', '--clip-labels', 'red,blue', '--confidence', '0', ...more],
    ];

    test('brings nothing unasked, and names both ways that would', async () => {
      const { code, stderr } = await runCommand(args());
      expect([code, stderr]).toEqual([
        1,
        expect.stringMatching(/"deepffmpeg models pull clip-vit-base-patch32".*--download.*--models tiny/),
      ]);
      expect(hub.requests).toEqual([]);
    });

    test('--download brings what is asked for, and no more', async () => {
      const clip = await makeClipFolder(await makeTemporaryFolder());
      await startHubWith({ 'Xenova/clip-vit-base-patch32': clip });
      const { code, stdout, stderr } = await runCommand(args('--download'));
      expect([code, stderr]).toEqual([0, expect.stringMatching(/^clip-vit-base-patch32: /)]);
      expect(stdout).toMatch(/red +│ +1 │ +0\.\d{4} │/);
      expect((await runCommand(args())).stdout).toBe(stdout);
    });

    test('is one or the other', async () => {
      const { code, stderr } = await runCommand(args('--clip-model', name));
      expect([code, stderr]).toEqual([2, expect.stringMatching(/cannot be used with/)]);
      const unknown = await runCommand(['classify', picture, '--models', 'huge', '--clip-labels', 'a,b']);
      expect([unknown.code, unknown.stderr]).toEqual([
        2,
        expect.stringMatching(/tiny, fast, balanced, best/),
      ]);
    });
  });

  test('tiny is a name for --clip-model and --clap-model, too', async () => {
    const args = ['classify', picture, '--clip-labels', 'red,blue', '--json'];
    const set = await runCommand([...args, '--models', 'tiny']);
    expect(await runCommand([...args, '--clip-model', 'tiny', '--download'])).toEqual(set);
    expect(set.code).toBe(0);
    const heard = await runCommand(['embed-labels', '--clap-model', 'tiny', '--clap-labels', 'a,b']);
    expect(heard.stderr).not.toContain('there is no model');
  });

  test.each([['--download'], ['--dtype', 'q8']])(
    '%s has nothing to do with --models tiny',
    async (...flag) => {
      const args = ['classify', picture, '--models', 'tiny', '--clip-labels', 'red,blue', ...flag];
      expect(await runCommand(args)).toMatchObject({
        code: 2,
        stderr: expect.stringMatching(/cannot be used with/),
      });
    },
  );
});

describeWithShared('real exports in the hub’s layout', (shared) => {
  test.each(['clip-tiny', 'siglip-tiny'])('%s: brought, checked, used', async (model) => {
    const folder = join(shared, 'golden', 'models', model);
    await startHubWith({ [name]: folder });
    const fromFolder = await runCommand([
      ...['classify', picture, '--clip-model', folder, '--clip-labels', 'red,blue', '--json'],
    ]);
    expect(fromFolder.code).toBe(0);
    const fromHub = await classify('--download', '--json');
    const numbers = (text: string) =>
      JSON.parse(text).results[0].averages.map((each: { probability: number }) => each.probability);
    expect(numbers(fromHub.stdout)).toEqual(numbers(fromFolder.stdout));
    expect(await models('check', name)).toMatchObject({ code: 0 });
  });
});
