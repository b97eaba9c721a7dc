import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type CombinedDocument,
  drawInsights,
  makeCombinedDocument,
  parseAnalysisDocument,
} from '@deepffmpeg/combined';
import { averagesFromCsv } from '@deepffmpeg/core';
import { describeWithShared } from '@deepffmpeg/test-kit';
import { describe, expect, test } from 'vitest';
import { formatCombinedSummary } from '../src/combined-summary.js';

function combine(technicalText: string, csv: string) {
  const { document: technical } = parseAnalysisDocument(technicalText, 'film.json');
  const classifications = averagesFromCsv(csv);
  const { sections, evidence } = drawInsights({ technical, classifications });
  const document = makeCombinedDocument({
    inputFile: technical.input_file,
    sizeBytes: technical.metadata.size ?? undefined,
    createdAt: new Date(),
    technical,
    classifications,
    insights: sections,
  });
  return { document, evidence };
}

describeWithShared("the original's summaries", (shared) => {
  const folder = join(shared, 'golden/seed-combined');
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');
  const names = readdirSync(folder).flatMap((file) => (file.endsWith('.csv') ? [file.slice(0, -4)] : []));
  const summaryOf = (name: string) =>
    formatCombinedSummary(combine(read(`${name}.technical.json`), read(`${name}.csv`)).document);

  test.each(names.filter((name) => name !== 'video-only-csv'))('%s is the same to the letter', (name) => {
    const expected = read(`${name}.stdout.txt`);
    expect(expected.length).toBeGreaterThan(500);
    expect(summaryOf(name)).toBe(expected);
  });

  // Known difference: the original fails and says nothing.
  test('a CSV of one stream has a summary', () => {
    expect(read('video-only-csv.stdout.txt')).toBe('');
    expect(summaryOf('video-only-csv')).toMatch(/Audio Quality: Good\n.*Top Video Classifications:\n.*\n$/s);
    expect(summaryOf('video-only-csv')).not.toContain('Top Audio');
  });
});

/** A film of which little is known. */
const bare: CombinedDocument = {
  file_info: { filename: 'film.mp4', path: 'film.mp4', size_mb: null, created_date: '2026-11-24 00:00:00' },
  technical_analysis: {
    input_file: 'film.mp4',
    metadata: {
      format: 'mov',
      duration: null,
      size: null,
      bitrate: null,
      streams: 0,
      tags: {},
      video_streams: [],
      audio_streams: [],
    },
    scene_analysis: {
      total_frames: 0,
      scene_count: 0,
      scene_timestamps: [],
      average_scene_duration: null,
      scene_frequency: null,
      threshold_used: 0.3,
      detection_method: 'adaptive',
    },
    audio_analysis: {
      has_audio: false,
      mean_volume: null,
      max_volume: null,
      action_moment_count: 0,
      action_moments: [],
    },
    system_info: { classification: 'Unknown system', details: {} },
    analysis_parameters: { scene_threshold: 0.3 },
  },
  ai_classifications: { video: [], audio: [] },
  combined_insights: {
    content_type: {
      primary_type: 'Unclassified Media',
      confidence: 0,
      subtypes: [],
      format_info: { duration: null, resolution: null, frame_rate: null },
    },
    quality_assessment: {
      video_quality: { rating: null, factors: [] },
      audio_quality: { rating: null, factors: [] },
      technical_quality: { bitrate: null, codec_info: {} },
    },
    mood: { primary_mood: null, mood_confidence: 0, mood_elements: [], mood_progression: [] },
    storytelling_metrics: {
      scene_analysis: { count: 0, average_duration: null, scenes_per_minute: null },
      key_moments: [],
      narrative_structure: null,
      pacing: null,
    },
  },
};

describe('formatCombinedSummary', () => {
  test('leaves out what is not known', () => {
    expect(formatCombinedSummary(bare)).toBe(`
=== Combined Media Analysis Summary ===
File: film.mp4

Content Type: Unclassified Media (0.0% confidence)

Video Quality: None
Audio Quality: None

Technical Highlights:
- Scenes: 0

Mood: None
`);
  });

  test('tells of no scenes in sound alone', () => {
    const sound = { codec: 'mp3', sample_rate: '44100', channels: 2, channel_layout: 'stereo', bit_depth: 0 };
    const { technical_analysis: technical, combined_insights: insights } = bare;
    const technical_analysis = {
      ...technical,
      metadata: { ...technical.metadata, audio_streams: [sound] },
    };
    const technical_quality = { bitrate: null, codec_info: { audio: sound } };
    const quality_assessment = { ...insights.quality_assessment, technical_quality };
    const combined_insights = { ...insights, quality_assessment };
    const summary = formatCombinedSummary({ ...bare, technical_analysis, combined_insights });
    expect(summary).toContain('Technical Highlights:\n- Audio: mp3 44100Hz 2ch\n\n');
    expect(summary).not.toMatch(/Scenes|Pacing|Narrative|Consistency/);
  });

  test('tells behind it which parts are missing or failed, and why', () => {
    const parts = [
      { part: 'technical', status: 'done' },
      { part: 'vision', status: 'failed', reason: 'no model' },
      { part: 'audio', status: 'missing' },
      { part: 'objects', status: 'done', reason: 'some are lacking' },
    ] as const;
    expect(formatCombinedSummary(bare, { parts }).slice(formatCombinedSummary(bare).length)).toBe(`
Not Analysed:
- vision: failed (no model)
- audio: missing
- objects: done (some are lacking)
`);
  });

  test('counts the frames of objects', () => {
    const object = { type: 'object-count', source: 'film.mp4', model: 'model', detections: 3 } as const;
    const objects = [
      { ...object, label: 'car', frames: 1, mostAtOnce: 1 },
      { ...object, label: 'dog', frames: 2, mostAtOnce: 2 },
    ];
    expect(formatCombinedSummary(bare, { objects })).toContain(`
Objects:
- dog: in 2 frames, at most 2 at once
- car: in 1 frame, at most 1 at once
`);
  });

  test('tells the evidence when asked to', () => {
    const evidence = [
      {
        conclusion: 'mood',
        value: 'Tense',
        reasons: [
          {
            text: 'Tense: 0.61 in 12 frames',
            times: [
              { timestamp: 1, durationSeconds: 2.5 },
              { timestamp: 7, durationSeconds: 0 },
            ],
          },
        ],
      },
      { conclusion: 'video-quality', value: null, reasons: [{ text: 'nothing tells', times: [] }] },
    ] as const;
    expect(formatCombinedSummary(bare, { evidence })).toBe(formatCombinedSummary(bare));
    const verbose = formatCombinedSummary(bare, { evidence, isVerbose: true });
    expect(verbose.slice(formatCombinedSummary(bare).length)).toBe(`
Evidence:
- mood: Tense
    Tense: 0.61 in 12 frames [1.00s to 3.50s, 7.00s]
- video-quality: None
    nothing tells
`);
    expect(formatCombinedSummary(bare, { isVerbose: true })).toBe(formatCombinedSummary(bare));
  });

  test('prints no colours, cursor moves or line breaks of labels, names and reasons', () => {
    const hostile = '\u001b[2Jbad\nFile: other\u0007';
    const csv = `stream_id,label,avg_probability,count\n0,"${hostile}",0.5,3\n`;
    const { document, evidence } = combine(JSON.stringify(bare.technical_analysis), csv);
    const named = { ...document, file_info: { ...document.file_info, path: hostile } };
    const parts = [{ part: 'audio', status: 'failed', reason: hostile }] as const;
    const rated = evidence.map((each) => ({ ...each, reasons: [{ text: hostile, times: [] }] }));
    const summary = formatCombinedSummary(named, { parts, evidence: rated, isVerbose: true });
    expect(summary.match(/^File: /gm)).toHaveLength(1);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none of them may be there
    expect(summary).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    expect(summary).toContain('- bad\ufffdFile: other\ufffd: 0.50 (count: 3)');
  });
});
