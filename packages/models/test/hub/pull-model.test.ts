import { appendFile, chmod, mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { hubDigest, makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { pullModelWith } from '../../src/hub/pull-model.js';
import { type PullProgress, resolveModel, whereIs } from '../../src/index.js';
import { commit, listing, madeModel, neededFiles, repository, setUp, system } from './made-model.js';

const digestOf = (name: string) => hubDigest(name, madeModel.files[name]!); // it has it
const bytesOf = (names: readonly string[]) =>
  names.reduce((sum, name) => sum + madeModel.files[name]!.length, 0); // it has all

/** A proxy that lets through whoever asks, and notes where to. */
async function startProxy() {
  const hosts: string[] = [];
  const server = createServer().on('connect', (request: IncomingMessage, client: Socket) => {
    hosts.push(request.url ?? '');
    const { hostname, port } = new URL(`http://${request.url}`);
    const upstream = connect(Number(port), hostname, () => client.write('HTTP/1.1 200 OK\r\n\r\n'));
    client.pipe(upstream).pipe(client);
    for (const socket of [client, upstream]) socket.on('error', () => {}); // one goes before the other
    onTestFinished(() => void client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, hosts }; // it listens on a port
}

/** Whom permissions hold. */
const isPlainUser = process.getuid?.() !== 0 && process.platform !== 'win32';
if (!isPlainUser) console.log('skipped: a cache that is read-only (whoever runs this may write everywhere)');

describe('from an empty cache', () => {
  test('brings the files of one dtype, and no others', async () => {
    const { pull, folder } = await setUp();
    const pulled = await pull();
    expect(pulled).toEqual({
      name: repository,
      commit,
      path: join(folder, 'snapshots', commit),
      files: neededFiles,
      bytes: bytesOf(neededFiles),
      downloadedBytes: bytesOf(neededFiles),
    });
    const blobs = neededFiles.map((name) => `blobs/${digestOf(name)}: ${madeModel.files[name]?.length}`);
    const links = neededFiles.map(
      (name) =>
        `snapshots/${commit}/${name} -> ${name.includes('/') ? '../' : ''}../../blobs/${digestOf(name)}`,
    );
    expect(await listing(folder)).toEqual([...blobs, `refs/main = ${commit}`, ...links].toSorted());
    for (const name of neededFiles)
      expect(await readFile(join(pulled.path, name))).toEqual(madeModel.files[name]);
  });

  test('brings a file that is empty', async () => {
    const files = { ...madeModel.files, 'preprocessor_config.json': Buffer.alloc(0) };
    const { pull } = await setUp({ ...madeModel, files });
    const { path } = await pull();
    expect(await readFile(join(path, 'preprocessor_config.json'))).toHaveLength(0);
    expect((await pull()).downloadedBytes).toBe(0);
  });

  test('what is brought is found', async () => {
    const { pull, hubCache } = await setUp();
    const { path } = await pull();
    expect(await whereIs(repository, { hubCache, task: 'clip' })).toEqual({
      path,
      name: repository,
      hubCache,
    });
    await expect(whereIs(repository, { hubCache, task: 'clip', dtype: 'fp16' })).rejects.toThrow(
      /vision_model_fp16\.onnx .*pullModel\("made\/clip", { dtype: 'fp16' }\)/,
    );
    await pull({ dtype: 'fp16' });
    await whereIs(repository, { hubCache, task: 'clip', dtype: 'fp16' });
    await rm(join(path, 'preprocessor_config.json')); // as of a client that brought networks alone
    await expect(whereIs(repository, { hubCache, task: 'clip' })).rejects.toThrow(
      /preprocessor_config\.json .*pullModel/,
    );
  });

  test('tells how far it is, up to the whole', async () => {
    const { pull, hub } = await setUp();
    hub.fault = ({ host }) => (host === 'cdn' ? { slowMs: 5 } : undefined);
    const told: PullProgress[] = [];
    const { bytes } = await pull({ onProgress: (progress) => told.push(progress) });
    expect(told.map((each) => each.bytes)).toEqual(told.map((each) => each.bytes).toSorted((a, b) => a - b));
    expect(told.at(-1)).toEqual({ file: 'onnx/vision_model.onnx', bytes, totalBytes: bytes });
    expect(told.length).toBeGreaterThan(neededFiles.length);
  });

  test('counts from the first on what is there of a later file', async () => {
    const { pull, folder } = await setUp();
    const last = 'onnx/vision_model.onnx';
    await mkdir(join(folder, 'blobs'), { recursive: true });
    const part = madeModel.files[last]!.subarray(0, 60_000); // it has it
    await writeFile(join(folder, 'blobs', `${digestOf(last)}.incomplete`), part);
    const told: number[] = [];
    const { bytes } = await pull({ onProgress: (progress) => told.push(progress.bytes) });
    expect(told[0]).toBe(60_000 + bytesOf(['config.json']));
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(told.at(-1)).toBe(bytes);
  });

  test('tells how long it takes still', async () => {
    const { pull, hub } = await setUp();
    hub.fault = ({ path }) => (path.includes(digestOf('onnx/vision_model.onnx')) ? { slowMs: 220 } : {});
    const told: PullProgress[] = [];
    await pull({ onProgress: (progress) => told.push(progress) });
    const [first] = told.filter(({ secondsLeft }) => secondsLeft !== undefined);
    expect(first?.secondsLeft).toBeGreaterThan(0);
    expect(first?.secondsLeft).toBeLessThan(10);
  });

  test('asks for the commit first, then for its files', async () => {
    const { pull, hub } = await setUp();
    await pull();
    const [first, ...others] = hub.requests.map(({ path }) => path);
    expect(first).toBe(`/api/models/${repository}/revision/main?blobs=true`);
    const asked = others.filter((path) => path.includes('/resolve/'));
    expect(asked).toEqual(neededFiles.map((name) => `/${repository}/resolve/${commit}/${name}`));
  });

  test('a commit is no branch, and has no reference', async () => {
    const { pull, folder, hubCache } = await setUp();
    const name = `${repository}@${commit}`;
    await pull({}, name);
    expect(await readdir(folder)).toEqual(['blobs', 'snapshots']);
    await resolveModel(name, { hubCache });
    await expect(resolveModel(repository, { hubCache })).rejects.toThrow(/not in the cache/);
  });
});

describe('again', () => {
  test('only asks whether there is something new, and writes nothing', async () => {
    const { pull, hub, folder } = await setUp();
    const first = await pull();
    const before = await listing(folder);
    const count = hub.requests.length;
    const reference = join(folder, 'refs', 'main');
    await utimes(reference, 0, 0);
    expect(await pull()).toEqual({ ...first, downloadedBytes: 0 });
    expect((await stat(reference)).mtimeMs).toBe(0);
    expect(hub.requests.length).toBe(count + 1);
    expect(await listing(folder)).toEqual(before);
  });

  test('finds a byte that changed, and brings that file anew', async () => {
    const { pull, folder } = await setUp();
    await pull();
    const blob = join(folder, 'blobs', digestOf('onnx/text_model.onnx'));
    const damaged = Buffer.from(madeModel.files['onnx/text_model.onnx']!); // it has it
    damaged[50_000]! ^= 1;
    await writeFile(blob, damaged);
    expect((await pull()).downloadedBytes).toBe(damaged.length);
    expect(await readFile(blob)).toEqual(madeModel.files['onnx/text_model.onnx']);
  });

  test('follows a branch to a new commit, and brings what is new in it', async () => {
    const { pull, folder, hubCache } = await setUp();
    await pull();
    const next = 'd'.repeat(40);
    const config = Buffer.from('{"model_type":"clip","new":true}');
    const newer = await setUp({ commit: next, files: { ...madeModel.files, 'config.json': config } });
    const pulled = await newer.pull({ hubCache });
    expect(pulled).toMatchObject({ commit: next, downloadedBytes: config.length });
    expect(await readFile(join(folder, 'refs', 'main'), 'utf8')).toBe(next);
    expect(await readFile(join(folder, 'snapshots', commit, 'config.json'), 'utf8')).not.toContain('new');
  });
});

describe('interrupted', () => {
  const last = 'onnx/vision_model.onnx';

  test.each([1, 16_384, 50_001, 99_999])('after %d bytes, goes on from there', async (bytes) => {
    const { pull, hub, folder } = await setUp();
    const digest = digestOf(last);
    hub.fault = ({ path }) => (path.includes(digest) ? { stopAfter: bytes } : undefined);
    const controller = new AbortController();
    const started = pull({ signal: controller.signal });
    const partialSize = async () => (await stat(join(folder, 'blobs', `${digest}.incomplete`))).size;
    void vi
      .waitFor(async () => expect(await partialSize()).toBeGreaterThan(0))
      .then(() => controller.abort());
    await expect(started).rejects.toMatchObject({ name: 'AbortError' });
    const partial = await partialSize();
    expect(await readdir(folder)).not.toContain('refs'); // it is not whole
    hub.fault = () => undefined;
    const count = hub.requests.length;
    await pull();
    const ranges = hub.requests.slice(count).map(({ headers }) => headers.range);
    expect(ranges.filter(Boolean)).toEqual([`bytes=${partial}-`, `bytes=${partial}-`]); // of the hub, then of the other host
    expect(await readFile(join(folder, 'blobs', digest))).toEqual(madeModel.files[last]);
  });

  test('by a connection that breaks again and again, goes on as long as it gets further', async () => {
    const { pull, hub } = await setUp();
    hub.fault = ({ path, host }) =>
      host === 'cdn' && path.includes(digestOf(last)) ? { breakAfter: 16_384 } : undefined;
    expect((await pull()).downloadedBytes).toBe(bytesOf(neededFiles)); // 7 times; 4 without getting further are too many
  });

  test('a server that knows no ranges begins anew', async () => {
    const { pull, hub, folder } = await setUp();
    const digest = digestOf(last);
    await mkdir(join(folder, 'blobs'), { recursive: true });
    await writeFile(join(folder, 'blobs', `${digest}.incomplete`), 'something else');
    hub.fault = () => ({ ignoreRange: true });
    await pull();
    expect(await readFile(join(folder, 'blobs', digest))).toEqual(madeModel.files[last]);
  });

  test.each([
    ['of other content', Buffer.alloc(70_000)],
    ['that is whole, and wrong', Buffer.alloc(100_000)],
    ['that is too long', Buffer.alloc(100_001)],
  ])('a rest %s is found out', async (_, content) => {
    const { pull, folder } = await setUp();
    const digest = digestOf(last);
    await mkdir(join(folder, 'blobs'), { recursive: true });
    await writeFile(join(folder, 'blobs', `${digest}.incomplete`), content);
    await pull();
    expect(await readFile(join(folder, 'blobs', digest))).toEqual(madeModel.files[last]);
    expect(await readdir(join(folder, 'blobs'))).not.toContain(`${digest}.incomplete`);
  });
});

describe('what the hub answers', () => {
  const cases: [title: string, status: number, headers: Record<string, string>, message: RegExp][] = [
    ['a name that is not there, or not for all', 401, {}, /made\/clip \(401\): check the name, .*HF_TOKEN/],
    ['terms that were not accepted', 403, {}, /accept them at http:\S+\/made\/clip, then set HF_TOKEN/],
    ['the same, without a token', 401, { 'x-error-code': 'GatedRepo' }, /accept them at/],
    ['no such model', 404, { 'x-error-code': 'RepoNotFound' }, /no model made\/clip .*check the name/],
    ['no such revision', 404, { 'x-error-code': 'RevisionNotFound' }, /no such revision of made\/clip/],
    ['too many requests', 429, {}, /asked too often.*HF_TOKEN/],
    ['trouble', 500, {}, /has trouble; try later \(500\)/],
    ['something else', 418, {}, /answered 418/],
    ['a wait of an hour', 503, { 'retry-after': '3600' }, /come back in 3600 s/],
    ['a redirect to nowhere', 302, { location: 'file:///etc/passwd' }, /redirects to "file/],
  ];

  test.each(cases)('%s: says what to do', async (_, status, headers, message) => {
    const { pull, hub, hubCache } = await setUp();
    hub.fault = () => ({ status, headers });
    await expect(pull()).rejects.toMatchObject({
      code: 'ERR_MODEL_MISSING',
      message: expect.stringMatching(message),
    });
    const expected =
      status === 429 || (status === 500 && !headers['retry-after']) ? system.patience.attempts : 1;
    expect(hub.requests).toHaveLength(expected);
    expect(await readdir(hubCache).catch(() => [])).toEqual([]);
  });

  test.each([401, 403, 404])('%i of where the hub redirects to is not the hub’s own', async (status) => {
    const { pull, hub } = await setUp();
    hub.fault = ({ host }) => (host === 'cdn' ? { status } : undefined);
    await expect(pull()).rejects.toMatchObject({
      code: 'ERR_MODEL_MISSING',
      message: expect.stringMatching(
        RegExp(`^made/clip: http://127[.0-9:]+, to which the hub redirects, answered ${status}: .*proxy`),
      ),
    });
  });

  test.each([403, 404])(
    '%i: names the address of a hub below a path, without its password',
    async (status) => {
      const { pull, hub } = await setUp();
      const { host } = new URL(hub.endpoint);
      vi.stubEnv('HF_ENDPOINT', `http://user:secret@${host}/mirror/`);
      hub.fault = () => ({ status });
      const { message } = (await pull().catch((error: Error) => error)) as Error; // it is refused
      expect(message).toContain(
        status === 403 ? `http://${host}/mirror/made/clip,` : `http://${host}/mirror/api/models/`,
      );
      expect(message).not.toContain('secret');
    },
  );

  test('what passes is waited for: 429, 500, silence, a broken answer', async () => {
    const { pull, hub } = await setUp();
    hub.fault = ({ index }) =>
      [
        { status: 429, headers: { 'retry-after': '1' } },
        { status: 500 },
        { stopAfter: 0 },
        undefined,
        { breakAfter: 3 },
      ][index];
    const start = performance.now();
    await pull();
    expect(performance.now() - start).toBeGreaterThan(1000);
  });

  test('silence is given up', async () => {
    const { pull, hub } = await setUp();
    hub.fault = () => ({ silent: true });
    await expect(pull()).rejects.toThrow(/cannot be reached \(UND_ERR_HEADERS_TIMEOUT\): check the network/);
    expect(hub.requests).toHaveLength(system.patience.attempts);
  });

  test('silence in the middle of a file is given up', async () => {
    const { pull, hub } = await setUp();
    hub.fault = ({ host }) => (host === 'cdn' ? { stopAfter: 0 } : undefined);
    await expect(pull()).rejects.toThrow(/broke off after 0 of 100000 bytes; what is there is kept/);
  });

  test('a file that is changed on the way is refused', async () => {
    const { pull, hub, folder } = await setUp();
    hub.fault = ({ host }) => (host === 'cdn' ? { damage: true } : undefined);
    await expect(pull()).rejects.toThrow(/came twice with another content/);
    expect(await readdir(join(folder, 'blobs'))).not.toContain(digestOf('onnx/text_model.onnx'));
    expect(await readdir(folder)).not.toContain('refs');
  });

  test('a file that does not end is refused before it fills the disk', async () => {
    const { pull, hub } = await setUp();
    hub.fault = ({ host }) => (host === 'cdn' ? { status: 200, body: 'x'.repeat(200_000) } : undefined);
    await expect(pull()).rejects.toThrow(/longer than the hub said/);
  });

  test('a file that is changed once is brought once more', async () => {
    const { pull, hub } = await setUp();
    let isFirst = true;
    hub.fault = ({ host }) => {
      if (host !== 'cdn' || !isFirst) return undefined;
      isFirst = false;
      return { damage: true };
    };
    await pull();
  });

  test('an answer that is no hub’s', async () => {
    const { pull, hub } = await setUp();
    hub.fault = () => ({ status: 200, body: '<html>please log in</html>' });
    await expect(pull()).rejects.toThrow(/not that of a Hugging Face hub; HF_ENDPOINT/);
  });

  test('an answer that does not end', async () => {
    const { pull, hub } = await setUp();
    hub.fault = () => ({ status: 200, body: ' '.repeat(33 * 2 ** 20) });
    await expect(pull()).rejects.toThrow(/longer than \d+ bytes/);
  });

  test('names of files that lead out of the cache are left out', async () => {
    const evil = ['onnx/text_model.onnx_data/../../../../../evil', 'onnx/text_model.onnx_data\\..\\evil'];
    const files = {
      ...madeModel.files,
      ...Object.fromEntries(evil.map((name) => [name, Buffer.from('evil')])),
    };
    const { pull } = await setUp({ commit, files });
    expect((await pull()).files).toEqual(neededFiles);
    const { 'config.json': _, ...rest } = madeModel.files;
    const lacking = await setUp({ commit, files: { ...rest, '../config.json': Buffer.from('evil') } });
    await expect(lacking.pull()).rejects.toThrow(/has no config\.json/);
  });
});

describe('the token', () => {
  test('goes to the hub alone', async () => {
    const { pull, hub } = await setUp();
    vi.stubEnv('HF_TOKEN', 'hf_secret\n');
    await pull();
    const sent = (host: string) =>
      new Set(hub.requests.filter((each) => each.host === host).map(({ headers }) => headers.authorization));
    expect([...sent('hub')]).toEqual(['Bearer hf_secret']);
    expect([...sent('cdn')]).toEqual([undefined]);
  });

  test('is taken from the variable of its former name, where the other is not set', async () => {
    const { pull, hub } = await setUp();
    vi.stubEnv('HUGGING_FACE_HUB_TOKEN', 'hf_former');
    await pull();
    expect(hub.requests[0]?.headers.authorization).toBe('Bearer hf_former');
    vi.stubEnv('HF_TOKEN', 'hf_secret');
    await pull();
    expect(hub.requests.at(-1)?.headers.authorization).toBe('Bearer hf_secret');
  });

  test('comes from the file that a log-in writes', async () => {
    const { pull, hub, hubCache } = await setUp();
    await mkdir(hubCache, { recursive: true });
    await writeFile(join(hubCache, '..', 'token'), 'hf_file\n');
    await pull();
    expect(hub.requests[0]?.headers.authorization).toBe('Bearer hf_file');
    vi.stubEnv('HF_TOKEN_PATH', join(hubCache, '..', 'other'));
    await writeFile(join(hubCache, '..', 'other'), 'hf_other');
    await pull();
    expect(hub.requests.at(-1)?.headers.authorization).toBe('Bearer hf_other');
    vi.stubEnv('HF_TOKEN_PATH', '$FOLDER/token');
    vi.stubEnv('FOLDER', join(hubCache, '..'));
    await pull();
    expect(hub.requests.at(-1)?.headers.authorization).toBe('Bearer hf_file');
  });

  test('is never told', async () => {
    const { pull, hub } = await setUp();
    vi.stubEnv('HF_TOKEN', 'hf_secret');
    hub.fault = () => ({ status: 401 });
    const { message } = (await pull().catch((error: Error) => error)) as Error; // it is refused
    expect(message).toMatch(/token is not valid/);
    expect(message).not.toContain('hf_secret');
  });
});

describe('without a way', () => {
  test('no network: says so, and where to look', async () => {
    const { pull } = await setUp();
    vi.stubEnv('HF_ENDPOINT', 'http://127.0.0.1:1');
    await expect(pull()).rejects.toMatchObject({
      code: 'ERR_MODEL_MISSING',
      message: expect.stringMatching(
        /127\.0\.0\.1:1 cannot be reached \(ECONNREFUSED\).*HTTPS_PROXY.*copy the cache/,
      ),
    });
  });

  test('goes through a proxy, but not to hosts of NO_PROXY', async () => {
    const { pull, hub } = await setUp();
    const proxy = await startProxy();
    vi.stubEnv('http_proxy', proxy.address);
    vi.stubEnv('no_proxy', '127.0.0.1');
    vi.stubEnv('NO_PROXY', '');
    await pull();
    expect(proxy.hosts).toEqual([]);
    vi.stubEnv('no_proxy', '');
    const other = await makeTemporaryFolder();
    await pull({ hubCache: other });
    expect(proxy.hosts).toContain(new URL(hub.endpoint).host);
    vi.stubEnv('http_proxy', 'http://127.0.0.1:1');
    await expect(pull()).rejects.toThrow(/cannot be reached/);
  });

  test('offline: asks nobody', async () => {
    const { pull, hub } = await setUp();
    vi.stubEnv('HF_HUB_OFFLINE', '1');
    await expect(pull()).rejects.toThrow(/HF_HUB_OFFLINE is set: unset it/);
    expect(hub.requests).toEqual([]);
  });

  test.each([
    ['ftp://x', 'ftp://x'],
    ['huggingface.co', 'huggingface.co'],
    ['ftp://me:se@cret@host/a?key=secret', 'ftp://host/a'],
    ['me:secret@host', 'host'],
  ])('refuses %s as an endpoint, and tells no secret of it', async (endpoint, told) => {
    const { pull } = await setUp();
    vi.stubEnv('HF_ENDPOINT', endpoint);
    await expect(pull()).rejects.toMatchObject({
      code: 'ERR_INVALID_OPTIONS',
      message: expect.stringContaining(`HF_ENDPOINT is "${told}": `),
    });
  });
});

describe('a cache that', () => {
  test('has no room: says so before anything is brought', async () => {
    const { hub, hubCache } = await setUp();
    const freeBytes = async () => 200_000;
    const pulling = pullModelWith(repository, { hubCache }, { ...system, freeBytes });
    await expect(pulling).rejects.toMatchObject({
      code: 'ERR_OUTPUT',
      message: expect.stringMatching(/1 MB are needed in .*, and 1 MB are free: make room.*HF_HUB_CACHE/),
    });
    expect(hub.requests).toHaveLength(1);
  });

  test('needs room only for what is missing', async () => {
    const { pull, hubCache, folder } = await setUp();
    await pull();
    await rm(join(folder, 'blobs', digestOf('config.json')));
    const asked: string[] = [];
    const freeBytes = async (at: string) => {
      asked.push(at);
      return 30;
    };
    await pullModelWith(repository, { hubCache }, { ...system, freeBytes });
    expect(asked).toEqual([hubCache]);
  });

  test.runIf(isPlainUser)('is read-only: says so', async () => {
    const { pull, hubCache } = await setUp();
    await mkdir(hubCache);
    await chmod(hubCache, 0o555);
    await expect(pull()).rejects.toMatchObject({
      code: 'ERR_OUTPUT',
      message: expect.stringMatching(/no right to write.*HF_HUB_CACHE/),
    });
  });

  test.runIf(isPlainUser)('cannot be written, but has all: is enough', async () => {
    const { pull, folder } = await setUp();
    await pull();
    await chmod(folder, 0o555);
    expect((await pull()).downloadedBytes).toBe(0);
    await chmod(folder, 0o755);
  });

  test('is a file: fails, and leaves it', async () => {
    const { hub: _, pull } = await setUp();
    const file = join(await makeTemporaryFolder(), 'file');
    await appendFile(file, 'mine');
    await expect(pull({ hubCache: file })).rejects.toMatchObject({
      code: 'ERR_OUTPUT',
      message: expect.stringMatching(/no folder: choose another/),
    });
    expect(await readFile(file, 'utf8')).toBe('mine');
  });
});

test('an abort comes through while it waits', async () => {
  const { hub, hubCache } = await setUp();
  hub.fault = () => ({ status: 503, headers: { 'retry-after': '60' } });
  const controller = new AbortController();
  const pulling = pullModelWith(repository, { hubCache, signal: controller.signal }, system);
  await vi.waitUntil(() => hub.requests.length > 0);
  controller.abort();
  await expect(pulling).rejects.toMatchObject({ name: 'AbortError' });
});

test('what the caller throws ends it', async () => {
  const { pull, hub } = await setUp();
  const onProgress = ({ file }: PullProgress) => {
    if (file.startsWith('onnx')) throw new Error('mine');
  };
  await expect(pull({ onProgress })).rejects.toThrow('mine');
  expect(hub.requests.filter(({ host }) => host === 'cdn')).toHaveLength(1);
});

test('refuses options that are none', async () => {
  const { pull } = await setUp();
  // @ts-expect-error no such dtype
  await expect(pull({ dtype: 'int8' })).rejects.toMatchObject({ code: 'ERR_INVALID_OPTIONS' });
});
