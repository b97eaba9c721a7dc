import type { Segment, Shot } from '@deepffmpeg/core';
import type { TechnicalAnalysis, TechnicalEvent } from '@deepffmpeg/technical';
import type {
  CombinedDocument,
  Curve,
  Evidence,
  IntervalScores,
  MediaAnalysis,
  ReportInput,
} from '../../src/index.js';

const source = 'films/rabbit.webm';
const model = 'sample-clip';

/** A film of half a minute with all that an analysis may find, the same each time. */
export function sampleInput(changes: Partial<ReportInput> = {}): ReportInput {
  return {
    document: sampleDocument(),
    evidence: sampleEvidence,
    analysis: sampleAnalysis(),
    media: { kind: 'none' },
    ...changes,
  };
}

export function sampleDocument(filename = 'rabbit.webm'): CombinedDocument {
  return {
    file_info: { filename, path: source, size_mb: 1.233, created_date: '2026-11-22 17:02:12' },
    technical_analysis: {
      input_file: source,
      metadata: {
        format: 'matroska,webm',
        duration: 30,
        size: 1_293_041,
        bitrate: 344_776,
        streams: 2,
        tags: { encoder: 'Lavf57.25.100' },
        video_streams: [
          {
            codec: 'vp8',
            width: 1280,
            height: 720,
            fps: 24,
            bit_depth: null,
            pix_fmt: 'yuv420p',
            profile: '0',
            color_space: null,
          },
        ],
        audio_streams: [
          { codec: 'vorbis', sample_rate: '44100', channels: 2, channel_layout: 'stereo', bit_depth: 0 },
        ],
      },
      scene_analysis: {
        total_frames: 720,
        scene_count: 3,
        scene_timestamps: [0, 11.128, 21.003],
        average_scene_duration: 10,
        scene_frequency: 0.1,
        threshold_used: 0.3,
        detection_method: 'showinfo',
        thumbnail_path: null,
      },
      audio_analysis: {
        has_audio: true,
        mean_volume: -27.6,
        max_volume: -2.8,
        action_moment_count: 0,
        action_moments: [],
        analysis_method: 'silencedetect+volumedetect',
      },
      system_info: { classification: 'Consumer camera', details: { resolution_class: 'HD' } },
      analysis_parameters: { scene_threshold: 0.3 },
    },
    ai_classifications: {
      video: [
        { label: 'Animation', probability: 0.8123, count: 25 },
        { label: 'Storytelling', probability: 0.4801, count: 22 },
        { label: 'HighQuality', probability: 0.55, count: 20 },
      ],
      audio: [
        { label: 'FantasticalAudio', probability: 0.58, count: 4 },
        { label: 'ProfessionalRecording', probability: 0.52, count: 4 },
      ],
    },
    combined_insights: {
      content_type: {
        primary_type: 'Storytelling',
        confidence: 1 / 3,
        subtypes: ['Animated'],
        format_info: { duration: 30, resolution: '1280x720', frame_rate: 24, resolution_class: 'HD' },
      },
      quality_assessment: {
        video_quality: {
          rating: 'High',
          factors: ['Professional camera work', 'Good lighting and composition'],
        },
        audio_quality: { rating: 'Professional', factors: ['Clear audio with good dynamic range'] },
        technical_quality: { bitrate: 344_776, codec_info: {} },
      },
      mood: {
        primary_mood: 'Imaginative',
        mood_confidence: 0.649,
        mood_elements: [
          { type: 'Imaginative', strength: 0.649 },
          { type: 'Fantastical', strength: 0.351 },
        ],
        mood_progression: [
          { time_range: '0.0s - 15.0s', intensity: 0.79, action_count: 1 },
          { time_range: '15.0s - 30.0s', intensity: 0.35, action_count: 2 },
        ],
        mood_consistency: 'Highly consistent',
        scene_rhythm_variation: 0.207,
      },
      storytelling_metrics: {
        scene_analysis: { count: 7, average_duration: 4.286, scenes_per_minute: 14 },
        key_moments: [
          {
            time: '13.94s',
            description: 'Major action/emotional moment',
            intensity: 1,
            type: 'sound_section',
          },
          { time: '9.50s', description: 'Significant moment', intensity: 0.79, type: 'volume_peak' },
        ],
        narrative_structure: 'Episodic',
        pacing: 'Fast',
      },
    },
  };
}

const sampleEvidence: readonly Evidence[] = [
  {
    conclusion: 'content-type',
    value: 'Storytelling',
    reasons: [
      {
        text: 'Storytelling: 0.48 in 22 frames, 2 points',
        label: 'Storytelling',
        modality: 'vision',
        times: [
          { timestamp: 12.4, durationSeconds: 3 },
          { timestamp: 22, durationSeconds: 2 },
        ],
      },
      { text: 'Animation: 0.81 in 25 frames, 1 point', times: [{ timestamp: 3, durationSeconds: 6 }] },
    ],
  },
  {
    conclusion: 'mood',
    value: 'Imaginative',
    reasons: [
      { text: 'Imaginative: 0.39 in 11 frames', times: [{ timestamp: 5.8, durationSeconds: 5 }] },
      { text: 'FantasticalAudio: 0.58 in 4 windows', times: [{ timestamp: 13.9, durationSeconds: 10 }] },
    ],
  },
  { conclusion: 'pacing', value: 'Fast', reasons: [{ text: '14 scenes a minute: fast from 10', times: [] }] },
];

const cuts = [0, 5.795, 11.128, 15.67, 21.003, 22.961, 28.295, 30];
const kinds = ['start', 'cut', 'fade', 'cut', 'dissolve', 'cut', 'cut'] as const;

export function sampleAnalysis(changes: Partial<MediaAnalysis> = {}): MediaAnalysis {
  return {
    source,
    info: sampleTechnical().metadata.info,
    audioStream: undefined,
    parts: (['technical', 'vision', 'audio', 'objects'] as const).map((part) => ({ part, status: 'done' })),
    technical: sampleTechnical(),
    averages: [],
    segments: [
      ...sampleSegments('Mood', ['Calm', 'Imaginative', 'Tense', 'Imaginative']),
      ...sampleSegments('Content', ['Animation', 'Nature', 'Animation']),
    ],
    objects: [
      {
        type: 'object-count',
        source,
        model: 'sample-yolox',
        label: 'bird',
        detections: 14,
        frames: 9,
        mostAtOnce: 3,
        tracks: 3,
      },
      {
        type: 'object-count',
        source,
        model: 'sample-yolox',
        label: 'rabbit',
        detections: 30,
        frames: 30,
        mostAtOnce: 1,
        tracks: 1,
      },
    ],
    tracks: [
      {
        type: 'track',
        source,
        model: 'sample-yolox',
        timestamp: 6,
        durationSeconds: 5,
        trackId: 1,
        label: 'rabbit',
        count: 30,
        confidence: 0.8,
        peak: 0.93,
      },
      {
        type: 'track',
        source,
        model: 'sample-yolox',
        timestamp: 8,
        durationSeconds: 2,
        trackId: 2,
        label: 'bird',
        count: 9,
        confidence: 0.6,
        peak: 0.7,
      },
    ],
    timeline: {
      shots: [
        ...intervals('Mood', cuts, ['Calm', 'Imaginative', 'Tense']),
        ...intervals('Content', cuts, ['Animation', 'Nature']),
      ],
      windows: [
        ...intervals('Mood', tens, ['Calm', 'Imaginative', 'Tense']),
        ...intervals('Content', tens, ['Animation', 'Nature']),
        ...intervals('Sound', tens, ['Music', 'Birdsong', 'Speech'], 'audio'),
      ],
    },
    curves: [
      curve('loudness', 'LUFS', 'audio', (t) => -28 + 14 * Math.sin(t / 3) * Math.cos(t / 1.3)),
      curve('brightness', 'levels', 'vision', (t) => 120 + 50 * Math.sin(t / 4) + 10 * Math.cos(t * 2)),
    ],
    thumbnails: [],
    soundShares: { speech: 0.12, music: 0.61, other: 0.27, speechToMusic: 0.164 },
    partialReason: undefined,
    ...changes,
  };
}

const tens = [0, 5, 10, 15, 20, 25, 30];

export const sampleShots: readonly Shot[] = kinds.map((kind, index) => ({
  type: 'shot',
  source,
  index,
  kind,
  timestamp: cuts[index] ?? 0,
  durationSeconds: (cuts[index + 1] ?? 0) - (cuts[index] ?? 0),
  startFrame: Math.round((cuts[index] ?? 0) * 24),
  endFrame: Math.round((cuts[index + 1] ?? 0) * 24),
  score: index === 0 ? 0 : 5.2,
}));

const event = (
  kind: TechnicalEvent['kind'],
  timestamp: number,
  durationSeconds: number,
  values: TechnicalEvent['values'] = {},
): TechnicalEvent => ({ type: 'technical-event', source, kind, timestamp, durationSeconds, values });

export function sampleTechnical(changes: Partial<TechnicalAnalysis> = {}): TechnicalAnalysis {
  return {
    source,
    metadata: {
      packets: undefined,
      info: {
        formatName: 'matroska,webm',
        durationSeconds: 30,
        startSeconds: 0,
        bitRate: 344_776,
        sizeBytes: 1_293_041,
        tags: {},
        streams: [],
        chapters: [{ startSeconds: 0, endSeconds: 15, title: 'Morning' }],
      },
    },
    shotRule: 'adaptive',
    isLevelsOnly: false,
    shots: sampleShots,
    events: [
      event('black', 0, 0.6, { blackShare: 0.99 }),
      event('letterbox', 0, 30, { barPixels: 12 }),
      event('silence', 6.6, 2.1, { thresholdDb: -40 }),
      event('blurred', 22, 1.5, { edgeWidthPixels: 17.25 }),
    ],
    sound: {
      type: 'sound-summary',
      source,
      startSeconds: 0,
      durationSeconds: 30,
      meanVolumeDb: -27.6,
      maxVolumeDb: -2.8,
      channels: [
        { rmsDb: -27.1, peakDb: -2.8, dcOffset: 0 },
        { rmsDb: Number.NEGATIVE_INFINITY, peakDb: Number.NEGATIVE_INFINITY, dcOffset: 0 },
      ],
      integratedLufs: -25.3,
      rangeLu: 9.1,
      truePeakDb: -2.4,
      noiseFloorDb: -61,
      phase: 0.82,
      silentSeconds: 2.1,
      clippedSeconds: 0,
    },
    actionMoments: [
      {
        type: 'action-moment',
        source,
        kind: 'sound_section',
        timestamp: 13.94,
        durationSeconds: 7,
        intensity: 1,
      },
      {
        type: 'action-moment',
        source,
        kind: 'volume_peak',
        timestamp: 9.5,
        durationSeconds: 1,
        intensity: 0.79,
        maxVolumeDb: -6.4,
      },
    ],
    picture: undefined,
    hints: {
      classification: 'Consumer camera',
      tags: {},
      resolutionClass: 'HD',
      frameRateClass: 'Film standard (24fps)',
      audioClass: 'Consumer',
    },
    production: {
      score: 0.71,
      grade: 'medium',
      reasons: [
        {
          measure: 'noiseFloorDb',
          value: -61,
          score: 1,
          text: 'noise floor of -61 dB: -40 is poor, -60 is good',
        },
      ],
    },
    ...changes,
  };
}

function intervals(
  group: string,
  times: readonly number[],
  labels: readonly string[],
  modality: IntervalScores['modality'] = 'vision',
): IntervalScores[] {
  return times.slice(0, -1).map((timestamp, i) => ({
    timestamp,
    durationSeconds: (times[i + 1] ?? timestamp) - timestamp,
    modality,
    model,
    labelSet: 'sample',
    group,
    labels: labels
      .map((label, j) => ({ label, probability: 0.2 + 0.6 * Math.abs(Math.sin((i + 1) * (j + 1))) }))
      .toSorted((a, b) => b.probability - a.probability),
  }));
}

function sampleSegments(group: string, labels: readonly string[]): Segment[] {
  const length = 30 / labels.length;
  return labels.map((label, i) => ({
    type: 'segment',
    source,
    modality: 'vision',
    model,
    labelSet: 'sample',
    group,
    label,
    timestamp: i * length,
    durationSeconds: length - 0.8,
    probability: 0.5 + 0.1 * i,
    peak: 0.9,
  }));
}

function curve(name: string, unit: string, modality: Curve['modality'], value: (t: number) => number): Curve {
  const points = Array.from({ length: 300 }, (_, i) => ({ timestamp: i / 10, value: value(i / 10) }));
  return { name, unit, modality, points };
}
