import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isMediaError } from '@deepffmpeg/core';
import { makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { describe, expect, test } from 'vitest';
import { parseAnalysisDocument, readAnalysisDocument } from '../../src/index.js';
import { makeMoment, makeSegment, makeShot, makeTechnical } from '../make-facts.js';

const technical = makeTechnical({
  scenes: { scene_timestamps: [0, 20] },
  audio: { action_moments: [makeMoment(3)] },
});
const shots = [makeShot(0, 0, 20), makeShot(1, 20, 40)];
const segments = [makeSegment('Tense', 3, 0.5)];

function problemOf(value: unknown, name = 'film_technical.json'): string {
  try {
    parseAnalysisDocument(typeof value === 'string' ? value : JSON.stringify(value), name);
  } catch (error) {
    expect(isMediaError(error, 'ERR_INPUT')).toBe(true);
    return (error as Error).message;
  }
  return 'none';
}

describe('parseAnalysisDocument', () => {
  test('gives the document and what stands beside it', () => {
    const media = { startSeconds: 1000, formatName: 'mpegts' };
    const text = JSON.stringify({ ...technical, details: { detector: 'adaptive', media, shots, segments } });
    const stored = { document: technical, shots, segments, startSeconds: 1000, warnings: [] };
    expect(parseAnalysisDocument(text, 'a')).toEqual(stored);
  });

  test("takes the original's, which has nothing beside it", () => {
    const stored = parseAnalysisDocument(JSON.stringify(technical), 'a');
    const none = { shots: undefined, segments: undefined, startSeconds: undefined };
    expect(stored).toEqual({ document: technical, ...none, warnings: [] });
  });

  test.each([
    [[{ type: 'audio' }, { type: 'video', isAttachedPicture: true }], false],
    [
      [
        { type: 'video', isAttachedPicture: true },
        { type: 'video', isAttachedPicture: false },
      ],
      true,
    ],
    ['of another program', undefined],
  ])('tells whether there is more than a cover picture by %j', (streams, expected) => {
    const text = JSON.stringify({ ...technical, details: { media: { startSeconds: 2, streams } } });
    expect(parseAnalysisDocument(text, 'a')).toMatchObject({ startSeconds: 2, hasPictures: expected });
  });

  test.each([
    [{ picture: { durationSeconds: 20 }, sound: { durationSeconds: 30 } }, 30],
    [{ picture: { durationSeconds: 20 }, shots }, 20],
    [{ picture: { startSeconds: 20, durationSeconds: 40 }, sound: { durationSeconds: 40 } }, undefined],
    [{ shots: shots.slice(0, 1), media: { startSeconds: 5 } }, 15],
    [{ shots, sound: { durationSeconds: 20 } }, undefined],
    [{ picture: 20, sound: { durationSeconds: -1 } }, undefined],
  ])('tells of %j how much was read where that is less than there is', (details, expected) => {
    expect(parseAnalysisDocument(JSON.stringify({ ...technical, details }), 'a').readSeconds).toBe(expected);
  });

  test.each([
    [3, 1],
    [1, 0],
    [null, -1],
    [undefined, undefined],
  ])('tells the place among the sounds of stream %s', (audioStream, expected) => {
    const streams = ['video', 'audio', 'subtitle', 'audio'].map((type, index) => ({ type, index }));
    const text = JSON.stringify({ ...technical, details: { audioStream, media: { streams } } });
    expect(parseAnalysisDocument(text, 'a').audioPlace).toBe(expected);
  });

  test('keeps fields that it does not know where they are', () => {
    const { input_file, ...rest } = technical;
    const text = JSON.stringify({ input_file, later: [1], ...rest });
    expect(JSON.stringify(parseAnalysisDocument(text, 'a').document)).toBe(text);
  });

  test('takes older files, which lack a method and a picture, as they are', () => {
    const older = structuredClone(technical);
    Reflect.deleteProperty(older.scene_analysis, 'thumbnail_path');
    Reflect.deleteProperty(older.audio_analysis, 'analysis_method');
    expect(parseAnalysisDocument(JSON.stringify(older), 'a').document).toEqual(older);
    expect(Object.keys(older.audio_analysis)).not.toContain('analysis_method');
  });

  test('takes a file that begins with a byte order mark', () => {
    expect(parseAnalysisDocument(`\ufeff${JSON.stringify(technical)}`, 'a').document).toEqual(technical);
  });

  test.each(['shots', 'segments'] as const)('says why it leaves out %s that it cannot use', (kind) => {
    const details = { shots, segments, [kind]: [{ type: kind, at: 3 }] };
    const stored = parseAnalysisDocument(JSON.stringify({ ...technical, details }), 'film.json');
    expect(stored[kind]).toBeUndefined();
    expect(stored[kind === 'shots' ? 'segments' : 'shots']).toBeDefined();
    expect(stored.warnings).toEqual([
      expect.stringMatching(
        new RegExp(`^film\\.json: details\\.${kind}\\[0\\]\\.\\w+: expected .*left out$`),
      ),
    ]);
  });

  test.each([null, 3, 'x', []])('takes no notice of details that are %j', (details) => {
    const { shots: none, warnings } = parseAnalysisDocument(JSON.stringify({ ...technical, details }), 'a');
    expect([none, warnings]).toEqual([undefined, []]);
  });
});

describe('parseAnalysisDocument refuses', () => {
  /** Every place of every field that the document has. */
  function pathsOf(value: unknown, path: readonly string[] = []): (readonly string[])[] {
    if (typeof value !== 'object' || value === null) return [path];
    const inner = Object.entries(value).flatMap(([key, each]) => pathsOf(each, [...path, key]));
    return path.length === 0 ? inner : [path, ...inner];
  }

  function without(path: readonly string[]): unknown {
    const copy = structuredClone(technical);
    const parent = path.slice(0, -1).reduce<object>((node, key) => Reflect.get(node, key), copy);
    Reflect.deleteProperty(parent, path.at(-1) ?? '');
    return copy;
  }

  const names = new Set(['thumbnail_path', 'analysis_method']);
  const needed = pathsOf(technical).filter(
    (path) => !names.has(path.at(-1) ?? '') && !/^\d+$/.test(path.at(-1) ?? ''),
  );

  test.each(needed.map((path) => ({ path, text: path.join('.').replaceAll(/\.(\d+)/g, '[$1]') })))(
    'a file without $text, by that name',
    ({ path, text }) => {
      const problem = problemOf(without(path));
      expect(problem).toContain(`film_technical.json: ${text}: expected a`);
      expect(problem).toContain('got nothing');
      expect(problem).toContain('write it anew with `deepffmpeg analyze`');
    },
  );

  test('what is of another kind', () => {
    const other = { ...technical, metadata: { ...technical.metadata, duration: 'three' } };
    expect(problemOf(other)).toContain('metadata.duration: expected a number, got "three"');
    expect(problemOf([])).toContain('the file: expected an object, got []');
    expect(problemOf(3)).toContain('the file: expected an object, got 3');
    expect(problemOf(JSON.stringify(technical).replace('"duration":60', '"duration":1e999'))).toContain(
      'metadata.duration: expected a number',
    );
  });

  test('what is no JSON, as Python may write it', () => {
    expect(problemOf('{"a": NaN}')).toMatch(
      /^film_technical\.json is not JSON \(.*`deepffmpeg analyze` wrote$/,
    );
    expect(problemOf('')).toContain('is not JSON');
  });

  test('a combined analysis, and says which one is meant', () => {
    const problem = problemOf({ technical_analysis: technical, combined_insights: {} });
    expect(problem).toBe('film_technical.json is a combined analysis: name the technical one beside it');
  });
});

describe('readAnalysisDocument', () => {
  test('reads a file', async () => {
    const path = join(await makeTemporaryFolder(), 'film.json');
    await writeFile(path, JSON.stringify(technical));
    expect((await readAnalysisDocument(path)).document).toEqual(technical);
  });

  test('refuses a file that is not there, too large, or a folder, and stops when aborted', async () => {
    const folder = await makeTemporaryFolder();
    const inputError = (path: string) =>
      expect.objectContaining({ code: 'ERR_INPUT', message: expect.stringContaining(path) });
    await expect(readAnalysisDocument(join(folder, 'none'))).rejects.toEqual(inputError('none'));
    await expect(readAnalysisDocument(folder)).rejects.toEqual(inputError(folder));
    await expect(readAnalysisDocument('/dev/zero')).rejects.toEqual(inputError('67108864 bytes'));
    const signal = AbortSignal.abort();
    await expect(readAnalysisDocument(join(folder, 'none'), { signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
  });
});

test.each([
  ['the whole', (deep: string) => deep],
  ['a field that is not known', (deep: string) => `{"extra": ${deep}}`],
])('what is nested too deeply is told, be it %s', (_, textOf) => {
  const deep = '['.repeat(100_000) + ']'.repeat(100_000);
  expect(() => parseAnalysisDocument(textOf(deep), 'film.json')).toThrow(
    'film.json: it is nested too deeply',
  );
});
