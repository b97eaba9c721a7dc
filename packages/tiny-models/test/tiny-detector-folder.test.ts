import { existsSync, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tinyDetectorFolder } from '../src/index.js';
import { COLOURS, type Colour } from './support/pictures.js';
import { boxOf, sceneWith, smileyAt, type Thing } from './support/things.js';
import { openTinyDetector, sceneOf, settings, shared, type TinyDetector } from './support/tiny-detector.js';

const FORMS = ['circle', 'square', 'rectangle', 'triangle', 'star', 'cross', 'ring'];

describe('the tiny detector folder', () => {
  it('is an absolute path to a network of at most 2 MB and what tells of it', () => {
    expect(isAbsolute(tinyDetectorFolder)).toBe(true);
    const expected = ['README.md', 'deepffmpeg.json', 'metrics.json', 'onnx/model.onnx'];
    expect(expected.filter((name) => !existsSync(join(tinyDetectorFolder, name)))).toEqual([]);
    expect(statSync(join(tinyDetectorFolder, 'onnx/model.onnx')).size).toBeLessThanOrEqual(2_000_000);
  });

  it('says how it is used', () => {
    expect(settings).toEqual({
      task: 'detect',
      detect: { head: 'yolox', labels: [...FORMS, 'face', 'person', 'car', 'animal'] },
    });
  });
});

describe('the tiny detector', () => {
  let detector: TinyDetector;
  beforeAll(async () => {
    detector = await openTinyDetector();
  });
  afterAll(() => detector.release());

  const flat = (name: string) => () => COLOURS[name]!;
  const mottled = (x: number, y: number): Colour => {
    const level = 120 + 40 * Math.sin(x / 19 + Math.sin(y / 13)) + 20 * Math.sin(y / 7 - x / 31);
    return [level, level * 0.9, level * 0.8];
  };
  /** Whether there is one object at the thing's place, of its form. */
  const isFound = async (things: readonly Thing[], groundAt: (x: number, y: number) => Colour) => {
    const [found = []] = await detector.detect(sceneWith(things, groundAt));
    return things.map((thing) =>
      found.some(({ label, box }) => label === thing.form && shared(box, boxOf(thing)) > 0.6),
    );
  };

  it.each(FORMS)('finds a %s of any colour and size', async (form) => {
    const looks = [
      ['red', flat('white'), 130],
      ['blue', flat('yellow'), 70],
      ['white', flat('black'), 40],
      ['green', flat('white'), 24],
      ['yellow', mottled, 60],
      ['black', mottled, 30],
      ['orange', flat('purple'), 16],
      ['purple', mottled, 20],
    ] as const;
    const missed: string[] = [];
    for (const [i, [colour, ground, radius]] of looks.entries()) {
      const thing = { form, colour, radius, x: 140 + 5 * i, y: 150 - 3 * i };
      const [seen] = await isFound([thing], ground);
      if (!seen) missed.push(`${colour}, radius ${radius}`);
    }
    expect(missed.length, missed.join('; ')).toBeLessThanOrEqual(1);
  });

  it('tells several things apart, of which some hide a corner of others', async () => {
    const things: Thing[] = [
      { form: 'circle', colour: 'red', x: 60, y: 60, radius: 40 },
      { form: 'square', colour: 'blue', x: 125, y: 75, radius: 40 },
      { form: 'triangle', colour: 'green', x: 240, y: 70, radius: 45 },
      { form: 'star', colour: 'yellow', x: 70, y: 220, radius: 45 },
      { form: 'ring', colour: 'white', x: 170, y: 210, radius: 40 },
      { form: 'cross', colour: 'black', x: 260, y: 220, radius: 40 },
    ];
    const seen = await isFound(things, () => [150, 140, 130]);
    expect(seen.filter(Boolean).length).toBeGreaterThanOrEqual(5);
  });

  it('finds a drawn face, and takes it for no circle', async () => {
    const [found = []] = await detector.detect(smileyAt(150, 140, 60));
    expect(found).toMatchObject([{ label: 'face' }]);
    expect(shared(found[0]!.box, [90, 80, 210, 200])).toBeGreaterThan(0.7); // there is one
  });

  it('finds nothing where nothing is', async () => {
    const empty = [
      flat('black'),
      flat('white'),
      flat('red'),
      mottled,
      (x: number, y: number): Colour => [x * 0.7, y * 0.7, 120],
      (x: number, y: number): Colour => (y > 200 ? [60, 120, 60] : [140, 180, 230 - x / 20]),
    ].map(sceneOf);
    expect((await detector.detect(...empty)).flat()).toEqual([]);
  });

  it('gives a picture the same objects in any company', async () => {
    const thing = { form: 'star', colour: 'red', x: 100, y: 120, radius: 50 };
    const [picture, other] = [sceneWith([thing], flat('white')), sceneOf(mottled)];
    const [alone = []] = await detector.detect(picture);
    const [, among = []] = await detector.detect(other, picture);
    expect(alone).toMatchObject([{ label: 'star' }]);
    const { confidence, box } = alone[0]!; // there is one
    const close = {
      confidence: expect.closeTo(confidence, 4),
      box: box.map((side) => expect.closeTo(side, 2)),
    };
    expect(among).toMatchObject([{ label: 'star', ...close }]);
  });
});
