import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { collect, isMediaError, type MediaErrorCode } from '@deepffmpeg/core';
import { makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { expect, test } from 'vitest';
import { formatReport, type ReportInput, type ReportMedia, writeReport } from '../../src/index.js';
import { sampleAnalysis, sampleDocument, sampleInput } from './sample-input.js';

const textOf = async (input: ReportInput) => (await collect(formatReport(input))).join('');
const failsWith = (code: MediaErrorCode, message: RegExp) =>
  expect.toSatisfy((error) => isMediaError(error, code) && message.test(error.message));

test('writes one file, whole', async () => {
  const folder = await makeTemporaryFolder();
  const path = join(folder, 'report.html');
  await writeReport(path, sampleInput());
  expect(await readdir(folder)).toEqual(['report.html']);
  expect(await readFile(path, 'utf8')).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
});

test('allows only what stands in it', async () => {
  const text = await textOf(sampleInput());
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/
    .exec(text)?.[1]
    ?.replaceAll('&#39;', "'");
  expect(policy).toMatch(
    /^default-src 'none'; script-src ('sha256-[^']+' ?)+; style-src ('sha256-[^']+' ?)+; img-src data:; media-src blob:; /,
  );
  const scripts = [...text.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, script = '']) => script);
  expect(scripts).toHaveLength(8);
  for (const script of scripts)
    expect(policy).toContain(`'sha256-${createHash('sha256').update(script).digest('base64')}'`);
  expect(text).not.toMatch(/ style="| on\w+="/);
});

test('holds the licence of the library that draws the curves', async () => {
  expect(await textOf(sampleInput())).toMatch(
    /uPlot\nThe MIT License[\s\S]*Copyright \(c\) \d+ Leon Sorokin/,
  );
});

test('embeds a film of any number of bytes', async () => {
  const path = join(await makeTemporaryFolder(), 'film.webm');
  for (const size of [0, 1, 2, 3, 196_607, 500_000]) {
    const film = randomBytes(size);
    await writeFile(path, film);
    const text = await textOf(
      sampleInput({ media: { kind: 'embed', path, mimeType: 'video/webm', isVideo: true } }),
    );
    const [, base64 = ''] = /<video [^>]*src="data:video\/webm;base64,([^"]*)"><\/video>/.exec(text) ?? [];
    expect(Buffer.from(base64, 'base64').equals(film)).toBe(true);
  }
});

test('refuses to embed what is too large, not there or no film', async () => {
  const folder = await makeTemporaryFolder();
  const path = join(folder, 'film.webm');
  await writeFile(path, randomBytes(1000));
  const media = { kind: 'embed', path, mimeType: 'video/webm', isVideo: true } as const;
  const report = join(folder, 'report.html');
  const write = (changes: Partial<typeof media>, embedLimitBytes = 1000) =>
    writeReport(report, sampleInput({ media: { ...media, ...changes } as ReportMedia }), { embedLimitBytes });
  await expect(write({}, 999)).rejects.toThrow(
    failsWith('ERR_INVALID_OPTIONS', /has 1000 bytes.*at most 999: link to it, or raise embedLimitBytes/),
  );
  await expect(write({ path: `${path}.gone` })).rejects.toThrow(
    failsWith('ERR_INPUT', /film\.webm\.gone to embed/),
  );
  await expect(write({ mimeType: 'text/html"' as 'video/webm' })).rejects.toThrow(
    failsWith('ERR_INVALID_OPTIONS', /^mimeType: expected one such as video\/mp4/),
  );
  expect(await readdir(folder)).toEqual(['film.webm']);
  await write({});
});

test('refuses options and addresses that mean nothing', async () => {
  await expect(
    textOf(sampleInput({ media: { kind: 'link', href: 'javascript:alert(1)', isVideo: true } })),
  ).rejects.toThrow(failsWith('ERR_INVALID_OPTIONS', /^href: expected an address relative to the page/));
  expect(() => formatReport(sampleInput(), { embedLimitBytes: 0 })).toThrow(
    failsWith('ERR_INVALID_OPTIONS', /embedLimitBytes/),
  );
});

test('leaves nothing when it is aborted amid the film', async () => {
  const folder = await makeTemporaryFolder();
  const path = join(folder, 'film.webm');
  await writeFile(path, randomBytes(1_000_000));
  const abort = new AbortController();
  const media = { kind: 'embed', path, mimeType: 'video/webm', isVideo: true } as const;
  const pieces = formatReport(sampleInput({ media }), { signal: abort.signal });
  for (let i = 0; i < 3; i++) await pieces.next();
  abort.abort();
  await expect(pieces.next()).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
  await expect(
    writeReport(join(folder, 'report.html'), sampleInput({ media }), { signal: abort.signal }),
  ).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
  expect(await readdir(folder)).toEqual(['film.webm']);
});

test('links to a film of the network, and does not load it', async () => {
  const text = await textOf(
    sampleInput({ media: { kind: 'link', href: 'https://example.org/a.mp4?x=1&y', isVideo: true } }),
  );
  expect(text).not.toContain('<video');
  expect(text).toContain('<a href="https://example.org/a.mp4?x=1&amp;y" rel="noreferrer noopener">');
});

test('tells a film that broke off, by more than a second, from a damaged one', async () => {
  const whole = sampleAnalysis();
  const [window] = whole.timeline.windows;
  const noticeOf = async (durationSeconds: number) => {
    const windows = [{ ...window!, timestamp: 0, durationSeconds }]; // the sample has windows
    const found = { technical: undefined, timeline: { shots: [], windows }, curves: [] };
    const analysis = sampleAnalysis({ ...found, partialReason: 'errors' });
    return /<strong>(The film [^<]*)<.strong> <bdi>All that could be read is here: errors</.exec(
      await textOf(sampleInput({ analysis })),
    )?.[1];
  };
  expect(await noticeOf(28.9)).toBe('The film broke off at 0:28.9.');
  expect(await noticeOf(29)).toBe('The film is damaged.');
});

test('tells of stored results that their film broke off', async () => {
  const noticeOf = async (readSeconds: number | undefined) =>
    /class="notices".*?<strong>(.*?)<\/strong>/s.exec(
      await textOf(sampleInput({ analysis: undefined, readSeconds })),
    )?.[1];
  expect(await noticeOf(12.5)).toBe('The film broke off at 0:12.5.');
  expect(await noticeOf(undefined)).toBe('Stored results only.');
});

test('says under what it tells of moments that there are more', async () => {
  const { technical_analysis: technical, ...document } = sampleDocument();
  const moment = { time: 3, type: 'volume_peak', intensity: 1, duration: null, max_volume: null } as const;
  const notesOf = async (action_moment_count: number) => {
    const audio_analysis = { ...technical.audio_analysis, action_moment_count, action_moments: [moment] };
    const stored = { ...document, technical_analysis: { ...technical, audio_analysis } };
    return (await textOf(sampleInput({ document: stored }))).match(/<p class="quiet">Here only.*?<\/p>/g);
  };
  expect(await notesOf(1)).toBeNull();
  expect(await notesOf(4)).toEqual(
    Array(2).fill(
      `<p class="quiet">Here only the first 1 of 4 moments count, by the original&#39;s rule.</p>`,
    ),
  );
});

test('says first what failed, is missing or damaged', async () => {
  const analysis = sampleAnalysis({
    parts: [
      { part: 'technical', status: 'done' },
      { part: 'vision', status: 'failed', reason: 'the model is <broken>' },
      { part: 'audio', status: 'missing', reason: 'the input has no sound' },
      { part: 'objects', status: 'off' },
    ],
    partialReason: 'moov atom cut',
  });
  const text = await textOf(sampleInput({ analysis }));
  const notices = text.slice(text.indexOf('Please note'), text.indexOf('class="tiles"'));
  expect(notices).toContain(
    '<li class="fault"><strong>Labels of pictures failed.</strong> <bdi>the model is &lt;broken&gt;</bdi>',
  );
  expect(notices).toContain(
    '<li><strong>Labels of sound: nothing to look at.</strong> <bdi>the input has no sound</bdi>',
  );
  expect(notices).toContain(
    'The film is damaged.</strong> <bdi>All that could be read is here: moov atom cut',
  );
  expect(notices).not.toContain('Objects');
  expect(await textOf(sampleInput())).not.toContain('Please note');
});

test('names the models, and says of small ones what their answers are worth', async () => {
  expect(await textOf(sampleInput())).toMatch(
    /<caption>Models<\/caption>.*Video<\/bdi><\/th><td><bdi>sample-clip</,
  );
  const { timeline, ...analysis } = sampleAnalysis();
  const shots = timeline.shots.map((shot) => ({ ...shot, model: 'tiny-clip@c3c8bdcecacb' }));
  const text = await textOf(sampleInput({ analysis: { ...analysis, timeline: { ...timeline, shots } } }));
  expect(text).toContain('<strong>Small models were asked.</strong>');
});

test('shows each reason of an insight with its times', async () => {
  const text = await textOf(sampleInput());
  const card = text.slice(text.indexOf('<h3>Content type'), text.indexOf('<h3>Picture quality'));
  expect(card).toContain('<h4>Why this type</h4>');
  expect(card).toContain('<bdi>Storytelling: 0.48 in 22 frames, 2 points</bdi>');
  expect([...card.matchAll(/data-time="([^"]+)"/g)].map(([, time]) => time)).toEqual(['12.4', '22', '3']);
});

test('leads to a key moment itself, not to where its rounded time is', async () => {
  const evidence = [
    {
      conclusion: 'key-moments',
      value: 'strongest at 13.94s',
      reasons: [
        { text: '13.94s: scene_change', times: [{ timestamp: 13.944, durationSeconds: 0 }] },
        { text: 'of another run', times: [{ timestamp: 5, durationSeconds: 2 }] },
      ],
    },
  ] as const;
  const text = await textOf(sampleInput({ evidence }));
  const table = text.slice(text.indexOf('<caption>Key moments'));
  expect([...table.matchAll(/data-time="([^"]+)"/g)].slice(0, 2).map(([, time]) => time)).toEqual([
    ...['13.944', '9.5'],
  ]);
});

test('lists objects by how often they were found, and tells how many are different only where they were followed', async () => {
  const table = (text: string) => {
    const start = text.indexOf('<caption>Objects</caption>');
    return text
      .slice(start, text.indexOf('</table>', start))
      .replace(/<\/t[hd]>/g, '|')
      .replace(/<[^>]*>/g, '');
  };
  expect(table(await textOf(sampleInput()))).toMatch(
    /Object\|Found\|Frames\|At once\|Different\|rabbit\|30\|30\|1\|1\|bird\|14\|9\|3\|3\|$/,
  );
  const objects = sampleAnalysis().objects.map(({ tracks, ...object }) => object);
  expect(table(await textOf(sampleInput({ analysis: sampleAnalysis({ objects }) })))).toMatch(
    /Object\|Found\|Frames\|At once\|rabbit\|30\|30\|1\|bird\|14\|9\|3\|$/,
  );
});

test('leads to objects without labels, and has no empty place for what was not looked at', async () => {
  const document = { ...sampleDocument(), ai_classifications: { video: [], audio: [] } };
  const text = await textOf(sampleInput({ document }));
  expect(text).toContain('<a href="#labels">Labels</a>');
  const start = text.indexOf('<section id="labels"');
  expect(text.slice(start, text.indexOf('</section>', start)).match(/<div>/g)).toHaveLength(1);
});

test('tells no scenes where there are none, as of sound alone', async () => {
  const { combined_insights, ...document } = sampleDocument();
  const storytelling_metrics = {
    ...combined_insights.storytelling_metrics,
    ...{ narrative_structure: null, pacing: null },
    scene_analysis: { count: 0, average_duration: 30, scenes_per_minute: 0 },
  };
  const text = await textOf(
    sampleInput({
      document: { ...document, combined_insights: { ...combined_insights, storytelling_metrics } },
    }),
  );
  expect(text).not.toContain('<caption>Scenes</caption>');
  expect(await textOf(sampleInput())).toContain('<caption>Scenes</caption>');
});

test('tells the size as the document does', async () => {
  expect(await textOf(sampleInput())).toContain('<td><bdi>1.23 MB</bdi></td>');
});

test.each([
  [24.4, '0.024 kbit/s'],
  [2345, '2.3 kbit/s'],
  [344_776, '345 kbit/s'],
])('tells a bit rate of %d bit/s as %s', async (bitrate, told) => {
  const { technical_analysis: technical, ...document } = sampleDocument();
  const technical_analysis = { ...technical, metadata: { ...technical.metadata, bitrate } };
  expect(await textOf(sampleInput({ document: { ...document, technical_analysis } }))).toContain(
    `<bdi>Bit rate</bdi></th><td><bdi>${told}</bdi>`,
  );
});

test('knows values that are not known', async () => {
  const { combined_insights, ...document } = sampleDocument();
  const nothing = { rating: null, factors: [] };
  const text = await textOf(
    sampleInput({
      analysis: undefined,
      evidence: [],
      document: {
        ...document,
        combined_insights: {
          ...combined_insights,
          quality_assessment: {
            ...combined_insights.quality_assessment,
            video_quality: nothing,
            audio_quality: nothing,
          },
          storytelling_metrics: {
            ...combined_insights.storytelling_metrics,
            scene_analysis: { count: 0, average_duration: null, scenes_per_minute: null },
          },
        },
      },
    }),
  );
  expect(text).toContain('<dt>Picture</dt><dd><bdi>–</bdi></dd>');
  expect(text).not.toMatch(
    /undefined|NaN|\bnull (s|fps)\b/.exec(
      text.slice(text.indexOf('<main>'), text.indexOf('<script type')),
    )?.[0] ?? 'no such word',
  );
});
