import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isMediaError } from '@deepffmpeg/core';
import { makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { describe, expect, test } from 'vitest';
import { defaultRules, parseInsightRules, readInsightRules } from '../../src/index.js';

const pacing = { steps: [{ abovePerMinute: 30, name: 'Hectic' }], otherwise: 'Calm' };

function problemsOf(text: string): string[] {
  try {
    parseInsightRules(text, 'rules.json');
  } catch (error) {
    expect(isMediaError(error, 'ERR_INVALID_OPTIONS')).toBe(true);
    return (error as Error).message.split('\n');
  }
  return [];
}

/** Default rules as a file with one line each part, and one place of them changed. */
function changed(section: keyof typeof defaultRules, change: (text: string) => string): string {
  return change(JSON.stringify({ [section]: defaultRules[section] }, null, 2));
}

describe('parseInsightRules', () => {
  test('takes sections that are there, and the others of the default', () => {
    expect(parseInsightRules(JSON.stringify({ pacing }), 'a')).toEqual({ ...defaultRules, pacing });
    expect(parseInsightRules('{}', 'a')).toEqual(defaultRules);
  });

  test('takes the default rules themselves', () => {
    expect(parseInsightRules(JSON.stringify(defaultRules), 'a')).toEqual(defaultRules);
  });

  test('names the line, the path, what was expected and what came', () => {
    const text = `{
  "contentType": {
    "topLabels": 3,
    "types": [
      { "name": "Sport", "points": { "ball": 1 } },
      {
        "name": "News",

        "points": "three"
      }
    ],
    "unclassified": "?",
    "styles": [],
    "moodSubtypes": []
  }
}`;
    expect(problemsOf(text)).toEqual([
      'rules.json:9: contentType.types[1].points: expected an object, got "three"',
    ]);
    expect(problemsOf(text.replace('"three"', '{\n "a": 1,\n "two words": "three" }'))).toEqual([
      'rules.json:11: contentType.types[1].points["two words"]: expected a number, got "three"',
    ]);
  });

  test('names the line of the key where the value stands below it', () => {
    expect(problemsOf('{\n"pacing":\n\n3 }')).toEqual(['rules.json:2: pacing: expected an object, got 3']);
  });

  test('tells every mistake', () => {
    const text = '{\n"pacing": {\n"steps": [\n{ "abovePerMinute": -1, "name": "" }] },\n"mood": 1 }';
    expect(problemsOf(text).toSorted()).toEqual([
      'rules.json:2: pacing.otherwise: expected a string, got nothing',
      'rules.json:4: pacing.steps[0].abovePerMinute: expected a number of at least 0, got -1',
      'rules.json:4: pacing.steps[0].name: expected a text with a length of at least 1, got ""',
      'rules.json:5: mood: expected an object, got 1',
    ]);
  });

  test('refuses keys that it does not know, at any depth, and names the sections', () => {
    expect(problemsOf('{\n\n"pacng": {} }')).toEqual([
      expect.stringMatching(
        /^rules\.json:3: pacng: there is no such key; sections are contentType, .*narrative$/,
      ),
    ]);
    const text = changed('keyMoments', (each) => each.replace('"otherwise"', '"more": 1,\n"otherwise"'));
    expect(problemsOf(text)).toEqual(['rules.json:14: keyMoments.more: there is no such key']);
    expect(problemsOf('{"__proto__": {}}')).toEqual([
      expect.stringContaining('__proto__: there is no such key'),
    ]);
  });

  test.each([
    ['pacing', '"abovePerMinute": 20', '"abovePerMinute": 10', 'from the highest to the lowest'],
    ['keyMoments', '"above": 0.9', '"above": 0.5', 'from the highest to the lowest'],
    ['consistency', '"below": 0.3', '"below": 0.6', 'from the lowest to the highest'],
    ['narrative', '"rises"', '"climbs"', 'expected "rises" or "falls" or "stays", got "climbs"'],
    ['mood', '"vision"', '"video"', 'expected "vision" or "audio", got "video"'],
    ['mood', '"mostParts": 5', '"mostParts": 2.5', 'expected a whole number, got 2.5'],
    ['mood', '"mostParts": 5', '"mostParts": 100000', 'expected a number of at most 1000, got 100000'],
    ['mood', '"confidence": 0.6', '"confidence": 1.5', 'expected a number of at most 1, got 1.5'],
    ['resolution', '"otherwise": "SD"', '"otherwise": null', 'expected a string, got null'],
  ] as const)('refuses in %s %s as %s', (section, from, to, problem) => {
    const text = changed(section, (each) => each.replace(from, to));
    expect(text).toContain(to);
    expect(problemsOf(text)).toEqual([expect.stringContaining(problem)]);
  });

  test('shortens what came', () => {
    const [problem = ''] = problemsOf(JSON.stringify({ pacing: 'x'.repeat(10_000) }));
    expect(problem.length).toBeLessThan(150);
  });

  test.each([
    ['{\n  "pacing": {,}\n}', '2:14'],
    ['{"a": 1,}', '1:9'],
    ['{\n  "a": 1 // why\n}', '2:10'],
    ["{'a': 1}", '1:2'],
    ['{\n"a": ', '2:6'],
    ['{\r\n"a": 1\r\n', '3:1'],
    ['{"a": "b', '1:9'],
    ['', '1:1'],
    ['{"a": 01}', '1:7'],
    ['{} {}', '1:4'],
  ])('tells line and column of what is no JSON: %j', (text, place) => {
    expect(problemsOf(text)).toEqual([
      expect.stringMatching(new RegExp(`^rules\\.json:${place}: not JSON: \\S`)),
    ]);
  });

  test.each([
    ['{\n  "pacing": {{ 3\n}', "2:14: not JSON: Expected property name or '}'"],
    ['[1 2]', "1:4: not JSON: Expected ',' or ']' after array element"],
    ['{"pacing": [1,]}', "1:15: not JSON: Expected a value, got ']'"],
    ['{"pacing":', '1:11: not JSON: Expected a value, and the text ends'],
    ['{} {}', '1:4: not JSON: Unexpected non-whitespace character after JSON'],
  ])('tells what was expected instead of what is no JSON: %j', (text, problem) => {
    expect(problemsOf(text)).toEqual([`rules.json:${problem}`]);
  });

  test('refuses a key that stands twice, however it is spelled', () => {
    expect(problemsOf('{"pacing": {\n"a": 1,\n  "\\u0061": 2}}')).toEqual([
      'rules.json:3:3: not JSON: the key "a" stands here twice',
    ]);
  });

  test('refuses a line break in a string, where a quote was forgotten', () => {
    expect(problemsOf('{"pacing": {\n"a": "b,\n"c": 1}}')).not.toEqual([]);
    expect(problemsOf('{\n"a": "b\nc"}')).toEqual([
      expect.stringContaining('rules.json:2:6: not JSON: a line break'),
    ]);
    expect(problemsOf('{\n"a\nb": 1}')).toEqual([
      expect.stringContaining('rules.json:2:1: not JSON: a line break'),
    ]);
  });

  test('refuses what is nested without end', () => {
    expect(problemsOf('['.repeat(100_000))).toEqual([expect.stringContaining('nested too deeply')]);
  });
});

describe('readInsightRules', () => {
  test('reads a file, with a byte order mark or without', async () => {
    const path = join(await makeTemporaryFolder(), 'rules.json');
    await writeFile(path, `\ufeff${JSON.stringify({ pacing })}`);
    expect(await readInsightRules(path)).toEqual({ ...defaultRules, pacing });
  });

  test('names the file in what goes wrong, and stops when aborted', async () => {
    const folder = await makeTemporaryFolder();
    const path = join(folder, 'rules.json');
    const optionsError = (message: string) => ({
      code: 'ERR_INVALID_OPTIONS',
      message: expect.stringContaining(message),
    });
    await expect(readInsightRules(path)).rejects.toMatchObject(optionsError(`cannot read the rules ${path}`));
    await writeFile(path, Buffer.from([0x7b, 0xff, 0x7d]));
    await expect(readInsightRules(path)).rejects.toMatchObject(optionsError(`${path} is not UTF-8`));
    await writeFile(path, '{"pacing": 1}');
    await expect(readInsightRules(path)).rejects.toMatchObject(optionsError(`${path}:1: pacing: expected`));
    await expect(readInsightRules('/dev/zero')).rejects.toMatchObject(optionsError('1048576 bytes'));
    const signal = AbortSignal.abort();
    await expect(readInsightRules(path, { signal })).rejects.toMatchObject({ name: 'AbortError' });
  });
});
