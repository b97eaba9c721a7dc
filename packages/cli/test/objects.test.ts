import { createReadStream } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeDetectorFile, makeTemporaryFolder } from '@deepffmpeg/test-kit';
import sharp from 'sharp';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { runCommand } from './run-command.js';

let folder = '';
let model = '';
let picture = '';
beforeEach(async () => {
  folder = await makeTemporaryFolder();
  vi.stubEnv('DEEPFFMPEG_CACHE', join(folder, 'cache'));
  // Sees something on the left and on the right of every picture.
  const data = [
    [8, 24],
    [16, 16],
    [16, 16],
    [32, 32],
    [0.9, 0.1],
    [0.2, 0.6],
  ].flat();
  model = await makeDetectorFile(join(folder, 'made.onnx'), {
    outputs: [{ name: 'output0', shape: [6, 2], data }],
  });
  picture = await paint('a.png');
  return () => vi.unstubAllEnvs();
});

/** Red on the left, blue on the right. */
async function paint(name: string): Promise<string> {
  const path = join(folder, name);
  const blue = await sharp({ create: { width: 32, height: 64, channels: 3, background: 'blue' } })
    .png()
    .toBuffer();
  await sharp({ create: { width: 64, height: 64, channels: 3, background: 'red' } })
    .composite([{ input: blue, left: 32, top: 0 }])
    .png()
    .toFile(path);
  return path;
}

const detector = () => ['--detect-model', model, '--detect-head', 'yolov8', '--detect-labels', 'cup,plate'];
const classify = (...args: string[]) => runCommand(['classify', ...args]);
const clip = ['--models', 'tiny', '--clip-labels', 'red,green,blue'];

test('without labels to look for, the classes of the objects are told', async () => {
  const { code, stdout, stderr } = await classify(picture, ...detector());
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(stdout).toMatch(/a\.png\n {2}2 objects found in 1 frame\n/);
  expect(stdout).toMatch(/label +│ objects │ average/);
  expect(stdout).toMatch(/cup +│ +1 │ +0\.9000 │/);
  expect(stdout).toMatch(/plate +│ +1 │ +0\.6000 │/);
});

test('the CSV, the JSON document and the lines of scores tell them, too', async () => {
  const [stats, scores] = [join(folder, 'stats.csv'), join(folder, 'scores.jsonl')];
  const outputs = ['--output-stats', stats, '--output-scores', scores, '--json'];
  const { stdout } = await classify(picture, ...detector(), ...outputs);
  expect(await readFile(stats, 'utf8')).toBe(
    'stream_id,label,avg_probability,count\n0,cup,0.9000,1\n0,plate,0.6000,1\n',
  );
  const lines = (await readFile(scores, 'utf8')).trim().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    {
      labelSet: 'objects',
      region: { x: 0, y: 0, width: 32, height: 64, label: 'cup' },
      groups: [{ labels: [{ label: 'cup', probability: 0.9 }] }],
    },
    { region: { x: 32, y: 0, width: 32, height: 64, label: 'plate' } },
  ]);
  const [result] = JSON.parse(stdout).results;
  expect(result).toMatchObject({
    frames: 1,
    averages: [{ label: 'cup', count: 1 }, { label: 'plate' }],
    objects: [{ label: 'cup', detections: 1, frames: 1, mostAtOnce: 1 }, { label: 'plate' }],
  });
  expect(result).not.toHaveProperty('tracks');
});

test('labels to look for are compared with each object', async () => {
  const scores = join(folder, 'scores.jsonl');
  const { code, stdout } = await classify(picture, ...detector(), ...clip, '--output-scores', scores);
  expect(code).toBe(0);
  expect(stdout).toMatch(/red +│/);
  expect(stdout).toMatch(/blue +│/);
  const lines = (await readFile(scores, 'utf8')).trim().split('\n');
  const best = lines.map((line) => {
    const { region, groups } = JSON.parse(line);
    const [first] = groups[0].labels.toSorted(
      (a: { probability: number }, b: { probability: number }) => b.probability - a.probability,
    );
    return [region.label, first.label];
  });
  expect(best).toEqual([
    ['cup', 'red'],
    ['plate', 'blue'],
  ]);
});

describe('our own detector', () => {
  /** A red circle on the left, a blue one in the middle, a red square on the right. */
  const shapes = async () => {
    const path = join(folder, 'shapes.png');
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="480" height="270"><rect width="480" height="270" fill="#d8d8d0"/>' +
      '<circle cx="90" cy="120" r="50" fill="#dc1e1e"/><circle cx="240" cy="150" r="50" fill="#1e3cd2"/>' +
      '<rect x="340" y="80" width="90" height="90" fill="#dc1e1e"/></svg>';
    await sharp(Buffer.from(svg)).png().toFile(path);
    return path;
  };
  const tiny = ['--detect-model', 'tiny', '--target', 'circle'];

  test('is named tiny, needs no other flag, and the small pair tells what colour things are', async () => {
    const colours = ['--models', 'tiny', '--clip-labels', 'a red circle,a blue circle'];
    const scores = join(folder, 'scores.jsonl');
    const { code, stderr, stdout } = await classify(
      await shapes(),
      ...tiny,
      ...colours,
      '--output-scores',
      scores,
    );
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/2 objects found in 1 frame/);
    const seen = (await readFile(scores, 'utf8'))
      .trim()
      .split('\n')
      .map((line) => {
        const { region, groups } = JSON.parse(line);
        const sure = groups[0].labels.filter(({ probability }: { probability: number }) => probability > 0.5);
        return [region.label, sure[0]?.label, Math.round((region.x + region.width / 2) / 10)];
      });
    expect(seen.toSorted((a, b) => a[2] - b[2])).toEqual([
      ['circle', 'a red circle', 9],
      ['circle', 'a blue circle', 24],
    ]);
  });

  test('a square that is cut out alone is a colour only: with a margin its shape is seen, too', async () => {
    const { code, stdout } = await classify(
      await shapes(),
      ...['--detect-model', 'tiny', '--target', 'square', '--crop-margin', '0.3', '--models', 'tiny'],
      ...['--clip-labels', 'a red circle,a red square,a blue square,a red triangle', '--json'],
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout).results[0].averages).toMatchObject([{ label: 'a red square', count: 1 }]);
    const idle = await classify(picture, ...detector(), '--crop-margin', '0.3');
    expect([idle.code, idle.stderr]).toEqual([
      2,
      expect.stringMatching(/--crop-margin requires --clip-labels/),
    ]);
    const without = await classify(picture, ...clip, '--crop-margin', '0.3');
    expect([without.code, without.stderr]).toEqual([
      2,
      expect.stringMatching(/--crop-margin requires --detect-model/),
    ]);
  });

  test('is not brought from anywhere', async () => {
    vi.stubEnv('HF_ENDPOINT', 'http://127.0.0.1:9');
    const { code, stderr, stdout } = await classify(await shapes(), ...tiny, '--download');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/2 objects found/);
  });

  test('is not chosen by --models tiny alone, and tells what it finds', async () => {
    const alone = await classify(picture, ...clip, '--target', 'circle');
    expect(alone.code).toBe(2);
    expect(alone.stderr).toMatch(/--target requires --detect-model \(tiny is included\)/);
    const other = await classify(picture, '--detect-model', 'tiny', '--target', 'dog');
    expect(other.code).toBe(2);
    expect(other.stderr).toMatch(
      /--target dog: .* finds circle, square, rectangle, triangle, star, cross, ring, face/,
    );
  });
});

test('only targets are told and looked at', async () => {
  const { stdout } = await classify(picture, ...detector(), ...clip, '--target', 'plate');
  expect(stdout).toMatch(/1 object found/);
  expect(stdout).toMatch(/blue +│/);
  expect(stdout).not.toMatch(/red +│/);
});

test('a picture in which nothing is found has no scores, and that is no error', async () => {
  const { code, stdout } = await classify(picture, ...detector(), '--detect-confidence', '0.95');
  expect(code).toBe(0);
  expect(stdout).toMatch(/0 objects found in 1 frame\n {2}no label reached the confidence/);
});

describe('files', () => {
  test("objects of all inputs are written as COCO's results, pictures counted", async () => {
    const path = join(folder, 'detections.json');
    const pictures = [picture, await paint('000000000001.png')];
    await classify(...pictures, ...detector(), '--output-detections', path);
    const [first, second] = pictures.map((file_name) => ({ file_name, timestamp: 0 }));
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual([
      { image_id: 1, category_id: 1, bbox: [0, 0, 32, 64], score: 0.9, ...first },
      { image_id: 1, category_id: 2, bbox: [32, 0, 32, 64], score: 0.6, ...first },
      { image_id: 2, category_id: 1, bbox: [0, 0, 32, 64], score: 0.9, ...second },
      { image_id: 2, category_id: 2, bbox: [32, 0, 32, 64], score: 0.6, ...second },
    ]);
  });

  test("pictures that are all named by a number have COCO's ids", async () => {
    const path = join(folder, 'detections.json');
    const pictures = [await paint('000000000139.png'), await paint('000000000285.png')];
    await classify(...pictures, ...detector(), '--output-detections', path);
    expect(await imageIdsIn(path)).toEqual([139, 139, 285, 285]);
  });

  test("pictures of one number are counted, since COCO's ids would be one", async () => {
    const path = join(folder, 'detections.json');
    for (const name of ['pa', 'pb']) await mkdir(join(folder, name));
    const pictures = [await paint('pa/000001.png'), await paint('pb/1.png')];
    await classify(...pictures, ...detector(), '--output-detections', path);
    expect(await imageIdsIn(path)).toEqual([1, 1, 2, 2]);
  });

  test('files of inputs of one name have the same number, whatever failed before and whatever they are', async () => {
    for (const name of ['pa', 'pb', 'pc']) await mkdir(join(folder, name));
    const broken = join(folder, 'pa', 'x.png');
    await writeFile(broken, 'no picture');
    const pictures = [broken, await paint('pb/x.png'), await paint('pc/X.png')];
    const places = ['tracks', 'stats', 'drawn'].map((name) => join(folder, `${name}/`));
    const [tracks, stats, drawn] = places;
    const { code } = await classify(
      ...[...pictures, ...detector(), ...clip],
      ...['--output-tracks', tracks!, '--output-stats', stats!, '--visualization', drawn!], // three of three
    );
    expect(code).toBe(3);
    const names = (await Promise.all(places.map((place) => readdir(place)))).map((each) => each.sort());
    expect(names).toEqual([
      ['X.png.3.txt', 'x.png.2.txt'],
      ['X.png.3.csv', 'x.png.2.csv'],
      ['X.png.3.png', 'x.png.2.png'],
    ]);
  });

  test('tracks of several inputs are written into a folder, one that fails has none', async () => {
    const path = join(folder, 'tracks');
    const broken = join(folder, 'broken.png');
    await writeFile(broken, 'no picture');
    const { code } = await classify(picture, broken, ...detector(), '--output-tracks', path);
    expect(code).toBe(3);
    expect(await readdir(path)).toEqual(['a.png.txt']);
    expect(await readFile(join(path, 'a.png.txt'), 'utf8')).toBe(
      '1,1,1,1,32,64,0.9,-1,-1,-1\n1,2,33,1,32,64,0.6,-1,-1,-1\n',
    );
  });

  test('objects are drawn into a picture', async () => {
    const path = join(folder, 'drawn.png');
    const { code, stderr } = await classify(
      picture,
      ...detector(),
      '--visualization',
      path,
      '--box-color',
      'lime',
    );
    expect([code, stderr]).toEqual([0, '']);
    const { data, info } = await sharp(path).raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([64, 64]);
    // The right edge of the left box, below the text.
    expect([...data.subarray(3 * (60 * 64 + 31), 3 * (60 * 64 + 32))]).toEqual([0, 255, 0]);
  });

  test('of several inputs each has a picture in the folder', async () => {
    const path = join(folder, 'drawn');
    await classify(picture, await paint('b.png'), ...detector(), '--visualization', path);
    expect((await readdir(path)).sort()).toEqual(['a.png.png', 'b.png.png']);
  });

  test('a picture is no video, and is not played', async () => {
    const video = await classify(picture, ...detector(), '--visualization', join(folder, 'drawn.mp4'));
    expect(video.code).toBe(2);
    expect(video.stderr).toMatch(/of a picture the name must end in .png/);
    const play = await classify(picture, ...detector(), '--play');
    expect(play.code).toBe(1);
    expect(play.stderr).toMatch(/a\.png is a picture: give --visualization FILE/);
  });

  test('a picture from stdin is drawn as one, and not into a video', async () => {
    const stdin = () => createReadStream(picture);
    const flags = [...detector(), '--visualization'];
    const path = join(folder, 'drawn.png');
    const { code, stderr } = await runCommand(['classify', '-', ...flags, path], { stdin: stdin() });
    expect([code, stderr]).toEqual([0, '']);
    expect((await sharp(path).metadata()).width).toBe(64);
    const video = await runCommand(['classify', '-', ...flags, join(folder, 'a.mp4')], { stdin: stdin() });
    expect([video.code, video.stderr]).toEqual([
      2,
      expect.stringContaining('of a picture the name must end'),
    ]);
  });

  test('drawings do not stand among the inputs, nor in a folder that is not there', async () => {
    const photos = join(folder, 'photos');
    await mkdir(photos);
    await paint('photos/a.png');
    const among = await classify(photos, ...detector(), '--visualization', photos);
    expect(among.code).toBe(2);
    expect(among.stderr).toMatch(/would stand among the inputs/);
    for (const below of ['photos/drawn', 'photos/..drawn', 'photos/inner/../drawn/deep']) {
      const { code, stderr } = await classify(photos, ...detector(), '--visualization', join(folder, below));
      expect([code, stderr]).toEqual([2, expect.stringContaining('would stand among the inputs')]);
    }
    // Of a file that is named itself no folder is read.
    const drawn = join(photos, 'drawn/');
    const { code } = await classify(join(photos, 'a.png'), ...detector(), '--visualization', drawn);
    expect(code).toBe(0);
    const nowhere = await classify(picture, ...detector(), '--visualization', join(folder, 'none/a.png'));
    expect(nowhere.stderr).toMatch(/there is no folder .*none/);
  });

  test('of a file where a folder is needed, that is told', async () => {
    const pictures = [picture, await paint('b.png')];
    const { code, stderr } = await classify(
      ...pictures,
      ...detector(),
      '--output-tracks',
      join(folder, 'tracks.txt'),
    );
    expect(code).toBe(2);
    expect(stderr).toMatch(/it names a folder, and this looks like a file/);
  });

  test('when nothing can be done, nothing is left', async () => {
    const broken = join(folder, 'broken.png');
    await writeFile(broken, 'no picture');
    const outputs = [
      '--output-tracks',
      join(folder, 'tracks'),
      '--output-detections',
      join(folder, 'd.json'),
    ];
    const before = await readdir(folder);
    await mkdir(join(folder, 'cache'), { recursive: true });
    const { code } = await classify(broken, ...detector(), ...outputs);
    expect(code).toBe(1);
    expect((await readdir(folder)).filter((name) => name !== 'cache')).toEqual(
      before.filter((name) => name !== 'cache'),
    );
  });
});

test.each([
  [['--target', 'spoon'], /--target spoon: made@\w+ finds cup, plate/],
  [['--nb-classes', '80'], /--nb-classes 80: cup,plate has 2 labels/],
  [['--confidence', '0'], /--detect-confidence above 0/],
  [['--track-interval', '1'], /--track-interval requires --track/],
  [['--track', '--track-interval', '1'], /requires --clip-labels/],
  [['--anchors', '1&2'], /--anchors cannot be used with --detect-head yolov8/],
  [['--output-detections', 'a.csv'], /must end in .json/],
  [['--anchors', '81&82&135'], /pairs of width and height in pixels/],
  [['--detect-head', 'yolov9'], /Allowed choices are yolox/],
  [['--box-color', 'red'], /--box-color requires --visualization or --play/],
  [['--play', '--box-color', 'rot'], /--box-color: a colour was expected/],
  [['--play', '--visualization', 'a.mp4'], /not both/],
])('%j is refused', async (args, message) => {
  const { code, stderr } = await classify(picture, ...detector(), ...args);
  expect(code).toBe(2);
  expect(stderr).toMatch(message);
});

test('labels that are not as many as classes, and a head that the model does not have, are refused', async () => {
  const few = await classify(picture, '--detect-model', model, '--detect-head', 'yolov8');
  expect(few.code).toBe(1);
  expect(few.stderr).toMatch(/80 labels/);
  const headless = await classify(picture, '--detect-model', model, '--detect-labels', 'cup,plate');
  expect(headless.code).toBe(1);
  expect(headless.stderr).toMatch(/head/);
});

test('flags of objects require a detector', async () => {
  const { code, stderr } = await classify(picture, ...clip, '--target', 'cup');
  expect(code).toBe(2);
  expect(stderr).toMatch(/--target requires --detect-model/);
});

/** Of a file of detections. */
async function imageIdsIn(path: string): Promise<number[]> {
  const detections: { image_id: number }[] = JSON.parse(await readFile(path, 'utf8'));
  return detections.map((detection) => detection.image_id);
}
