import { access, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type FakePython, makeFakePython, makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { beforeEach, describe, expect, test } from 'vitest';
import { conversionEnvironment } from '../../src/convert/conversion-environment.js';
import { type ConvertOptions, convertModel } from '../../src/convert/convert-model.js';

let folder = '';
let output = '';
let cacheFolder = '';

beforeEach(async () => {
  folder = await makeTemporaryFolder();
  [output, cacheFolder] = [join(folder, 'made', 'clip'), join(folder, 'cache')];
});

/** Converts with a Python that does what `fake` says. */
async function convert(fake: FakePython = {}, options: Partial<ConvertOptions> = {}) {
  const python = await makeFakePython(join(folder, 'python'), fake);
  return convertModel({ task: 'clip', source: 'made/source', output, python, cacheFolder, ...options });
}

const left = async (path: string) => readdir(path).catch(() => []);
const fails = (message: RegExp, code = 'ERR_CONVERSION') => ({
  code,
  message: expect.stringMatching(message),
});

/** The environment of an attempt that failed is gone, and so is what was being written. */
async function expectNothingLeft() {
  expect(await left(join(folder, 'made'))).toEqual([]);
  expect((await conversionEnvironment({ cacheFolder })).isReady).toBe(false);
  expect(await left(join(cacheFolder, 'convert'))).toEqual([]);
}

describe('a conversion', () => {
  test('makes the environment once, says so before, and gives what Python reports', async () => {
    const said: string[] = [];
    const first = await convert({}, { onProgress: (text) => said.push(text) });
    expect(first).toMatchObject({
      path: output,
      sidecar: { logitScale: 61.62661 },
      files: [{ difference: 1e-6 }],
    });
    expect(said).toEqual([
      expect.stringMatching(/^making the environment .* GB .*cache.convert.[0-9a-f]{12} /),
      'Collecting torch==2.15.0',
      'running',
    ]);
    expect(await readdir(join(folder, 'made'))).toEqual(['clip']);

    said.length = 0;
    await convert({}, { output: join(folder, 'made', 'again'), onProgress: (text) => said.push(text) });
    expect(said).toEqual(['running']);
    expect((await conversionEnvironment({ cacheFolder })).isReady).toBe(true);
  });

  test('passes every option on, and a source that looks like a flag as the source', async () => {
    await convert(
      {},
      {
        source: '-odd name',
        dtypes: ['fp32', 'q8'],
        hasTorchscript: true,
        hasOpenvino: true,
        device: 'cuda',
        architecture: 'ViT-B-32',
        tokenizer: 'a b',
        labels: 'l.txt',
        inputSize: 416,
      },
    );
    const runs = (await readFile(join(folder, 'python', 'runs.txt'), 'utf8')).trim().split('\n');
    expect(runs.at(-1)).toMatch(
      /main\.py --output=\S+\.part --dtype=fp32,q8 --device=cuda --torchscript --openvino --architecture=ViT-B-32 --tokenizer=a b --labels=l\.txt --input-size=416 -- clip -odd name$/,
    );
    expect(runs.find((run) => run.includes('-m pip'))).toMatch(
      /--require-hashes --no-deps --only-binary :all:/,
    );
  });

  test('is made in an empty folder, and never over another', async () => {
    await mkdir(output, { recursive: true });
    await convert();
    await expect(convert()).rejects.toMatchObject(fails(/deepffmpeg\.json is in it/, 'ERR_INVALID_OPTIONS'));
    await expect(convert({}, { output: join(output, 'deepffmpeg.json') })).rejects.toMatchObject(
      fails(/a new folder was expected/, 'ERR_INVALID_OPTIONS'),
    );
  });

  test.each<[string, Partial<ConvertOptions>]>([
    ['clip', { source: 'nope' }],
    ['clap', { task: 'clap', source: './made/source' }],
    ['detect', { task: 'detect', source: 'made/source' }],
  ])('of what can be no source of %s makes no environment', async (_, options) => {
    await expect(convert({}, options)).rejects.toMatchObject(
      fails(/^source \S+: there is no such file or folder: /, 'ERR_INVALID_OPTIONS'),
    );
    await expect(access(join(folder, 'python', 'runs.txt'))).rejects.toThrow();
    await expectNothingLeft();
  });

  test('takes no options that it does not know', async () => {
    const odd = { dtypes: ['int4'] } as unknown as Partial<ConvertOptions>; // as from JavaScript
    await expect(convert({}, odd)).rejects.toMatchObject(fails(/dtypes/, 'ERR_INVALID_OPTIONS'));
  });
});

describe('Python', () => {
  test.each([
    [
      'is too old',
      '[3, 10, true]',
      /needs Python 3\.11 or newer; .*python3 is Python 3\.10: install it, or name another/,
    ],
    [
      'cannot make environments',
      '[3, 12, false]',
      /install its venv module \(on Debian and Ubuntu python3-venv\)/,
    ],
    ['is none', 'hello', /did not tell its version \(hello\)/],
  ])('%s', async (_, version, message) => {
    await expect(convert({ version })).rejects.toMatchObject(fails(message));
    await expectNothingLeft();
  });

  test('is missing', async () => {
    await expect(convert({}, { python: join(folder, 'none') })).rejects.toMatchObject(
      fails(
        /needs Python 3\.11 or newer; .*none cannot be run: .*ENOENT: install it, or name another with --python/,
      ),
    );
    await expectNothingLeft();
  });
});

describe('the environment', () => {
  test('that cannot be made or filled is removed', async () => {
    await expect(convert({ venv: 'console.error("no room"); process.exit(1)' })).rejects.toMatchObject(
      fails(
        /^making a Python environment failed \(exit status 1\); nothing of it was kept\. It said: no room$/,
      ),
    );
    const pip = 'console.error("a\\nb\\nERROR: hashes\\n do not match\\n"); process.exit(2)';
    await expect(convert({ pip })).rejects.toMatchObject(
      fails(
        /^installing the packages .* \(exit status 2\); .* It said: b \| ERROR: hashes \| {2}do not match$/,
      ),
    );
    await expectNothingLeft();
  });

  test('where nothing can be written, says so', async () => {
    await writeFile(cacheFolder, '');
    await expect(convert()).rejects.toMatchObject(
      fails(/^the cache \S+cache cannot be written, .* \(DEEPFFMPEG_CACHE names the folder\)/, 'ERR_OUTPUT'),
    );
  });

  test('half of one is begun anew', async () => {
    const { path } = await conversionEnvironment({ cacheFolder });
    await mkdir(path, { recursive: true });
    await writeFile(join(path, 'half'), '');
    await convert();
    expect(await readdir(path)).not.toContain('half');
  });

  test('is made once by conversions that come together', async () => {
    const slow = { venv: 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300)' };
    const places = ['one', 'two'].map((name) => join(folder, 'made', name));
    await Promise.all(places.map((output) => convert(slow, { output })));
    const runs = await readFile(join(folder, 'python', 'runs.txt'), 'utf8');
    expect(runs.match(/-m venv/g)).toHaveLength(1);
  });
});

describe('a conversion that fails', () => {
  const begun = 'fs.mkdirSync(output, { recursive: true }); fs.writeFileSync(output + "/a", "");';

  test.each([
    ['says why', 'say({ error: "it lacks weights" }); process.exit(1)', /^it lacks weights$/],
    [
      'dies',
      'console.error("Traceback\\nKeyError: 5"); process.exit(1)',
      /exit status 1 and no result\. It said: Traceback \| KeyError: 5/,
    ],
    [
      'fails behind its result',
      `say({ result: { sidecar: {}, details: {}, files: [{ file: 'a', dtype: 'fp32', bytes: 1, difference: 0, cosine: 1 }] } });
       process.exit(3)`,
      /exit status 3\. It said nothing/,
    ],
    ['ends early', '', /exit status 0 and no result\. It said nothing/],
    [
      'is killed',
      'process.kill(process.pid, "SIGKILL"); setTimeout(() => {}, 9999)',
      /ended by SIGKILL \(as systems do when memory is short\)/,
    ],
    [
      'prints what is no JSON',
      'console.log("Loading..."); setTimeout(() => {}, 9999)',
      /printed what is no message of it: Loading\.\.\.$/,
    ],
    ['prints half a line', 'fs.writeSync(1, "{\\"result\\": {")', /no message of it: \{"result": \{$/],
    ['reports no file', 'say({ result: { sidecar: {}, details: {}, files: [] } })', /no message of it/],
    [
      'reports a difference that is no number',
      'say({ result: { sidecar: {}, details: {}, files: [{ file: "a", dtype: "fp32", bytes: 1, difference: null, cosine: 1 }] } })',
      /no message of it/,
    ],
  ])('leaves nothing behind: it %s', async (_, script, message) => {
    await expect(convert({ convert: begun + script })).rejects.toMatchObject(fails(message));
    expect(await left(join(folder, 'made'))).toEqual([]);
  });

  test.each(['convert', 'pip'] as const)('an abort ends Python and all it started, in %s', async (job) => {
    const controller = new AbortController();
    const child = join(folder, 'child');
    // Neither the program nor its child ends by itself, and the program takes no SIGTERM.
    const script = `${job === 'convert' ? begun : ''}
      process.on('SIGTERM', () => {});
      const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 9999)'], { stdio: 'inherit' });
      fs.writeFileSync(${JSON.stringify(child)}, child.pid + ' ' + process.pid);
      setInterval(() => {}, 9999);`;
    const converting = convert({ [job]: script }, { signal: controller.signal });
    converting.catch(() => {});
    while (
      !(await access(child).then(
        () => true,
        () => false,
      ))
    )
      await delay(20);
    controller.abort();
    await expect(converting).rejects.toMatchObject({ name: 'AbortError' });
    for (const pid of (await readFile(child, 'utf8')).split(' ').map(Number))
      expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    expect(await left(join(folder, 'made'))).toEqual([]);
    if (job === 'pip') await expectNothingLeft();
  });

  test('does not begin when it was aborted before', async () => {
    await expect(convert({}, { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
    expect(await left(join(folder, 'python'))).not.toContain('runs.txt');
  });
});
