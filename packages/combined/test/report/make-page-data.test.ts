import { expect, test } from 'vitest';
import { makePageData } from '../../src/report/make-page-data.js';
import { sampleAnalysis, sampleDocument, sampleInput, sampleShots, sampleTechnical } from './sample-input.js';

const groupOf = (title: string, input = sampleInput()) =>
  makePageData(input).groups.find((group) => group.title === title);

test('gives a lane for windows, shots and segments of each unit, with the best label of each part', () => {
  const mood = groupOf('Mood');
  expect(mood?.detail).toBe('seen, sample');
  expect(mood?.origin).toBe('seen; labels of sample; model sample-clip');
  expect(mood?.lanes.map(({ title }) => title)).toEqual(['By window', 'By shot', 'Segments']);
  const [first] = sampleAnalysis().timeline.windows;
  const [start, end, label, strength] = mood?.lanes[0]?.items[0] ?? [];
  expect([start, end, mood?.labels[label ?? -1]?.label, strength]).toEqual([
    0,
    5,
    first?.labels[0]?.label,
    Number(first?.labels[0]?.probability.toFixed(3)),
  ]);
});

test('orders labels by their time, and says it in words', () => {
  const segments = [
    { start: 0, label: 'Short', durationSeconds: 1 },
    { start: 5, label: 'Long', durationSeconds: 3 },
  ].map(({ start, ...rest }) => ({
    ...rest,
    type: 'segment' as const,
    source: 'film',
    modality: 'audio' as const,
    model: 'm',
    labelSet: 'Sounds',
    group: 'labels',
    timestamp: start,
    probability: 0.5,
    peak: 0.5,
  }));
  const timeline = { shots: [], windows: [] };
  const group = groupOf('Sounds', sampleInput({ analysis: sampleAnalysis({ segments, timeline }) }));
  expect(group?.detail).toBe('heard');
  expect(group?.labels).toEqual([
    { label: 'Long', share: 0.375 },
    { label: 'Short', share: 0.125 },
  ]);
  expect(group?.lanes[0]?.summary).toBe('Segments: 2 parts; of their time Long 75 %, Short 25 %');
});

test('lays what holds at one time in rows, and shows no more than a lane can', () => {
  const [first] = sampleAnalysis().segments;
  const segments = Array.from({ length: 12_000 }, (_, i) => ({
    ...first!, // the sample has segments
    label: i % 2 === 0 ? 'Calm' : 'Tense',
    timestamp: i,
    durationSeconds: i < 1000 ? 0.5 : 2.5,
  }));
  const lane = groupOf('Mood', sampleInput({ analysis: sampleAnalysis({ segments }) }))?.lanes.at(-1);
  expect(lane?.items).toHaveLength(10_000);
  expect(lane?.title).toBe('Segments, without the 2000 shortest');
  expect(lane?.rows).toBe(3);
  expect(lane?.items.slice(0, 3).map(([start, , , , row]) => [start >= 1000, row])).toEqual([
    [true, 0],
    [true, 1],
    [true, 2],
  ]);
  // 1000 more have to go, though all are equal: from everywhere.
  expect(lane?.items.filter(([start]) => start < 6500).length).toBeCloseTo(5000, -2);
});

test('joins what follows with the same label where there is too much of it', () => {
  const [first] = sampleAnalysis().timeline.windows;
  const windows = Array.from({ length: 12_000 }, (_, i) => ({
    ...first!, // the sample has windows
    timestamp: i * 2,
    durationSeconds: 2,
    labels: [{ label: i % 4 < 3 ? 'Calm' : 'Tense', probability: (i % 4) / 4 }],
  }));
  const timeline = { windows, shots: [] };
  const [lane] =
    groupOf('Mood', sampleInput({ analysis: sampleAnalysis({ timeline, segments: [] }) }))?.lanes ?? [];
  expect(lane?.items.slice(0, 2)).toEqual([
    [0, 6, 0, 0.25, 0],
    [6, 8, 1, 0.75, 0],
  ]);
  expect(lane?.items).toHaveLength(6000);
});

test('lets no object lead another that is there at the same time', () => {
  const [first] = sampleAnalysis().segments;
  const segments = [1, 2, 3].map((trackId) => ({
    ...first!, // the sample has segments
    ...{ group: 'objects', label: 'bird', trackId, timestamp: 5, probability: 1 / trackId },
    durationSeconds: trackId < 3 ? 8 : 4,
  }));
  const group = groupOf('objects', sampleInput({ analysis: sampleAnalysis({ segments }) }));
  expect(group?.oneLeads).toBe(false);
  expect(group?.labels).toEqual([
    { label: 'bird (object 1)', share: 0.4 },
    { label: 'bird (object 2)', share: 0.4 },
    { label: 'bird (object 3)', share: 0.2 },
  ]);
  expect(groupOf('Mood')?.oneLeads).toBe(true);
});

test('gives a lane for each kind of event', () => {
  expect(groupOf('Technical')?.lanes.map(({ title, items }) => `${title} ${items.length}`)).toEqual([
    'Black 1',
    'Letterbox 1',
    'Silence 1',
    'Blurred 1',
    'Sound section 1',
    'Volume peak 1',
  ]);
});

test('says in words how often and how long events are, and of cuts how often alone', () => {
  const { events, actionMoments } = sampleTechnical();
  const cuts = [5.795, 11.128].map((timestamp) => ({
    ...actionMoments[0]!, // the sample has some
    ...{ kind: 'scene_change' as const, timestamp, durationSeconds: 0 },
  }));
  const technical = sampleTechnical({ events, actionMoments: cuts });
  const summaries = groupOf('Technical', sampleInput({ analysis: sampleAnalysis({ technical }) }))?.lanes.map(
    ({ summary }) => summary,
  );
  expect(summaries).toEqual([
    ...['Black: once, 0.6 s in all', 'Letterbox: once, 30 s in all', 'Silence: once, 2.1 s in all'],
    ...['Blurred: once, 1.5 s in all', 'Scene change: 2 times'],
  ]);
});

test('counts from where the film begins on its own clock', () => {
  const technical = sampleTechnical();
  const info = { ...technical.metadata.info, startSeconds: 100 };
  const shots = sampleShots.map((shot) => ({ ...shot, timestamp: shot.timestamp + 100 }));
  const shifted = sampleTechnical({ shots, metadata: { ...technical.metadata, info } });
  const data = makePageData(sampleInput({ analysis: sampleAnalysis({ info, technical: shifted }) }));
  expect(data.shots[1]).toMatchObject({ number: 2, start: 5.795, kind: 'cut' });
  expect(data.events[0]).toMatchObject({ start: -100 });
  // So do labels where the technical part failed.
  const first = sampleAnalysis().timeline.windows[0]!; // the sample has some
  const timeline = { shots: [], windows: [{ ...first, timestamp: first.timestamp + 100 }] };
  const failed = sampleAnalysis({ info, technical: undefined, timeline, segments: [], tracks: [] });
  const [group] = makePageData(sampleInput({ analysis: failed })).groups;
  expect(group?.lanes[0]?.items[0]?.[0]).toBeCloseTo(first.timestamp);
});

test('leaves out of a curve what is no number', () => {
  const curves = [
    {
      name: 'momentaryLoudness',
      unit: 'LUFS',
      modality: 'audio' as const,
      points: [Number.NEGATIVE_INFINITY, -20.123456, Number.NaN, -10].map((value, timestamp) => ({
        timestamp,
        value,
      })),
    },
  ];
  const [curve] = makePageData(sampleInput({ analysis: sampleAnalysis({ curves }) })).curves;
  expect(curve).toEqual({
    title: 'Momentary loudness',
    unit: 'LUFS',
    summary: 'Momentary loudness from -20.12 to -10 LUFS, mean -15.06',
    times: [0, 1, 2, 3],
    values: [null, -20.12, null, -10],
  });
});

test('takes pictures evenly where there are too many', () => {
  const shots = Array.from({ length: 5000 }, (_, index) => ({ ...sampleShots[0]!, index, timestamp: index })); // the sample has shots
  const thumbnails = shots.map(({ index }) => ({
    shot: index,
    timestamp: index,
    width: 16,
    height: 9,
    jpeg: new Uint8Array([index % 256]),
  }));
  const technical = sampleTechnical({ shots });
  const data = makePageData(sampleInput({ analysis: sampleAnalysis({ technical, thumbnails }) }));
  expect(data.thumbnails).toHaveLength(1000);
  expect(data.thumbnails.slice(0, 3).map(({ shot }) => shot)).toEqual([0, 5, 10]);
  expect(data.thumbnails[1]?.jpeg).toBe('BQ==');
});

test('knows scenes and duration from stored results alone', () => {
  const data = makePageData(sampleInput({ analysis: undefined }));
  expect(data.durationSeconds).toBe(30);
  expect(data.shots.map(({ number, start, end, kind }) => [number, start, end, kind])).toEqual([
    [1, 0, 11.128, ''],
    [2, 11.128, 21.003, ''],
    [3, 21.003, 30, ''],
  ]);
  expect([data.groups, data.curves, data.events, data.thumbnails]).toEqual([[], [], [], []]);
});

test('counts stored scenes from where the film begins on its own clock', () => {
  const document = sampleDocument();
  const { technical_analysis: technical } = document;
  const scene_analysis = { ...technical.scene_analysis, scene_timestamps: [1000, 1011.128, 1021.003] };
  const stored = { ...document, technical_analysis: { ...technical, scene_analysis } };
  const data = makePageData(sampleInput({ document: stored, analysis: undefined, startSeconds: 1000 }));
  expect(data.durationSeconds).toBe(30);
  expect(data.shots.map(({ start, end }) => [start, end])).toEqual([
    [0, 11.128],
    [11.128, 21.003],
    [21.003, 30],
  ]);
});

test('knows where a film broke off, by what was found and not by what it says of its length', () => {
  const shots = sampleShots.slice(0, 2);
  const technical = sampleTechnical({ shots });
  const short = { technical, timeline: { shots: [], windows: [] }, curves: [] };
  const readOf = (changes: Parameters<typeof sampleAnalysis>[0]) =>
    makePageData(sampleInput({ analysis: sampleAnalysis(changes) })).readSeconds;
  expect(readOf({ ...short, partialReason: 'cut' })).toBe(11.128);
  expect(readOf(short)).toBe(30);
  // A whole film has no rest, however small.
  const events = [{ ...sampleTechnical().events[0]!, durationSeconds: 30.00049 }]; // the sample has events
  const { durationSeconds, readSeconds } = makePageData(
    sampleInput({ analysis: sampleAnalysis({ technical: sampleTechnical({ events }) }) }),
  );
  expect([durationSeconds, readSeconds]).toEqual([30.00049, 30.00049]);
  const [curve] = sampleAnalysis().curves;
  const curves = [{ ...curve!, points: [{ timestamp: 12, value: 1 }] }]; // the sample has curves
  expect(readOf({ ...short, curves, partialReason: 'cut' })).toBe(12);
});

test('shows of stored results where a film broke off, and its shots as they are', () => {
  const shots = sampleShots.slice(0, 2);
  const stored = sampleInput({ analysis: undefined, readSeconds: 21.5 });
  const read = makePageData(stored);
  expect([read.durationSeconds, read.readSeconds, read.shots.at(-1)?.end]).toEqual([30, 21.5, 21.5]);
  const exact = makePageData({ ...stored, shots, readSeconds: 11.128 });
  expect([exact.durationSeconds, exact.readSeconds]).toEqual([30, 11.128]);
  expect(exact.shots.map(({ number, start, end, kind }) => [number, start, end, kind])).toEqual([
    [1, 0, 5.795, 'start'],
    [2, 5.795, 11.128, 'cut'],
  ]);
  // What is as long as it says, but for a rest, is whole.
  expect(makePageData({ ...stored, shots: sampleShots, readSeconds: 29.5 }).readSeconds).toBe(30);
});

test('is as long as what was read, where the file counts in the time before its begin', () => {
  const { technical_analysis: technical, ...document } = sampleDocument();
  const late = (changes: Parameters<typeof sampleAnalysis>[0]) => {
    const metadata = { ...technical.metadata, duration: 35 };
    const told = { ...document, technical_analysis: { ...technical, metadata } };
    return makePageData(sampleInput({ document: told, analysis: sampleAnalysis(changes) }));
  };
  expect(late({}).durationSeconds).toBe(30);
  // What broke off is as long as it says.
  const { durationSeconds, readSeconds } = late({ partialReason: 'cut' });
  expect([durationSeconds, readSeconds]).toEqual([35, 30]);
});

test('has no time line where there is no time', () => {
  const document = sampleDocument();
  const { metadata, scene_analysis } = document.technical_analysis;
  const empty = {
    ...document,
    technical_analysis: {
      ...document.technical_analysis,
      metadata: { ...metadata, duration: null },
      scene_analysis: { ...scene_analysis, scene_timestamps: [] },
    },
  };
  expect(makePageData(sampleInput({ document: empty, analysis: undefined })).durationSeconds).toBe(0);
});
