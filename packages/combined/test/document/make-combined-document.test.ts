import { describeWithShared } from '@deepffmpeg/test-kit';
import { describe, expect, test } from 'vitest';
import {
  drawInsights,
  formatCombinedDocument,
  type InsightFacts,
  makeCombinedDocument,
} from '../../src/index.js';
import { goldenCases } from '../golden-case.js';
import { makeRow, makeTechnical } from '../make-facts.js';

/** Local time, as the file tells it. */
const CREATED = new Date(2026, 10, 2, 3, 4, 5);

function documentOf(facts: InsightFacts, inputFile = facts.technical.input_file) {
  return makeCombinedDocument({
    inputFile,
    sizeBytes: facts.technical.metadata.size ?? undefined,
    createdAt: CREATED,
    technical: facts.technical,
    classifications: facts.classifications,
    insights: drawInsights(facts).sections,
  });
}

describeWithShared("the original's combined analyses", (shared) => {
  const cases = goldenCases(shared);
  const made = cases.flatMap(({ name, facts, combined }) =>
    combined === undefined ? [] : [{ name, facts, combined }],
  );

  test('are all there', () => {
    expect(made.map(({ name }) => name)).toEqual([
      'big-buck-bunny-30s',
      'fast-cuts',
      'no-audio-stream',
      'no-known-labels',
      'original-example',
      'rising-story',
    ]);
  });

  test.each(made)('$name is the same field by field, but for the time of the run', ({ facts, combined }) => {
    const expected = JSON.parse(combined);
    expected.file_info.created_date = '2026-11-02 03:04:05';
    expect(JSON.parse(formatCombinedDocument(documentOf(facts)))).toEqual(expected);
  });

  // Known difference: whole numbers that were fractions in Python.
  test.each(made)('$name is the same text, but for the zero behind whole numbers', ({ facts, combined }) => {
    const withoutTime = (text: string) => text.replace(/"created_date": ".*"/, '');
    const ours = withoutTime(formatCombinedDocument(documentOf(facts)));
    expect(ours).not.toBe(withoutTime(combined));
    expect(ours).toBe(withoutTime(combined).replaceAll(/(\d)\.0(?=,?\n)/g, '$1'));
  });

  // Known difference: the original fails and says nothing.
  test('a CSV of one stream has a result', () => {
    const [failed, ...others] = cases.filter(({ combined }) => combined === undefined);
    expect([failed?.name, others]).toEqual(['video-only-csv', []]);
    if (failed === undefined) return;
    const { ai_classifications, combined_insights: insights } = documentOf(failed.facts);
    expect(ai_classifications).toEqual({
      video: [{ label: 'Animation', probability: 0.9, count: 10 }],
      audio: [],
    });
    expect(insights.content_type).toMatchObject({
      primary_type: 'Storytelling',
      confidence: 1,
      subtypes: ['Animated'],
    });
    expect(insights.quality_assessment.audio_quality).toEqual({
      rating: 'Good',
      factors: ['Balanced audio levels', 'Professional audio sampling rate'],
    });
    expect(insights.mood).toMatchObject({ primary_mood: 'Moderate', mood_consistency: 'Highly consistent' });
    expect(insights.storytelling_metrics).toMatchObject({ narrative_structure: 'Simple', pacing: 'Slow' });
  });
});

describe('makeCombinedDocument', () => {
  const technical = makeTechnical();
  const facts = { technical, classifications: [] };

  test('names the file by the last part of its path or address', () => {
    const nameOf = (input: string) => documentOf(facts, input).file_info.filename;
    expect(nameOf('/films/a b.mp4')).toBe('a b.mp4');
    expect(nameOf('film.mp4')).toBe('film.mp4');
    expect(nameOf('https://example.org/films/a.mp4?token=/b.c#t=1')).toBe('a.mp4');
    expect(nameOf('what?.mp4')).toBe('what?.mp4');
    expect(nameOf('-')).toBe('stdin');
    expect(documentOf(facts, './films//a.mp4').file_info.path).toBe('./films//a.mp4');
  });

  test('tells the local time with two digits each, and no size where there is none', () => {
    const withoutSize = { technical: makeTechnical({ metadata: { size: null } }), classifications: [] };
    expect(documentOf(withoutSize).file_info).toMatchObject({
      size_mb: null,
      created_date: '2026-11-02 03:04:05',
    });
    expect(documentOf(facts).file_info.size_mb).toBe(1);
  });

  test('lists labels by count and keeps the order of equals, each stream for itself', () => {
    const classifications = [
      makeRow('audio', 'rain', 0.1, 2),
      makeRow('vision', 'dog', 0.2, 3),
      makeRow('vision', 'cat', 0.9, 3),
      makeRow('vision', 'horse', 0.3, 11),
    ];
    const { video, audio } = documentOf({ technical, classifications }).ai_classifications;
    expect(video.map(({ label }) => label)).toEqual(['horse', 'dog', 'cat']);
    expect(audio).toEqual([{ label: 'rain', probability: 0.1, count: 2 }]);
  });
});

describe('formatCombinedDocument', () => {
  test('puts what the original does not have last, whatever the order it comes in', () => {
    const document = documentOf({ technical: makeTechnical(), classifications: [] });
    const text = formatCombinedDocument({ details: { parts: [] }, ...document });
    expect(Object.keys(JSON.parse(text))).toEqual([
      'file_info',
      'technical_analysis',
      'ai_classifications',
      'combined_insights',
      'details',
    ]);
    expect(JSON.parse(formatCombinedDocument(document))).not.toHaveProperty('details');
    expect(text).toMatch(/^\{\n {2}"file_info": \{\n {4}"filename"/);
    expect(text.endsWith('}')).toBe(true);
  });
});
