import type { AverageRow } from '@deepffmpeg/core';
import { isMediaError } from '@deepffmpeg/core';
import { describeWithShared } from '@deepffmpeg/test-kit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Conclusion,
  defaultRules,
  drawInsights,
  type InsightFacts,
  type InsightRules,
} from '../../src/index.js';
import { goldenCases } from '../golden-case.js';
import { type FilmFacts, makeMoment, makeRow, makeSegment, makeShot, makeTechnical } from '../make-facts.js';

const draw = (
  classifications: readonly AverageRow[] = [],
  film: FilmFacts = {},
  more: Partial<InsightFacts> = {},
  rules?: InsightRules,
) => drawInsights({ technical: makeTechnical(film), classifications, ...more }, rules);

type Drawn = ReturnType<typeof draw>;

const reasonsOf = ({ evidence }: Drawn, conclusion: Conclusion) =>
  evidence.find((each) => each.conclusion === conclusion)?.reasons ?? [];
const textsOf = (drawn: Drawn, conclusion: Conclusion) =>
  reasonsOf(drawn, conclusion).map(({ text }) => text);

describe('the type of content', () => {
  const typeOf = (rows: readonly AverageRow[], rules?: InsightRules) =>
    draw(rows, {}, {}, rules).sections.content_type;

  test('counts the three most frequent labels of each stream, and no more', () => {
    const rows = [
      makeRow('vision', 'dog', 0.9, 9),
      makeRow('vision', 'cat', 0.9, 8),
      makeRow('vision', 'cow', 0.9, 7),
      makeRow('vision', 'Animation', 0.9, 6),
      makeRow('audio', 'LightAudio', 0.9, 1),
    ];
    expect(typeOf(rows)).toMatchObject({
      primary_type: 'Entertainment',
      confidence: 0.25,
      subtypes: ['LightAudio'],
    });
  });

  test('of equals is the first of the rules, and the evidence says so', () => {
    const drawn = draw([makeRow('audio', 'FactualAudio'), makeRow('vision', 'Emotional', 0.25, 4)]);
    expect(drawn.sections.content_type.primary_type).toBe('Storytelling');
    expect(textsOf(drawn, 'content-type')).toEqual([
      'Emotional: 0.25 in 4 frames, 1 point',
      'Informational has 1 point as well, and comes later in the rules',
    ]);
  });

  test('of equals is the first, too, where points are parts of one', () => {
    const types: InsightRules['contentType']['types'] = [
      { name: 'One', points: { dog: 0.3 } },
      { name: 'Several', points: { cat: 0.1, cow: 0.2 } },
    ];
    const rules = { ...defaultRules, contentType: { ...defaultRules.contentType, types } };
    const drawn = draw(
      [makeRow('vision', 'dog'), makeRow('vision', 'cat'), makeRow('vision', 'cow')],
      {},
      {},
      rules,
    );
    expect(drawn.sections.content_type.primary_type).toBe('One');
    expect(textsOf(drawn, 'content-type')).toContain(
      'Several has 0.3 points as well, and comes later in the rules',
    );
  });

  test('has no subtypes where it has no type', () => {
    const drawn = draw([makeRow('vision', 'Tense')]);
    expect(drawn.sections.content_type).toMatchObject({
      primary_type: 'Unclassified Media',
      confidence: 0,
      subtypes: [],
    });
    expect(drawn.evidence[0]).toEqual({ conclusion: 'content-type', value: null, reasons: [] });
  });

  test('has one style of the video, moods in the order of the labels', () => {
    const rows = [
      makeRow('vision', 'Tense', 0.5, 9),
      makeRow('vision', 'LiveAction', 0.5, 8),
      makeRow('vision', 'Animation', 0.5, 7),
      makeRow('audio', 'LightAudio', 0.5, 9),
      makeRow('audio', 'EerieAudio', 0.5, 8),
    ];
    expect(typeOf(rows).subtypes).toEqual(['Animated', 'Tense', 'LightAudio', 'EerieAudio']);
    expect(typeOf([makeRow('audio', 'Animation')]).subtypes).toEqual([]);
  });

  test('takes labels that every object has by name for what they are', () => {
    const rows = ['constructor', 'toString', '__proto__'].map((label) => makeRow('vision', label));
    expect(typeOf(rows)).toMatchObject({ primary_type: 'Unclassified Media', confidence: 0 });
    const withType = [...rows.slice(0, 2), makeRow('vision', 'Animation')];
    expect(typeOf(withType)).toMatchObject({ primary_type: 'Storytelling', confidence: 1 / 3 });
  });

  test('goes by other points, with a confidence of 1 at most', () => {
    const contentType: InsightRules['contentType'] = {
      ...defaultRules.contentType,
      types: [
        { name: 'Sport', points: { ball: 3, crowd: 1 } },
        { name: 'News', points: { desk: 2 } },
      ],
    };
    const rules = { ...defaultRules, contentType };
    const rows = [makeRow('vision', 'desk'), makeRow('vision', 'ball'), makeRow('audio', 'crowd')];
    expect(typeOf(rows, rules)).toMatchObject({ primary_type: 'Sport', confidence: 4 / 9 });
    expect(typeOf([makeRow('vision', 'ball')], rules).confidence).toBe(1);
    const types = [{ name: 'Sport', points: { ball: 2 / 3 } }];
    const parts = { ...defaultRules, contentType: { ...contentType, types } };
    expect(typeOf([makeRow('vision', 'ball')], parts).confidence).toBe(1);
  });

  test.each([
    [3839, 2159, 'Full HD'],
    [3840, 100, '4K'],
    [100, 2160, '4K'],
    [1280, 100, 'HD'],
    [100, 719, 'SD'],
  ])('of %i by %i pixels is %s', (width, height, name) => {
    const [video] = makeTechnical().metadata.video_streams;
    const metadata = { video_streams: video ? [{ ...video, width, height }] : [] };
    expect(draw([], { metadata }).sections.content_type.format_info).toEqual({
      duration: 60,
      resolution: `${width}x${height}`,
      frame_rate: 25,
      resolution_class: name,
    });
  });

  test('has no class of resolution without video', () => {
    const { format_info } = draw([], { metadata: { video_streams: [] } }).sections.content_type;
    expect(format_info).toEqual({ duration: 60, resolution: null, frame_rate: null });
  });
});

describe('quality', () => {
  const qualityOf = (rows: readonly AverageRow[], film: FilmFacts = {}) =>
    draw(rows, film).sections.quality_assessment;

  test('goes by the more probable label, of equals by the more frequent', () => {
    const rows = [makeRow('vision', 'LowQuality', 0.6, 50), makeRow('vision', 'HighQuality', 0.7, 2)];
    expect(qualityOf(rows).video_quality.rating).toBe('High');
    const equal = rows.map((row) => ({ ...row, probability: 0.5 }));
    expect(qualityOf(equal).video_quality.rating).toBe('Standard');
    expect(textsOf(draw(rows), 'video-quality')).toEqual([
      'HighQuality: 0.70 in 2 frames',
      'LowQuality: 0.60 in 50 frames, less probable',
    ]);
  });

  test('takes labels of its own stream only', () => {
    const rows = [
      makeRow('audio', 'HighQuality', 0.9, 9),
      makeRow('vision', 'ProfessionalRecording', 0.9, 9),
    ];
    expect(qualityOf(rows).video_quality.factors).toEqual(['Standard bitrate (2.0 Mbps)']);
    expect(qualityOf(rows).audio_quality.factors).toEqual(['Variable audio levels']);
  });

  test.each([
    [10_000_000, 'Standard', 'Standard bitrate (10.0 Mbps)'],
    [10_000_001, 'High', 'High bitrate (10.0 Mbps)'],
    [250_000, 'Standard', 'Standard bitrate (0.2 Mbps)'],
  ])('without a label goes by a bitrate of %i', (bitrate, rating, factor) => {
    expect(qualityOf([], { metadata: { bitrate } }).video_quality).toEqual({ rating, factors: [factor] });
  });

  test.each([
    [-19.9, -9.9, 'Good'],
    [-20, -9.9, 'Basic'],
    [-19.9, -10, 'Basic'],
  ])('without a label goes by a mean of %f dB and a peak of %f dB', (mean_volume, max_volume, rating) => {
    expect(qualityOf([], { audio: { mean_volume, max_volume } }).audio_quality.rating).toBe(rating);
  });

  test.each([
    ['47999', false],
    ['48000', true],
    ['96000', true],
    [null, false],
  ])('tells of sampling at %s', (sample_rate, isTold) => {
    const [stream] = makeTechnical().metadata.audio_streams;
    const metadata = { audio_streams: stream ? [{ ...stream, sample_rate }] : [] };
    const { factors } = qualityOf([], { metadata }).audio_quality;
    expect(factors.includes('Professional audio sampling rate')).toBe(isTold);
  });

  test('tells of the sound that was listened to', () => {
    const [stream] = makeTechnical().metadata.audio_streams;
    const low = { ...stream!, sample_rate: '22050', codec: 'mp3' }; // a film has one
    const film = { metadata: { audio_streams: [{ ...stream!, sample_rate: '48000' }, low] } };
    const soundOf = (audioPlace: number | undefined) => {
      const drawn = draw([], film, { audioPlace });
      const { audio_quality, technical_quality } = drawn.sections.quality_assessment;
      return [
        audio_quality.factors.length,
        textsOf(drawn, 'audio-quality').at(-1),
        technical_quality.codec_info.audio?.codec,
      ];
    };
    expect(soundOf(undefined)).toEqual([2, 'sampled at 48000 Hz, at least 48000', 'aac']);
    expect(soundOf(0)).toEqual(soundOf(undefined));
    expect(soundOf(1)).toEqual([1, expect.stringContaining('no label tells'), 'mp3']);
    expect(soundOf(-1)).toEqual([1, expect.stringContaining('no label tells'), undefined]);
  });

  test('is not judged without labels and measures', () => {
    const none = { rating: null, factors: [] };
    const noBitrate = qualityOf([], { metadata: { bitrate: null }, audio: { mean_volume: null } });
    expect([noBitrate.video_quality, noBitrate.audio_quality]).toEqual([none, none]);
    const soundOnly = qualityOf([makeRow('audio', 'rain')], { metadata: { video_streams: [] } });
    expect(soundOnly.video_quality).toEqual(none);
    expect(soundOnly.technical_quality.codec_info).not.toHaveProperty('video');
  });
});

describe('mood', () => {
  test('weighs by probability and count, and joins sight and sound', () => {
    const { mood } = draw([
      makeRow('vision', 'Tense', 0.5, 10),
      makeRow('audio', 'EerieAudio', 0.4, 10),
      makeRow('vision', 'Emotional', 0.3, 10),
      makeRow('audio', 'EmotionalAudio', 0.3, 10),
    ]).sections;
    expect(mood.primary_mood).toBe('Emotional');
    expect(mood.mood_confidence).toBe(0.4);
    expect(mood.mood_elements.map(({ type }) => type)).toEqual(['Tense', 'Emotional', 'Eerie']);
  });

  test('of equals is the first', () => {
    const rows = [makeRow('audio', 'LightAudio'), makeRow('vision', 'Tense'), makeRow('vision', 'Exciting')];
    expect(draw(rows).sections.mood.primary_mood).toBe('Tense');
  });

  test('has no shares where nothing weighs', () => {
    expect(draw([makeRow('vision', 'Tense', 0, 3)]).sections.mood).toMatchObject({
      primary_mood: 'Tense',
      mood_confidence: 0,
      mood_elements: [{ type: 'Tense', strength: 0 }],
    });
  });

  test.each([
    [30, 'Moderate', 0.5],
    [31, 'Fast-paced', 0.6],
  ])('without labels goes by %i scenes in a minute', (scene_count, type, strength) => {
    expect(draw([], { scenes: { scene_count } }).sections.mood).toMatchObject({
      primary_mood: type,
      mood_confidence: strength,
      mood_elements: [{ type, strength }],
    });
  });

  test.each([null, 0])('is not told without labels and a duration (%s)', (duration) => {
    const film = { metadata: { duration }, audio: { action_moments: [makeMoment(1)] } };
    expect(draw([], film).sections.mood).toEqual({
      primary_mood: null,
      mood_confidence: 0,
      mood_elements: [],
      mood_progression: [],
    });
  });

  test('goes on in as many parts as there are moments, five at most; who stands on a border is in the later one', () => {
    const moments = [makeMoment(0, 0.2), makeMoment(30, 0.4), makeMoment(60, 0.9)];
    const { mood_progression } = draw([], { audio: { action_moments: moments.slice(0, 2) } }).sections.mood;
    expect(mood_progression).toEqual([
      { time_range: '0.0s - 30.0s', intensity: 0.2, action_count: 1 },
      { time_range: '30.0s - 60.0s', intensity: 0.4, action_count: 1 },
    ]);
    // The end itself belongs to no part, as in the original.
    const three = draw([], { audio: { action_moments: moments } });
    expect(three.sections.mood.mood_progression.map(({ action_count }) => action_count)).toEqual([1, 1, 0]);
    const many = Array.from({ length: 9 }, (_, i) => makeMoment(i));
    expect(draw([], { audio: { action_moments: many } }).sections.mood.mood_progression).toHaveLength(5);
  });

  test.each([
    [[0, 10, 20, 30], 'Highly consistent', 0],
    [[0, 7, 20], 'Moderately consistent', 0.3],
    [[0, 4, 20], 'Variable', 0.6],
  ])('of scenes at %j is %s', (scene_timestamps, mood_consistency, variation) => {
    const { mood } = draw([], { scenes: { scene_timestamps } }).sections;
    expect(mood.mood_consistency).toBe(mood_consistency);
    expect(mood.scene_rhythm_variation).toBeCloseTo(variation, 12);
  });

  test.each([[[]], [[3]], [[5, 5]]])('has no consistency with scenes at %j', (scene_timestamps) => {
    const { mood } = draw([], { scenes: { scene_timestamps } }).sections;
    expect(mood).not.toHaveProperty('mood_consistency');
    expect(mood).not.toHaveProperty('scene_rhythm_variation');
  });

  test('has no consistency where one scene is counted, whatever is listed', () => {
    const { mood } = draw([], { scenes: { scene_count: 1, scene_timestamps: [0, 10, 30] } }).sections;
    expect(mood).not.toHaveProperty('mood_consistency');
  });
});

describe('storytelling', () => {
  test.each([
    [5, 'Slow'],
    [6, 'Moderate'],
    [10, 'Moderate'],
    [11, 'Fast'],
    [20, 'Fast'],
    [21, 'Very Fast'],
  ])('of %i scenes in a minute is %s', (scene_count, pacing) => {
    const { storytelling_metrics } = draw([], { scenes: { scene_count } }).sections;
    expect(storytelling_metrics.pacing).toBe(pacing);
    expect(storytelling_metrics.scene_analysis.scenes_per_minute).toBe(scene_count);
  });

  test.each([
    [[0, 30], 'Simple'],
    [[0, 20, 21, 40, 41, 42], 'Rising Action'],
    [[0, 1, 20, 40, 41], 'Complex (Setup-Conflict-Resolution)'],
    [[0, 1, 2, 20, 21, 40], 'Falling Action'],
    [[0, 20, 40], 'Episodic'],
    [[0, 19.9, 39.9, 40, 59], 'Complex (Setup-Conflict-Resolution)'],
    [[0, 20, 39.9, 59], 'Episodic'],
  ])('with scenes at %j is %s', (scene_timestamps, structure) => {
    expect(draw([], { scenes: { scene_timestamps } }).sections.storytelling_metrics.narrative_structure).toBe(
      structure,
    );
  });

  test('is not told without a duration', () => {
    const film = { metadata: { duration: null }, scenes: { scene_timestamps: [0, 1, 2, 3] } };
    expect(draw([], film).sections.storytelling_metrics).toMatchObject({
      narrative_structure: null,
      pacing: null,
      scene_analysis: { count: 4, scenes_per_minute: null },
    });
  });

  test('has the three most intense moments, of equals the first', () => {
    const action_moments = [0.7, 0.91, 0.71, 0.9, 0.9].map((intensity, i) => makeMoment(i, intensity));
    const { key_moments } = draw([], { audio: { action_moments } }).sections.storytelling_metrics;
    expect(key_moments.map(({ time, description }) => [time, description])).toEqual([
      ['1.00s', 'Major action/emotional moment'],
      ['3.00s', 'Significant moment'],
      ['4.00s', 'Significant moment'],
    ]);
    const weak = draw([], { audio: { action_moments: [makeMoment(1, 0.7)] } });
    expect(weak.sections.storytelling_metrics.key_moments[0]?.description).toBe('Notable moment');
  });
});

describe('evidence', () => {
  test('of a label is where it held most strongly, five times at most, the first of equals first', () => {
    const segments = [
      makeSegment('Tense', 1, 0.5),
      makeSegment('Tense', 2, 0.9),
      makeSegment('Tense', 3, 0.5),
      makeSegment('Emotional', 4, 1),
      makeSegment('Tense', 5, 1, { modality: 'audio' }),
      makeSegment('Tense', 6, 1, { trackId: 3 }),
      ...[7, 8, 9].map((timestamp) => makeSegment('Tense', timestamp, 0.6)),
    ];
    const drawn = draw([makeRow('vision', 'Tense', 0.61, 12)], {}, { segments });
    expect(reasonsOf(drawn, 'mood')).toEqual([
      {
        text: 'Tense: 0.61 in 12 frames, weight 7.32 of 7.32 of all moods',
        label: 'Tense',
        modality: 'vision',
        times: [2, 7, 8, 9, 1].map((timestamp) => ({ timestamp, durationSeconds: 1 })),
      },
    ]);
  });

  test('of a mood names its labels of sight and sound, the heaviest first', () => {
    const drawn = draw([
      makeRow('vision', 'Emotional', 0.5, 1),
      makeRow('audio', 'EmotionalAudio', 0.5, 3),
      makeRow('vision', 'Tense', 0.5, 2),
    ]);
    expect(reasonsOf(drawn, 'mood').map(({ label, modality }) => [label, modality])).toEqual([
      ['EmotionalAudio', 'audio'],
      ['Emotional', 'vision'],
    ]);
  });

  test('of what was measured tells the measure and its bounds', () => {
    const drawn = draw([], { scenes: { scene_timestamps: [0, 20] } });
    expect(textsOf(drawn, 'video-quality')).toEqual(['no label tells; 2.0 Mbps in all: High above 10']);
    expect(textsOf(drawn, 'audio-quality')).toEqual([
      'no label tells; mean -25 dB, loudest -5 dB: Good above -20 and -10',
    ]);
    expect(textsOf(drawn, 'mood')).toEqual([
      'no label tells; 2 scenes in 60.00s: Fast-paced above 0.5 a second',
    ]);
    expect(textsOf(drawn, 'narrative-structure')).toEqual(['2 scenes, and a structure takes 3']);
    expect(textsOf(drawn, 'pacing')).toEqual([
      '2 scenes, the shortest 20.00s, 2.00 a minute: Very Fast above 20, Fast above 10, Moderate above 5',
    ]);
  });

  test('of the structure are the thirds, of the rhythm the gaps that deviate most', () => {
    const drawn = draw([], { scenes: { scene_timestamps: [0, 2, 4, 6, 8, 10, 22] } });
    expect(reasonsOf(drawn, 'narrative-structure')).toEqual([
      { text: 'first third: 6 scenes', times: [{ timestamp: 0, durationSeconds: 20 }] },
      { text: 'second third: 1 scene', times: [{ timestamp: 20, durationSeconds: 20 }] },
      { text: 'last third: 0 scenes', times: [{ timestamp: 40, durationSeconds: 20 }] },
    ]);
    const [rhythm] = reasonsOf(drawn, 'mood-consistency');
    expect(rhythm?.times).toHaveLength(5);
    expect(rhythm?.times[0]).toEqual({ timestamp: 10, durationSeconds: 12 });
  });

  test('says where more moments are than the original lists', () => {
    const action_moments = [5, 15, 25].map((time) => makeMoment(time));
    const textsFor = (action_moment_count: number) =>
      textsOf(draw([], { audio: { action_moments, action_moment_count } }), 'mood-progression');
    const note = "; only the first 3 of 9 moments count, by the original's rule";
    const [early, middle, late] = textsFor(3);
    expect(late).toBe('40.0s - 60.0s: 0 moments, mean intensity 0.00');
    expect(textsFor(9)).toEqual([early, `${middle}${note}`, `${late}${note}`]);
  });

  test('of moments is where they are, the strongest first', () => {
    const action_moments = [makeMoment(5, 0.4), makeMoment(10, 0.8, 4), makeMoment(50, 0.5)];
    const drawn = draw([], { audio: { action_moments } });
    expect(reasonsOf(drawn, 'key-moments')[0]).toEqual({
      text: '10.00s: sound_section of intensity 0.80',
      times: [{ timestamp: 8, durationSeconds: 4 }],
    });
    expect(drawn.evidence.find(({ conclusion }) => conclusion === 'key-moments')?.value).toBe(
      'strongest at 10.00s',
    );
    expect(reasonsOf(drawn, 'mood-progression').map(({ text, times }) => [text, times.length])).toEqual([
      ['0.0s - 20.0s: 2 moments, mean intensity 0.60', 2],
      ['20.0s - 40.0s: 0 moments, mean intensity 0.00', 0],
      ['40.0s - 60.0s: 1 moment, mean intensity 0.50', 1],
    ]);
    expect(reasonsOf(drawn, 'mood-progression')[0]?.times[0]).toEqual({ timestamp: 8, durationSeconds: 4 });
    expect(drawn.evidence.find(({ conclusion }) => conclusion === 'mood-progression')?.value).toBe(
      'most intense in 0.0s - 20.0s',
    );
  });

  test('parts the time from where the input begins on its own clock', () => {
    const filmAt = (start: number): FilmFacts => ({
      scenes: { scene_timestamps: [0, 10, 30, 50, 55].map((time) => start + time) },
      audio: { action_moments: [5, 35].map((time) => makeMoment(start + time)) },
    });
    const [first, late] = [draw([], filmAt(0)), draw([], filmAt(1000), { startSeconds: 1000 })];
    const { mood, storytelling_metrics } = late.sections;
    expect(mood.mood_progression).toEqual(first.sections.mood.mood_progression);
    expect(storytelling_metrics.narrative_structure).toBe('Complex (Setup-Conflict-Resolution)');
    expect(textsOf(late, 'pacing')).toEqual(textsOf(first, 'pacing'));
    const thirds = reasonsOf(late, 'narrative-structure').flatMap(({ times }) => times);
    expect(thirds.map(({ timestamp }) => timestamp)).toEqual([1000, 1020, 1040]);
  });

  test('what stands on a border is in the later part, wherever the input begins', () => {
    for (let hundredth = 0; hundredth < 200; hundredth++) {
      const startSeconds = hundredth / 100;
      const at = (seconds: number) => (hundredth + 100 * seconds) / 100;
      const film = {
        metadata: { duration: 6 },
        scenes: { scene_timestamps: [0, 1, 2, 4].map(at) },
        audio: { action_moments: [0, 2, 4].map((time) => makeMoment(at(time))) },
      };
      const drawn = draw([], film, { startSeconds });
      expect(textsOf(drawn, 'narrative-structure')).toEqual([
        'first third: 2 scenes',
        'second third: 1 scene',
        'last third: 1 scene',
      ]);
      const { mood_progression } = drawn.sections.mood;
      expect(mood_progression.map(({ action_count }) => action_count)).toEqual([1, 1, 1]);
    }
  });

  test('takes the lengths of shots where they are those of the scenes, else the gaps', () => {
    const film = { scenes: { scene_timestamps: [0, 20] } };
    const shortest = (shots: InsightFacts['shots']) =>
      reasonsOf(draw([], film, { shots }), 'pacing')[0]?.times.map(({ durationSeconds }) => durationSeconds);
    expect(shortest(undefined)).toEqual([20, 40]);
    expect(shortest([makeShot(0, 0, 20), makeShot(1, 20, 3)])).toEqual([3, 20]);
    expect(shortest([makeShot(0, 0, 20), makeShot(1, 21, 3)])).toEqual([20, 40]);
    expect(shortest([makeShot(0, 0, 3)])).toEqual([20, 40]);
  });
});

test('any number of moments and points is taken', () => {
  const many = Array.from({ length: 200_000 }, (_, i) => i);
  const { sections } = draw([], { audio: { action_moments: many.map((i) => makeMoment(i / 5000)) } });
  expect(sections.mood.mood_progression).toHaveLength(5);
  const points = Object.fromEntries(many.map((i) => [`label ${i}`, i]));
  const types = [{ name: 'Numbered', points }];
  const rules = { ...defaultRules, contentType: { ...defaultRules.contentType, types } };
  const counted = draw([makeRow('vision', 'label 199999')], {}, {}, rules);
  expect(counted.sections.content_type).toMatchObject({ primary_type: 'Numbered', confidence: 1 });
});

describe('rules', () => {
  test('are checked', () => {
    const broken = { ...defaultRules, pacing: { steps: [], otherwise: '' } };
    const thrown = (() => {
      try {
        draw([], {}, {}, broken);
      } catch (error) {
        return error;
      }
      return undefined;
    })();
    expect(isMediaError(thrown, 'ERR_INVALID_OPTIONS')).toBe(true);
    expect(String(thrown)).toContain('pacing: otherwise');
  });

  test('are followed in every section', () => {
    const rules: InsightRules = {
      contentType: {
        topLabels: 1,
        types: [{ name: 'Nature', points: { bird: 1 } }],
        unclassified: 'Unknown',
        styles: [{ label: 'bird', subtype: 'Feathered' }],
        moodSubtypes: ['wind'],
      },
      resolution: { classes: [{ name: 'Tiny', width: 1, height: 1 }], otherwise: 'None' },
      videoQuality: {
        labels: [{ label: 'sharp', rating: 'Crisp', factors: ['edges'] }],
        byBitrate: { steps: [], otherwise: { rating: 'Plain', factors: ['{mbps} and {mbps}'] } },
      },
      audioQuality: {
        labels: [{ label: 'wind', rating: 'Windy', factors: ['gusts'] }],
        byLevels: { steps: [], otherwise: { rating: 'Plain', factors: [] } },
        bySampleRate: { leastHz: 44_100, factor: 'fine' },
      },
      mood: {
        labels: [{ modality: 'audio', label: 'wind', mood: 'Wild' }],
        bySceneRate: { steps: [], otherwise: { mood: 'Still', confidence: 0.1 } },
        mostParts: 1,
      },
      consistency: { steps: [], otherwise: 'Whatever' },
      keyMoments: { most: 1, steps: [], otherwise: 'A moment' },
      pacing: { steps: [], otherwise: 'Any' },
      narrative: {
        leastScenes: 1,
        fewScenes: 'None',
        structures: [{ changes: ['stays', 'falls'], name: 'Early' }],
        otherwise: 'Late',
      },
    };
    const rows = [makeRow('vision', 'bird', 0.5, 2), makeRow('vision', 'dog'), makeRow('audio', 'wind')];
    const film = {
      scenes: { scene_timestamps: [0, 20] },
      audio: { action_moments: [makeMoment(1), makeMoment(2)] },
    };
    const { sections } = draw(rows, film, {}, rules);
    expect(sections.content_type).toMatchObject({
      primary_type: 'Nature',
      confidence: 0.5,
      subtypes: ['Feathered', 'wind'],
      format_info: { resolution_class: 'Tiny' },
    });
    expect(sections.quality_assessment).toMatchObject({
      video_quality: { rating: 'Plain', factors: ['2.0 and 2.0'] },
      audio_quality: { rating: 'Windy', factors: ['gusts', 'fine'] },
    });
    expect(sections.mood).toMatchObject({ primary_mood: 'Wild', mood_consistency: 'Whatever' });
    expect(sections.mood.mood_progression).toHaveLength(1);
    expect(sections.storytelling_metrics).toMatchObject({
      key_moments: [{ description: 'A moment' }],
      pacing: 'Any',
      narrative_structure: 'Early',
    });
  });
});

describe('laws', () => {
  const labels = [
    ...defaultRules.mood.labels.map(({ label }) => label),
    ...defaultRules.contentType.types.flatMap(({ points }) => Object.keys(points)),
    'HighQuality',
    'LowQuality',
    'ProfessionalRecording',
    'BasicRecording',
    'constructor',
    '__proto__',
    '',
    '\u001b[31mred\u0007',
    '{mbps}',
    'x'.repeat(10_000),
  ];
  const row = fc.record({
    modality: fc.constantFrom('vision' as const, 'audio' as const),
    label: fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...labels) }, fc.string()),
    probability: fc.integer({ min: 0, max: 10_000 }).map((value) => value / 10_000),
    count: fc.integer({ min: 0, max: 1000 }),
  });
  const times = fc.array(fc.double({ min: 0, max: 1e5, noNaN: true }), { maxLength: 12 });
  const moment = fc
    .record({
      time: fc.double({ min: 0, max: 1e5, noNaN: true }),
      intensity: fc.double({ min: 0, max: 1, noNaN: true }),
      duration: fc.option(fc.double({ min: 0, max: 100, noNaN: true })),
    })
    .map(({ time, intensity, duration }) => makeMoment(time, intensity, duration));
  const film = fc
    .record({
      duration: fc.option(fc.double({ min: 0, max: 1e5, noNaN: true })),
      bitrate: fc.option(fc.nat()),
      scene_timestamps: times,
      action_moments: fc.array(moment, { maxLength: 15 }),
      hasVideo: fc.boolean(),
      hasAudio: fc.boolean(),
      volume: fc.option(fc.double({ min: -91, max: 0, noNaN: true })),
    })
    .map(({ duration, bitrate, scene_timestamps, action_moments, hasVideo, hasAudio, volume }) => ({
      metadata: {
        duration,
        bitrate,
        ...(hasVideo ? {} : { video_streams: [] }),
        ...(hasAudio ? {} : { audio_streams: [] }),
      },
      scenes: { scene_timestamps },
      audio: { action_moments, mean_volume: volume, max_volume: volume },
    }));
  const rows = fc.array(row, { maxLength: 30 });

  function numbersOf(value: unknown): number[] {
    if (typeof value === 'number') return [value];
    return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersOf) : [];
  }

  test('whatever is known, nothing is thrown, numbers are numbers and shares are shares', () => {
    fc.assert(
      fc.property(rows, film, (classifications, facts) => {
        const drawn = draw(classifications, facts);
        const { content_type, mood } = drawn.sections;
        expect(numbersOf(drawn).every(Number.isFinite)).toBe(true);
        expect(JSON.stringify(drawn)).not.toMatch(/NaN|Infinity|undefined/);
        for (const share of [content_type.confidence, mood.mood_confidence]) {
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThanOrEqual(1);
        }
        const strengths = mood.mood_elements.map(({ strength }) => strength);
        const isMeasured = strengths.length === 1 && [0.5, 0.6].includes(strengths[0] ?? 0);
        const sum = strengths.reduce((total, strength) => total + strength, 0);
        if (sum > 0 && !isMeasured) expect(sum).toBeCloseTo(1, 9);
        for (const { times } of drawn.evidence.flatMap(({ reasons }) => reasons))
          expect(times.length).toBeLessThanOrEqual(5);
      }),
      { numRuns: 500 },
    );
  });

  test('the evidence tells what the document does', () => {
    fc.assert(
      fc.property(rows, film, (classifications, facts) => {
        const { sections, evidence } = draw(classifications, facts);
        const values = new Map(evidence.map(({ conclusion, value }) => [conclusion, value]));
        expect(values.size).toBe(evidence.length);
        const { content_type, quality_assessment, mood, storytelling_metrics } = sections;
        expect(values.get('content-type') ?? 'Unclassified Media').toBe(content_type.primary_type);
        expect(values.get('video-quality')).toBe(quality_assessment.video_quality.rating);
        expect(values.get('audio-quality')).toBe(quality_assessment.audio_quality.rating);
        expect(values.get('mood')).toBe(mood.primary_mood);
        expect(values.get('mood-consistency')).toBe(mood.mood_consistency);
        expect(values.get('pacing')).toBe(storytelling_metrics.pacing);
        expect(values.get('narrative-structure')).toBe(storytelling_metrics.narrative_structure);
        expect(values.has('key-moments')).toBe(storytelling_metrics.key_moments.length > 0);
        expect(values.has('mood-progression')).toBe(mood.mood_progression.length > 0);
      }),
    );
  });

  test('the order of rows counts only among those of one stream and equal count', () => {
    const distinct = fc.uniqueArray(row, {
      selector: ({ modality, count }) => `${modality} ${count}`,
      maxLength: 30,
    });
    fc.assert(
      fc.property(
        distinct.chain((each) =>
          fc.tuple(fc.constant(each), fc.shuffledSubarray(each, { minLength: each.length })),
        ),
        ([given, shuffled]) => {
          expect(draw(shuffled)).toEqual(draw(given));
        },
      ),
    );
  });

  test('the streams may be mixed in any way', () => {
    fc.assert(
      fc.property(rows, (classifications) => {
        const byStream = classifications.toSorted((first, second) =>
          first.modality.localeCompare(second.modality),
        );
        expect(draw(byStream)).toEqual(draw(classifications));
      }),
    );
  });
});

describeWithShared("the original's cases with parts left out", (shared) => {
  test.each(goldenCases(shared))('$name has a result for any rows that are there', ({ facts }) => {
    fc.assert(
      fc.property(fc.subarray([...facts.classifications]), (classifications) => {
        const { sections } = drawInsights({ ...facts, classifications });
        expect(sections.content_type.confidence).toBeLessThanOrEqual(1);
        expect(sections.mood.primary_mood).not.toBeNull();
      }),
    );
  });
});

test('a cover picture is no film, whether the facts tell so or its codec does where there are no scenes', () => {
  const [video] = makeTechnical().metadata.video_streams;
  const cover = { video_streams: [{ ...video!, codec: 'png' }] }; // the film has one
  const resultOf = (technical: ReturnType<typeof makeTechnical>, hasPictures?: boolean) =>
    drawInsights({ technical, classifications: [], hasPictures }).sections.storytelling_metrics;
  const none = { narrative_structure: null, pacing: null };
  expect(resultOf(makeTechnical({ metadata: cover }))).toMatchObject(none);
  expect(resultOf(makeTechnical(), false)).toMatchObject(none);
  const slow = { narrative_structure: 'Simple', pacing: 'Slow' };
  expect(resultOf(makeTechnical())).toMatchObject(slow);
  expect(resultOf(makeTechnical({ metadata: cover }), true)).toMatchObject(slow);
  const withScene = makeTechnical({ metadata: cover, scenes: { scene_timestamps: [0] } });
  expect(resultOf(withScene)).toMatchObject(slow);
});

test('sound alone has no pace, no structure and no rhythm of scenes, though the original marked some', () => {
  const scenes = { scene_count: 5, scene_timestamps: [0, 12, 24, 36, 48] };
  const { mood, storytelling_metrics } = draw([], { metadata: { video_streams: [] }, scenes }).sections;
  expect(storytelling_metrics).toMatchObject({ pacing: null, narrative_structure: null });
  expect(mood).not.toHaveProperty('mood_consistency');
  expect(mood).not.toHaveProperty('scene_rhythm_variation');
  const film = draw([], { scenes }).sections;
  expect(film.storytelling_metrics.pacing).not.toBeNull();
  expect(film.storytelling_metrics.narrative_structure).not.toBeNull();
  expect(film.mood).toHaveProperty('mood_consistency');
});
