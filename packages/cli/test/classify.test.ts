import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  averagesFromCsv,
  collect,
  scoresFromJsonLines,
  segmentsFromCsv,
  segmentsFromJson,
} from '@deepffmpeg/core';
import { makeClipFolder, makeTemporaryFolder } from '@deepffmpeg/test-kit';
import sharp from 'sharp';
import { beforeEach, expect, test, vi } from 'vitest';
import { runCommand } from './run-command.js';

let folder = '';
let model: string[] = [];
beforeEach(async () => {
  folder = await makeTemporaryFolder();
  vi.stubEnv('DEEPFFMPEG_CACHE', join(folder, 'cache'));
  model = ['--clip-model', await makeClipFolder(join(folder, 'model'))];
  return () => vi.unstubAllEnvs();
});

const labels = ['--clip-labels', 'red,green,blue'];

/** A picture of one colour. */
async function paint(name: string, background: string): Promise<string> {
  const path = join(folder, name);
  await sharp({ create: { width: 20, height: 12, channels: 3, background } })
    .png()
    .toFile(path);
  return path;
}

const classify = (...args: string[]) => runCommand(['classify', ...args, ...model, ...labels]);

test('prints a table of what a picture shows', async () => {
  const { code, stdout, stderr } = await classify(await paint('a.png', 'red'), '--confidence', '0');
  expect(code).toBe(0);
  expect(stderr).toBe('');
  expect(stdout).toMatch(/a\.png\n {2}1 frame scored\n/);
  expect(stdout).toMatch(/red +│ +1 │ +0\.\d{4} │/);
});

test('--json prints one document', async () => {
  const picture = await paint('a.png', 'red');
  const { stdout } = await classify(picture, '--json', '--confidence', '0');
  const { results } = JSON.parse(stdout);
  expect(results).toHaveLength(1);
  expect(results[0]).toMatchObject({ input: picture, frames: 1, partial: false });
  expect(results[0].averages).toHaveLength(3);
  const sum = results[0].averages.reduce(
    (total: number, each: { probability: number }) => total + each.probability,
    0,
  );
  expect(sum).toBeCloseTo(1, 5);
  expect(results[0].averages[0]).toMatchObject({ streamId: 0, group: 'labels', count: 1 });
  expect(results[0]).not.toHaveProperty('error');
});

test('writes averages, scores and segments that our readers take', async () => {
  const pictures = [await paint('a.png', 'red'), await paint('b.png', 'blue')];
  const stats = join(folder, 'stats');
  const scores = join(folder, 'scores.jsonl');
  const segments = join(folder, 'segments.csv');
  const outputs = ['--output-stats', stats, '--output-scores', scores, '--output-segments', segments];
  const { code } = await classify(...pictures, ...outputs, '--confidence', '0', '--segment-enter', '0.01');
  expect(code).toBe(0);
  expect((await readdir(stats)).sort()).toEqual(['a.png.csv', 'b.png.csv']);
  expect(averagesFromCsv(await readFile(join(stats, 'a.png.csv'), 'utf8'))).toHaveLength(3);
  const frames = await collect(scoresFromJsonLines([await readFile(scores, 'utf8')]));
  expect(frames.map(({ source }) => source)).toEqual(pictures);
  expect(segmentsFromCsv(await readFile(segments, 'utf8')).length).toBeGreaterThan(0);
});

test('one input writes one file of averages, in the original format', async () => {
  const path = join(folder, 'stats.csv');
  await classify(await paint('a.png', 'red'), '--output-stats', path, '--confidence', '0');
  const [header, first] = (await readFile(path, 'utf8')).split('\n');
  expect(header).toBe('stream_id,label,avg_probability,count');
  expect(first).toMatch(/^0,(red|green|blue),0\.\d{4},1$/);
});

test('of six labels four are reported, and --top says how many else', async () => {
  const picture = await paint('a.png', 'red');
  const count = async (...flags: string[]) => {
    const six = ['--clip-labels', 'red,green,blue,white,black,grey', '--confidence', '0', '--json'];
    const { stdout } = await runCommand(['classify', picture, ...model, ...six, ...flags]);
    return JSON.parse(stdout).results[0].averages.length;
  };
  expect(await count()).toBe(4);
  expect(await count('--top', '6')).toBe(6);
  expect(await count('--top', '1')).toBe(1);
});

test('--top is refused where no labels are, and below one', async () => {
  const categories = join(folder, 'looks.txt');
  await writeFile(categories, '[Light]\n(Bright)\na bright picture\n(Dark)\na dark picture\n');
  const picture = await paint('a.png', 'red');
  const idle = await runCommand([
    ...['classify', picture, ...model, '--clip-categories', categories, '--top', '6'],
  ]);
  expect([idle.code, idle.stderr]).toEqual([2, expect.stringMatching(/--top requires --clip-labels/)]);
  const none = await classify(picture, '--top', '0');
  expect([none.code, none.stderr]).toEqual([2, expect.stringMatching(/--top/)]);
});

test('one bad file among many does not stop the others, and the exit code says so', async () => {
  const good = await paint('a.png', 'red');
  const corrupt = join(folder, 'corrupt.png');
  await writeFile(corrupt, (await readFile(good)).subarray(0, 60));
  const missing = join(folder, 'missing.png');
  const { code, stdout, stderr } = await classify(corrupt, missing, good, '--json');
  expect(code).toBe(3);
  expect(stderr).toContain('corrupt.png cannot be read as a picture');
  const { results } = JSON.parse(stdout);
  expect(
    results.map(({ error, frames }: { error?: { code: string }; frames: number }) => [error?.code, frames]),
  ).toEqual([
    ['ERR_INPUT', 0],
    ['ERR_INPUT', 0],
    [undefined, 1],
  ]);
});

test('what failed is told once on a terminal: in the table, else on stderr', async () => {
  const args = ['classify', join(folder, 'nope.mp4'), ...model, ...labels];
  const shown = await runCommand(args, { isTTY: true });
  expect([shown.code, shown.stderr]).toEqual([1, '']);
  expect(shown.stdout).toMatch(/ {2}failed: .*nope\.mp4/);
  expect((await runCommand([...args, '--json'], { isTTY: true })).stderr).toMatch(/nope\.mp4/);
  expect((await runCommand(args)).stderr).toMatch(/nope\.mp4/);
});

test('when every input fails, nothing is written and the exit code is 1', async () => {
  const outputs = ['--output-stats', 's.csv', '--output-scores', 's.jsonl', '--output-segments', 's.json'];
  const paths = outputs.map((arg) => (arg.startsWith('-') ? arg : join(folder, arg)));
  const before = await readdir(folder);
  const { code } = await classify(join(folder, 'missing.mp4'), ...paths);
  expect(code).toBe(1);
  const after = await readdir(folder);
  expect(after.filter((name) => !before.includes(name) && name !== 'cache')).toEqual([]);
});

test('a folder stands for the media in it', async () => {
  await mkdir(join(folder, 'in', 'deep'), { recursive: true });
  await mkdir(join(folder, 'in', '.hidden'));
  for (const name of ['in/b.png', 'in/deep/a.png', 'in/.hidden/c.png']) await paint(name, 'red');
  await writeFile(join(folder, 'in', 'notes.txt'), 'none');
  const { stdout } = await classify(join(folder, 'in'), '--json');
  expect(JSON.parse(stdout).results.map(({ input }: { input: string }) => input)).toEqual([
    join(folder, 'in/b.png'),
    join(folder, 'in/deep/a.png'),
  ]);
});

test('a folder without media does not stop the other inputs', async () => {
  await mkdir(join(folder, 'empty'));
  const { code, stdout, stderr } = await classify(
    join(folder, 'empty'),
    await paint('a.png', 'red'),
    '--json',
  );
  expect([code, stderr]).toEqual([3, expect.stringMatching(/empty holds no media files of the kind/)]);
  const [bad, good] = JSON.parse(stdout).results;
  expect([bad.error.code, good.frames]).toEqual(['ERR_INPUT', 1]);
});

test('what was embedded once is scored again without the media, to the same numbers', async () => {
  const pictures = [await paint('a.png', 'red'), await paint('b.png', 'blue')];
  const direct = await classify(...pictures, '--json', '--confidence', '0');
  const vectors = join(folder, 'vectors.jsonl');
  const { code, stderr } = await runCommand(['embed', ...pictures, ...model, '--output', vectors]);
  expect([code, stderr]).toEqual([0, expect.stringContaining('2 embeddings for')]);
  const again = await classify('--from-embeddings', vectors, '--json', '--confidence', '0');
  expect(JSON.parse(again.stdout)).toEqual(JSON.parse(direct.stdout));
});

test('embeddings of another model are refused', async () => {
  const vectors = join(folder, 'vectors.jsonl');
  await runCommand(['embed', await paint('a.png', 'red'), ...model, '--output', vectors]);
  model = ['--clip-model', await makeClipFolder(join(folder, 'other'), { dimension: 5 })];
  const { code, stderr } = await classify('--from-embeddings', vectors);
  expect([code, stderr]).toEqual([1, expect.stringMatching(/are of model@.* be of other@/)]);
});

test('categories are reported one a unit', async () => {
  const path = join(folder, 'looks.txt');
  await writeFile(
    path,
    '[Colour]\n(Red)\nall is red\n(Blue)\nall is blue\n[Light]\n(Dark)\nnight\n(Bright)\nday\n',
  );
  const args = [
    'classify',
    await paint('a.png', 'red'),
    ...model,
    '--clip-categories',
    path,
    '--json',
    '--confidence',
    '0',
  ];
  const { stdout } = await runCommand(args);
  const groups = JSON.parse(stdout).results[0].averages.map(({ group }: { group: string }) => group);
  expect(groups).toEqual(['Colour', 'Light']);
});

test('a higher temperature flattens, and the one for CLIP wins', async () => {
  const picture = await paint('a.png', 'red');
  const top = async (...flags: string[]) => {
    const { stdout } = await classify(picture, '--json', '--confidence', '0', ...flags);
    return JSON.parse(stdout).results[0].averages[0].probability as number;
  };
  const [plain, flat, sharp] = [
    await top(),
    await top('--temperature', '50'),
    await top('--temperature', '50', '--clip-temperature', '1'),
  ];
  expect(flat).toBeLessThan(plain);
  expect(sharp).toBe(plain);
  expect(await top('--logit-scale', '0.4')).toBeCloseTo(flat, 5);
});

test('flags that are not needed any more say so', async () => {
  const { code, stderr } = await classify(
    await paint('a.png', 'red'),
    '--skip-confirmation',
    '--capture-output',
  );
  expect(code).toBe(0);
  expect(stderr).toBe(
    '--skip-confirmation is not needed any more\n--capture-output is not needed any more\n',
  );
});

test.each([
  [['classify', 'x.mp4', '--models', 'tiny'], /give labels for images and video/],
  [['classify', 'x.mp4', '--clip-labels', 'a,b'], /say which model/],
  [['classify', '--models', 'tiny', '--clip-labels', 'a,b'], /name at least one input/],
  [['classify', 'x', '--models', 'huge'], /Allowed choices are tiny/],
  [['classify', 'x', '--models', 'tiny', '--clip-model', 'y'], /cannot be used with/],
  [['classify', 'x', '--clip-labels', 'a,b', '--clip-categories', 'y'], /cannot be used with/],
  [['classify', 'x', '--confidence', '2'], /Expected a number at least 0 and at most 1/],
  [['classify', 'x', '--threads', '1.5'], /Expected a whole number/],
  [['classify', 'x', '--temperature', ''], /Expected a number above 0/],
  [['classify', 'x', '--no-such-flag'], /unknown option/],
  [
    ['classify', 'x', '--models', 'tiny', '--clip-labels', 'a,b', '--sample', 'often'],
    /--sample: "often" is no sampling plan: .*, or shots/,
  ],
  [
    [
      'classify',
      'x',
      ...['--models', 'tiny', '--clip-labels', 'a,b', '--sample', 'often', '--engine', 'native'],
    ],
    /is no sampling plan(?!.*shots)/,
  ],
  [
    [
      'classify',
      'x',
      '--models',
      'tiny',
      '--clip-labels',
      'a,b',
      '--sample',
      'all',
      '--scene-threshold',
      '0.4',
    ],
    /--sample or --scene-threshold/,
  ],
  [
    ['classify', 'x', '--models', 'tiny', '--clip-labels', 'a,b', '--output-segments', 'x.txt'],
    /must end in .json, .csv, .vtt/,
  ],
  [
    ['classify', 'x', 'y', '--models', 'tiny', '--clip-labels', 'a,b', '--output-segments', 'x.vtt'],
    /holds the segments of one input/,
  ],
  [
    ['classify', 'x', '--models', 'tiny', '--clip-labels', 'a,b', '--background', 'no colour'],
    /is no CSS colour/,
  ],
  [['embed', 'x', '--models', 'tiny'], /required option '--output/],
  [['sing'], /unknown command/],
])('a mistake in the flags is told with exit code 2: %j', async (args, message) => {
  const { code, stderr, stdout } = await runCommand(args);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(message);
});

test.each([
  ['', /holds no label/],
  ['cat\ncat\n', /"cat" occurs more than once/],
  ['cat\n', /"cat" stands alone/],
])('labels %j are refused before the media are read', async (text, message) => {
  const path = join(folder, 'labels.txt');
  await writeFile(path, text);
  const { code, stderr } = await runCommand([
    'classify',
    await paint('a.png', 'red'),
    ...model,
    '--clip-labels',
    path,
  ]);
  expect(code).toBe(2);
  expect(stderr).toMatch(message);
});

test('a name that is neither a file nor a list is no label', async () => {
  const { code, stderr } = await runCommand(['classify', 'x', ...model, '--clip-labels', 'labels.txt']);
  expect([code, stderr]).toEqual([
    2,
    expect.stringContaining('labels.txt is no file, and a list of labels has commas'),
  ]);
});

test('an output that cannot be written is told before any work, and nothing is left', async () => {
  const picture = await paint('a.png', 'red');
  const path = join(folder, 'none', 'scores.jsonl');
  const { code, stderr } = await classify(
    picture,
    '--output-scores',
    path,
    '--output-stats',
    join(folder, 's.csv'),
  );
  expect([code, stderr]).toEqual([2, expect.stringContaining(`--output-scores ${path}: there is no folder`)]);
  expect(await readdir(folder)).not.toContain('s.csv');
  const taken = join(folder, 'taken.csv');
  await writeFile(taken, '');
  const file = await classify(picture, picture.replace('a.png', 'b.png'), '--output-stats', taken);
  expect(file.stderr).toMatch(/with several inputs it names a folder, and this looks like a file/);
});

test.skipIf(process.platform === 'win32')(
  'a pipe that nobody writes to is a bad input, not a wait',
  async () => {
    const pipe = join(folder, 'pipe.mp4');
    execFileSync('mkfifo', [pipe]);
    const { code, stdout } = await classify(pipe, await paint('a.png', 'red'), '--json');
    expect([code, JSON.parse(stdout).results[0].error.code]).toEqual([3, 'ERR_INPUT']);
  },
);

test.skipIf(process.platform !== 'linux')('a full disk is an error that names the file', async () => {
  const { code, stderr } = await classify(await paint('a.png', 'red'), '--output-scores', '/dev/full');
  expect([code, stderr]).toEqual([1, expect.stringContaining('cannot write /dev/full: ENOSPC')]);
});

test('a model that gives NaN is an error, not a result', async () => {
  model = ['--clip-model', await makeClipFolder(join(folder, 'broken'), { broken: true })];
  const { code, stdout, stderr } = await classify(await paint('a.png', 'red'));
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/not finite|NaN/);
});

test('an abort leaves no file', async () => {
  const controller = new AbortController();
  controller.abort();
  const output = join(folder, 'scores.jsonl');
  const args = ['classify', await paint('a.png', 'red'), ...model, ...labels, '--output-scores', output];
  const { code, stderr } = await runCommand(args, { signal: controller.signal });
  expect([code, stderr]).toEqual([130, 'interrupted\n']);
  expect((await readdir(folder)).filter((name) => name.startsWith('scores'))).toEqual([]);
});

test('segments of a still have no duration and can be written as JSON', async () => {
  const path = join(folder, 'segments.json');
  await classify(await paint('a.png', 'red'), '--output-segments', path, '--segment-enter', '0');
  const segments = segmentsFromJson(await readFile(path, 'utf8'));
  expect(segments.map(({ durationSeconds }) => durationSeconds)).toEqual([0, 0, 0]);
});

test('flags of videos say that they have no effect on stills alone', async () => {
  const flags = ['--sample', 'at:9,3', '--print-ffmpeg'];
  const { code, stderr } = await classify(await paint('a.png', 'red'), ...flags);
  expect(code).toBe(0);
  for (const flag of ['--sample', '--print-ffmpeg'])
    expect(stderr).toContain(`warning: ${flag} has no effect on still images`);
  expect((await classify(await paint('a.png', 'red'))).stderr).toBe('');
});

test('names from outside cannot steer the terminal', async () => {
  const picture = await paint('a\u001b[31m\u0007b.png', 'red');
  const { stdout } = await classify(picture);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there
  expect(stdout).not.toMatch(/[\u001b\u0007]/);
});

test('an output called - is refused, since it would be a file of that name', async () => {
  const { code, stderr } = await classify(await paint('a.png', 'red'), '--output-stats', '-');
  expect([code, stderr]).toEqual([2, expect.stringContaining('/dev/stdout')]);
});

test('averages of a folder go to a folder, however many media are in it', async () => {
  await mkdir(join(folder, 'in'));
  await paint('in/a.png', 'red');
  const stats = join(folder, 'stats');
  await classify(join(folder, 'in'), '--output-stats', stats, '--confidence', '0');
  expect(await readdir(stats)).toEqual(['a.png.csv']);
  await classify(await paint('b.png', 'red'), '--output-stats', stats, '--confidence', '0'); // it is there now
  expect((await readdir(stats)).sort()).toEqual(['a.png.csv', 'b.png.csv']);
});

test('a folder for averages that was made in vain is taken away', async () => {
  const stats = join(folder, 'stats');
  const { code } = await classify(join(folder, 'x.png'), join(folder, 'y.png'), '--output-stats', stats);
  expect([code, await readdir(folder)]).toEqual([1, expect.not.arrayContaining(['stats'])]);
});

test('labels that a model reads alike are told', async () => {
  // Neither sign is in the tiny pair's vocabulary, which has Latin letters only.
  const picture = await paint('a.png', 'red');
  const { code, stderr } = await runCommand([
    'classify',
    picture,
    '--models',
    'tiny',
    '--clip-labels',
    '猫,犬',
  ]);
  expect([code, stderr]).toEqual([
    0,
    expect.stringMatching(/^warning: .* gives "猫" and "犬" the same embedding/),
  ]);
  const known = await runCommand(['classify', picture, '--models', 'tiny', '--clip-labels', 'red,blue']);
  expect(known.stderr).toBe('');
});
