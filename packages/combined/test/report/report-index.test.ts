import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { collect, isMediaError } from '@deepffmpeg/core';
import { makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { expect, test } from 'vitest';
import { formatReportIndex, reportIndexFilm, writeReportIndex } from '../../src/index.js';
import { sampleAnalysis, sampleDocument, sampleInput } from './sample-input.js';

const textOf = async (...args: Parameters<typeof formatReportIndex>) =>
  (await collect(formatReportIndex(...args))).join('');

test('gives each film a row with its link, picture and conclusions', async () => {
  const thumbnails = [0, 1, 2].map((shot) => ({
    shot,
    timestamp: shot,
    width: 16,
    height: 9,
    jpeg: new Uint8Array([shot]),
  }));
  const parts = [{ part: 'objects', status: 'failed', reason: 'no model' }] as const;
  const input = sampleInput({ analysis: sampleAnalysis({ thumbnails, parts }) });
  const text = await textOf([reportIndexFilm('a%20film/report.html', input)]);
  const row = /<tbody>([\s\S]*)<\/tbody>/.exec(text)?.[1];
  expect(row).toContain('<img alt="" width="16" height="9" src="data:image/jpeg;base64,AQ==">');
  expect(row).toContain('<th scope="row"><a href="a%20film/report.html"><bdi>rabbit.webm</bdi></a>');
  expect(row).toContain('1 part failed');
  expect(row).toContain('<td>30 s</td><td><bdi>Storytelling</bdi> <small>33 %</small></td>');
  expect(row).toContain(
    '<td><bdi>High</bdi></td><td><bdi>Professional</bdi></td><td><bdi>Imaginative</bdi></td>',
  );
});

test('says of films of one name where they are', async () => {
  const rowOf = (filename: string, path: string) => {
    const { file_info, ...document } = sampleDocument(filename);
    return reportIndexFilm(
      'a.html',
      sampleInput({ document: { ...document, file_info: { ...file_info, path } } }),
    );
  };
  const text = await textOf([
    ...[rowOf('a.mp4', 'monday/a.mp4'), rowOf('b.mp4', 'monday/b.mp4'), rowOf('a.mp4', 'tuesday/<a>.mp4')],
  ]);
  expect(
    [...text.matchAll(/<th scope="row">.*?<bdi>(.*?)<\/bdi><\/a>(.*?)<\/th>/g)].map(([, ...found]) => found),
  ).toEqual([
    ['a.mp4', ' <small><bdi>monday/a.mp4</bdi></small>'],
    ['b.mp4', ''],
    ['a.mp4', ' <small><bdi>tuesday/&lt;a&gt;.mp4</bdi></small>'],
  ]);
});

test('tells a film that broke off from one that is damaged, and from one whose parts failed', async () => {
  const { timeline } = sampleAnalysis();
  const windows = timeline.windows.filter(({ timestamp }) => timestamp < 5);
  const cut = { technical: undefined, timeline: { shots: [], windows }, curves: [], partialReason: 'cut' };
  const faultsOf = async (analysis: ReturnType<typeof sampleAnalysis>) => {
    const text = await textOf([reportIndexFilm('a.html', sampleInput({ analysis }))]);
    return /class="fault">([^<]*)</.exec(text)?.[1];
  };
  expect(await faultsOf(sampleAnalysis(cut))).toBe('broke off at 0:05.0');
  const parts = [{ part: 'objects', status: 'failed', reason: 'no model' }] as const;
  expect(await faultsOf(sampleAnalysis({ ...cut, parts }))).toBe('broke off at 0:05.0, 1 part failed');
  expect(await faultsOf(sampleAnalysis({ partialReason: 'errors in its pictures' }))).toBe('damaged');
  expect(await faultsOf(sampleAnalysis())).toBeUndefined();
});

test('names what failed, before the films', async () => {
  const text = await textOf([
    reportIndexFilm('a.html', sampleInput()),
    { kind: 'failure', source: '<b>.mp4', reason: 'moov atom not found' },
  ]);
  expect(text).toContain('1 film, 1 failed');
  expect(text).toContain(
    '<li class="fault"><strong><bdi>&lt;b&gt;.mp4</bdi></strong> <bdi>moov atom not found</bdi></li>',
  );
  expect(text.indexOf('moov atom')).toBeLessThan(text.indexOf('<table'));
});

test('runs and loads nothing', async () => {
  const text = await textOf([]);
  expect(text).toContain('0 films');
  expect(text).toContain('content="default-src &#39;none&#39;; style-src &#39;sha256-');
  expect(text).not.toContain('<script');
});

test('refuses a link that is not of a report', () => {
  for (const href of ['javascript:alert(1)', 'https://example.org/report.html'])
    expect(() => formatReportIndex([reportIndexFilm(href, sampleInput())])).toThrow(
      expect.toSatisfy((error) => isMediaError(error, 'ERR_INVALID_OPTIONS')),
    );
});

test('escapes names', async () => {
  const document = sampleDocument('</table><script>alert(1)</script>.mp4');
  expect(await textOf([reportIndexFilm('a.html', sampleInput({ document }))])).toContain(
    '<bdi class="long">&lt;/table&gt;&lt;script&gt;alert(1)&lt;/script&gt;.mp4</bdi>',
  );
});

test('writes one file', async () => {
  const path = join(await makeTemporaryFolder(), 'index.html');
  await writeReportIndex(path, [reportIndexFilm('a.html', sampleInput())]);
  expect(await readFile(path, 'utf8')).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
});
