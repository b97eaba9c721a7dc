import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  averagesFromCsv,
  averagesToCsv,
  collect,
  createSegmenter,
  EMBEDDINGS_FORMAT,
  type Embedding,
  type EmbeddingsHeader,
  embeddingsFromJsonLines,
  embeddingsToJsonLines,
  formatEmbedding,
  formatOutcome,
  type InputOutcome,
  type LabelAverage,
  type Segment,
  scoresFromJsonLines,
  scoresToJsonLines,
  segmentsFromCsv,
  segmentsFromJson,
  segmentsFromWebVtt,
  segmentsToCsv,
  segmentsToJson,
  segmentsToWebVtt,
  through,
} from '../src/index.js';
import { film, makeScores } from './make-scores.js';

const text = async (lines: AsyncIterable<string>) => (await collect(lines)).join('');
const modality = fc.constantFrom('vision' as const, 'audio' as const);
const name = fc.string({
  minLength: 1,
  unit: fc.constantFrom(...'aé,"\'<>&-/\\;:{} \u2028🐶'),
  maxLength: 12,
});
const fixed = (digits: number) => (value: number) => Number(value.toFixed(digits));
const probability = fc.double({ min: 0, max: 1, noNaN: true }).map(fixed(4));
const seconds = (digits: number) => fc.double({ min: 0, max: 4e5, noNaN: true }).map(fixed(digits));

const segments = (digits: number) => {
  const segment = fc.record<Segment>({
    type: fc.constant('segment'),
    source: name,
    modality,
    model: name,
    labelSet: name,
    group: name,
    label: name,
    timestamp: seconds(digits),
    durationSeconds: seconds(digits),
    probability,
    peak: probability,
  });
  const tracked = fc.tuple(segment, fc.nat()).map(([made, trackId]) => ({ ...made, trackId }));
  return fc.array(fc.oneof(segment, tracked), { maxLength: 5 });
};

test('reading undoes writing: segments as JSON and CSV', async () => {
  await fc.assert(
    fc.asyncProperty(segments(6), async (list) => {
      expect(segmentsFromJson(await text(segmentsToJson(list)))).toEqual(list);
      expect(segmentsFromCsv(await text(segmentsToCsv(list)))).toEqual(list);
    }),
  );
});

test('reading undoes writing: segments as WebVTT, to the millisecond', async () => {
  await fc.assert(
    fc.asyncProperty(segments(3), async (list) => {
      const cues = segmentsFromWebVtt(await text(segmentsToWebVtt(list)));
      const shown = list
        .filter((segment) => segment.durationSeconds > 0)
        .toSorted((a, b) => a.timestamp - b.timestamp);
      expect(cues).toHaveLength(shown.length);
      cues.forEach((cue, i) => {
        const { type, source, model, labelSet, peak, timestamp, durationSeconds, ...rest } = shown[i]!;
        expect(cue).toMatchObject(rest);
        expect(cue.trackId).toBe(rest.trackId);
        expect(cue.timestamp).toBeCloseTo(timestamp, 6);
        expect(cue.durationSeconds).toBeCloseTo(durationSeconds, 2);
      });
    }),
  );
});

test('a WebVTT file is what players expect', async () => {
  const [segment] = fc.sample(
    segments(3).filter(({ length }) => length === 1),
    1,
  )[0]!;
  const { trackId: _, ...untracked } = segment!;
  const made = {
    ...untracked,
    modality: 'vision',
    group: 'Mood',
    label: 'R&B --> "x"',
    timestamp: 3661.5,
    durationSeconds: 0.25,
    probability: 0.5,
  } as const;
  expect(await text(segmentsToWebVtt([made]))).toBe(
    'WEBVTT\n\n1/vision/Mood/0.5000\n01:01:01.500 --> 01:01:01.750\nMood: R&amp;B --&gt; "x"\n',
  );
  const plain = { ...made, group: 'labels', label: 'a cat', timestamp: 3 };
  expect(await text(segmentsToWebVtt([made, plain]))).toMatch(
    /^WEBVTT\n\n1\/vision\/labels\/0\.5000\n00:00:03\.000 --> .*\na cat\n\n2\/vision\/Mood/,
  );
  expect(await text(segmentsToWebVtt([{ ...plain, trackId: 3 }]))).toContain('\na cat <c.track>3</c>\n');
  const early = { ...made, timestamp: -1, durationSeconds: 1.5 };
  expect(await text(segmentsToWebVtt([early]))).toContain('00:00:00.000 --> 00:00:00.500');
  expect(await text(segmentsToWebVtt([{ ...made, durationSeconds: 0 }]))).toBe('WEBVTT\n'); // a still
  expect(await text(segmentsToWebVtt([{ ...made, timestamp: -2, durationSeconds: 1 }]))).toBe('WEBVTT\n');
});

test('long runs of blanks and line breaks take no time in WebVTT', async () => {
  const [segment] = fc.sample(
    segments(3).filter(({ length }) => length > 0),
    1,
  )[0]!;
  const made = { ...segment!, durationSeconds: 1, label: `a${' '.repeat(50_000)}b \r\n c` };
  const start = performance.now();
  const written = await text(segmentsToWebVtt([made]));
  const [cue] = segmentsFromWebVtt(written.replace('\n\n', '\n'.repeat(50_000)));
  expect(cue?.label).toBe(`a${' '.repeat(50_000)}b c`);
  expect(performance.now() - start).toBeLessThan(500);
});

test('a label that looks like a track in a WebVTT file is a label', async () => {
  const [segment] = fc.sample(
    segments(3).filter(({ length }) => length > 0),
    1,
  )[0]!;
  const made = { ...segment!, durationSeconds: 1, label: 'dog <c.track>3</c>' };
  for (const trackId of [1, 12]) {
    const [cue] = segmentsFromWebVtt(await text(segmentsToWebVtt([{ ...made, trackId }])));
    expect(cue).toMatchObject({ label: made.label, trackId });
  }
});

test('reading undoes writing: averages', async () => {
  const averages = fc.array(
    fc.record<LabelAverage>({
      type: fc.constant('label-average'),
      source: fc.constant('film'),
      modality,
      model: fc.constant('m'),
      labelSet: fc.constant('s'),
      group: fc.constant('g'),
      label: name,
      probability,
      count: fc.nat(),
    }),
  );
  await fc.assert(
    fc.asyncProperty(averages, async (list) => {
      const expected = list.map(({ modality, label, probability, count }) => ({
        modality,
        label,
        probability,
        count,
      }));
      expect(averagesFromCsv(await text(averagesToCsv(list)))).toEqual(expected);
    }),
  );
});

test.each([
  ['', /expected the header/],
  ['a,b\n', /got a,b/],
  ['stream_id,label,avg_probability,count\n2,x,0.5,1\n', /row 2/],
  ['stream_id,label,avg_probability,count\n0,x,0.5,1\n0,x,1.5,1\n', /row 3/],
  ['stream_id,label,avg_probability,count\n0,x,,1\n', /row 2/],
  ['stream_id,label,avg_probability,count\n0,x,0.5,1,9\n', /row 2/],
  ['stream_id,label,avg_probability,count\n0,"x,0.5,1\n', /stray quote/],
])('refuses averages %j', (csv, message) => {
  expect(() => averagesFromCsv(csv)).toThrow(message);
});

test('averages that a spreadsheet saved are read', () => {
  const csv = '\uFEFFstream_id,label,avg_probability,count\r\n0,a cat,0.5000,3\r\n';
  expect(averagesFromCsv(csv)).toEqual([{ modality: 'vision', label: 'a cat', probability: 0.5, count: 3 }]);
});

test('reading undoes writing: scores, however the text is cut', async () => {
  const scores = makeScores(
    [
      [0.25, 0.75, 0.125, 0.5, 0.375],
      [1, 0, 0, 0, 1],
    ],
    film,
  );
  const bytes = Buffer.from(await text(scoresToJsonLines(scores)));
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 700 }), async (size) => {
      const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
        bytes.subarray(i * size, (i + 1) * size),
      );
      expect(await collect(scoresFromJsonLines(pieces))).toEqual(scores);
    }),
  );
});

test('a line of scores has the promised shape', async () => {
  const [line] = await collect(scoresToJsonLines(makeScores([[0.25, 0.75, 0, 0, 1]], film)));
  expect(JSON.parse(line!)).toEqual({
    input: 'film.mp4',
    timestamp: 0,
    durationSeconds: 1,
    modality: 'vision',
    model: 'tiny',
    labelSet: 'film',
    kind: 'categories',
    groups: [
      {
        name: 'Style',
        labels: [
          { label: 'Drawn', probability: 0.25, similarity: 0.125 },
          { label: 'Real', probability: 0.75, similarity: 0.375 },
        ],
      },
      {
        name: 'Mood',
        labels: [
          { label: 'Calm', probability: 0, similarity: 0 },
          { label: 'Tense', probability: 0, similarity: 0 },
          { label: 'Merry', probability: 1, similarity: 0.5 },
        ],
      },
    ],
  });
});

test('reads files that a Windows editor saved anew', async () => {
  const saved = (content: string) => `\uFEFF${content.replaceAll('\n', '\r\n')}`;
  const scores = makeScores([[1, 0, 0, 0, 0]]);
  const segments = await collect(through(scores, createSegmenter()));
  const lines = saved(await text(scoresToJsonLines(scores)));
  for (const source of [[lines], [Buffer.from(lines)]])
    expect(await collect(scoresFromJsonLines(source))).toEqual(scores);
  expect(segmentsFromJson(saved(await text(segmentsToJson(segments))))).toEqual(segments);
  expect(segmentsFromCsv(saved(await text(segmentsToCsv(segments))))).toEqual(segments);
  expect(segmentsFromWebVtt(saved(await text(segmentsToWebVtt(segments))))).toMatchObject([{ label: 'sun' }]);
});

test('refuses lines that are no scores, naming them', async () => {
  await expect(collect(scoresFromJsonLines(['{"input":"x"}\n']))).rejects.toThrow(/line 1: /);
  const [good] = await collect(scoresToJsonLines(makeScores([[1, 0, 0, 0, 0]])));
  await expect(collect(scoresFromJsonLines([`${good}\n`, '{"in']))).rejects.toThrow('line 3 is not JSON');
  await expect(collect(scoresFromJsonLines(['x'.repeat(17 << 20)]))).rejects.toThrow('line 1 is longer');
});

test('a long line in short pieces takes no longer than in long ones', { timeout: 10_000 }, async () => {
  const pieces = Array<string>(15_000).fill('x'.repeat(1024)); // looked through anew with each, 100 GB
  await expect(collect(scoresFromJsonLines(pieces))).rejects.toThrow('line 1 is not JSON');
});

const header: EmbeddingsHeader = {
  format: EMBEDDINGS_FORMAT,
  models: [
    {
      modality: 'vision',
      model: 'tiny',
      weightsDigest: 'sha256:00',
      dimension: 3,
      logitScale: 30,
      logitBias: 0,
      activation: 'softmax',
      preprocessing: { size: 96 },
    },
    {
      modality: 'audio',
      model: 'tiny sound',
      weightsDigest: 'sha256:01',
      dimension: 2,
      logitScale: 11,
      logitBias: -1,
      activation: 'sigmoid',
      preprocessing: { sampleRate: 48_000 },
    },
  ],
  inputs: ['film.mp4'],
};
const embedding = (vector: readonly number[]): Embedding => ({
  type: 'embedding',
  source: 'film.mp4',
  timestamp: 1 / 3,
  durationSeconds: 1001 / 30000,
  modality: 'vision',
  model: 'tiny',
  vector: Float32Array.from(vector),
});

test('reading undoes writing: embeddings, every bit of them', async () => {
  const vector = fc
    .array(fc.float({ noNaN: true, min: -1, max: 1 }), { minLength: 3, maxLength: 3 })
    .filter((numbers) => Math.hypot(...numbers) > 1e-6)
    .map((numbers) => numbers.map((x) => x / Math.hypot(...numbers) + 0)); // no negative zero, which JSON has not
  await fc.assert(
    fc.asyncProperty(fc.array(vector), async (vectors) => {
      const sound: Embedding = {
        ...embedding([0.6, 0.8]),
        modality: 'audio',
        model: 'tiny sound',
      };
      const embeddings = [...vectors.map(embedding), sound];
      const file = await embeddingsFromJsonLines(embeddingsToJsonLines(header, embeddings));
      expect(file.header).toEqual(header);
      expect(await collect(file.embeddings)).toEqual(embeddings);
    }),
  );
});

test('an input that the header does not name is neither written nor read', async () => {
  const other = { ...embedding([1, 0, 0]), source: 'other.mp4' };
  const message = 'other.mp4 is none of the inputs in the header';
  await expect(text(embeddingsToJsonLines(header, [other]))).rejects.toThrow(message);
  const written = `${JSON.stringify(header)}\n${formatEmbedding(other)}`;
  const { embeddings } = await embeddingsFromJsonLines(written);
  await expect(collect(embeddings)).rejects.toThrow(`line 2: ${message}`);
});

test('what went wrong with inputs comes back after their embeddings', async () => {
  const outcomes: InputOutcome[] = [
    {
      input: 'a.mp4',
      partialReason: 'it broke off',
      missing: [{ modality: 'audio', reason: 'it has no audio' }],
    },
    { input: 'b.mp4', error: { code: 'ERR_INPUT', message: 'no file' } },
  ];
  const lines = [
    ...(await collect(embeddingsToJsonLines(header, [embedding([1, 0, 0])]))),
    ...outcomes.map(formatOutcome),
  ];
  const file = await embeddingsFromJsonLines(lines);
  expect(await collect(file.embeddings)).toHaveLength(1);
  expect(file.outcomes).toEqual(outcomes);
});

test('embeddings may have any number of numbers', async () => {
  const dimension = 200_000;
  const long = { ...header, models: [{ ...header.models[0]!, dimension }] };
  const one = embedding(Array.from({ length: dimension }, (_, i) => Number(i === 7)));
  const file = await embeddingsFromJsonLines(embeddingsToJsonLines(long, [one]));
  expect(await collect(file.embeddings)).toEqual([one]);
});

test.each([
  ['whose header is none', '{}\n'],
  ['whose embeddings nobody reads', `${JSON.stringify(header)}\n`],
])('leaves no file open %s', async (_, first) => {
  const source = Readable.from(Array(100).fill(first));
  const file = await embeddingsFromJsonLines(source).catch(() => undefined);
  await file?.embeddings.return();
  await setImmediate();
  expect(source.destroyed).toBe(true);
});

test('refuses embeddings that do not belong together', async () => {
  const other = { ...embedding([1, 0, 0]), model: 'other' };
  await expect(text(embeddingsToJsonLines(header, [other]))).rejects.toMatchObject({ code: 'ERR_MISMATCH' });
  const short = await embeddingsFromJsonLines(embeddingsToJsonLines(header, [embedding([1, 0])]));
  await expect(collect(short.embeddings)).rejects.toThrow(
    'line 2: expected 3 numbers as the header says, got 2',
  );
  const [vision, sound] = header.models;
  const deaf = { ...header, models: [vision!] };
  const heard = formatEmbedding({ ...embedding([1, 0]), modality: 'audio', model: 'tiny sound' });
  const file = await embeddingsFromJsonLines([`${JSON.stringify(deaf)}\n`, heard]);
  await expect(collect(file.embeddings)).rejects.toThrow('line 2: expected no embedding of audio');
  const twice = { ...header, models: [sound, sound] };
  await expect(embeddingsFromJsonLines([JSON.stringify(twice)])).rejects.toThrow(
    'one model for each modality',
  );
  const zero = await embeddingsFromJsonLines(embeddingsToJsonLines(header, [embedding([0, 0, 0])]));
  await expect(collect(zero.embeddings)).rejects.toThrow('line 2: expected a vector of length 1, got 0');
  await expect(embeddingsFromJsonLines([])).rejects.toThrow('got nothing');
  await expect(embeddingsFromJsonLines(['{}\n'])).rejects.toThrow(/line 1: /);
});

test('refuses segments that are none', () => {
  expect(() => segmentsFromJson('{')).toThrow('not JSON');
  expect(() => segmentsFromJson('[{}]')).toThrow('not a list of segments');
  expect(() => segmentsFromCsv('input\n')).toThrow('expected the header');
  const head =
    'input,modality,model,label_set,group,label,timestamp,duration_seconds,probability,peak,track_id\n';
  expect(() => segmentsFromCsv(`${head}f,vision,m,s,g,l,,1,1,1,\n`)).toThrow('row 2');
  expect(() => segmentsFromWebVtt('WEBVTT\n\nhello')).toThrow('got: hello');
  expect(() => segmentsFromWebVtt('SRT')).toThrow('expected WEBVTT');
});
