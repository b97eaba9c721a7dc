import { expect, test } from 'vitest';
import {
  type AnalysisParts,
  formatAnalysisDocument,
  makeAnalysisDocument,
  type PacketSummary,
  type SoundMoment,
} from '../../src/index.js';
import { makeAudio, makeInfo, makeVideo } from '../make-info.js';

const packets: PacketSummary = {
  packetCount: 750,
  frameCount: 748,
  startSeconds: 0,
  endSeconds: 30,
  frameRateMode: 'constant',
  keyframeCount: 3,
  gop: { shortest: 250, mean: 250, longest: 250 },
};
const moment: SoundMoment = {
  timestamp: 2,
  durationSeconds: 1,
  kind: 'volume_peak',
  intensity: 0.8,
  maxVolumeDb: -6.04,
};
const parts: AnalysisParts = {
  inputFile: 'films/film.mp4',
  metadata: { info: makeInfo(), packets },
  scenes: { timestamps: [0, 10, 20], method: 'showinfo' },
  sceneThreshold: 0.3,
  thumbnailPath: 'film.png',
  sound: { meanVolumeDb: -19.96, maxVolumeDb: -1, actionMoments: [moment] },
};

test('the names stand in the order of the original, with two blanks a level', () => {
  const text = formatAnalysisDocument(makeAnalysisDocument(parts));
  expect(text.startsWith('{\n  "input_file": "films/film.mp4",\n  "metadata": {\n    "format"')).toBe(true);
  const keys = [...text.matchAll(/"(\w+)":/g)].map(([, key]) => key);
  expect(keys.join(' ')).toBe(
    'input_file metadata format duration size bitrate streams tags ' +
      'video_streams codec width height fps bit_depth pix_fmt profile color_space ' +
      'audio_streams codec sample_rate channels channel_layout bit_depth ' +
      'scene_analysis total_frames scene_count scene_timestamps average_scene_duration scene_frequency ' +
      'threshold_used detection_method thumbnail_path ' +
      'audio_analysis has_audio mean_volume max_volume action_moment_count ' +
      'action_moments time type intensity duration max_volume analysis_method ' +
      'system_info classification details resolution_class audio_class ' +
      'analysis_parameters scene_threshold',
  );
});

test('numbers are those of the parts', () => {
  expect(makeAnalysisDocument(parts)).toMatchObject({
    scene_analysis: {
      total_frames: 750,
      scene_count: 3,
      average_scene_duration: 10,
      scene_frequency: 0.1,
      threshold_used: 0.3,
      thumbnail_path: 'film.png',
    },
    audio_analysis: {
      mean_volume: -20,
      max_volume: -1,
      action_moments: [{ time: 2.5, type: 'volume_peak', intensity: 0.8, duration: null, max_volume: -6 }],
    },
    analysis_parameters: { scene_threshold: 0.3 },
  });
});

test('digital silence is -91 dB, and a section has a duration', () => {
  const section = { ...moment, kind: 'sound_section', durationSeconds: 4, maxVolumeDb: undefined };
  const silence = { meanVolumeDb: Number.NEGATIVE_INFINITY, maxVolumeDb: -120 };
  const { audio_analysis } = makeAnalysisDocument({
    ...parts,
    sound: { ...silence, actionMoments: [section] },
  });
  expect(audio_analysis).toMatchObject({ mean_volume: -91, max_volume: -91 });
  expect(audio_analysis.action_moments).toEqual([
    { time: 4, type: 'sound_section', intensity: 0.8, duration: 4, max_volume: null },
  ]);
});

test('of the moments the first 15 are listed, and all are counted', () => {
  const actionMoments = Array.from({ length: 16 }, (_, i) => ({ ...moment, timestamp: i }));
  const { audio_analysis } = makeAnalysisDocument({ ...parts, sound: { ...parts.sound!, actionMoments } }); // set above
  expect(audio_analysis.action_moment_count).toBe(16);
  expect(audio_analysis.action_moments.map(({ time }) => time)).toEqual(
    actionMoments.slice(0, 15).map(({ timestamp }) => timestamp + 0.5),
  );
});

test('what is not known is null', () => {
  const unknown = { durationSeconds: undefined, sizeBytes: undefined, bitRate: undefined };
  const streams = [
    makeVideo({ codec: undefined, baseFrameRate: undefined }),
    makeAudio({ codec: undefined, sampleRate: 0, channelLayout: undefined, bitsPerSample: undefined }),
  ];
  const document = makeAnalysisDocument({
    ...parts,
    metadata: { info: makeInfo({ ...unknown, streams }), packets: undefined },
    scenes: { timestamps: [], method: 'fallback' },
    thumbnailPath: undefined,
    sound: { meanVolumeDb: undefined, maxVolumeDb: undefined, actionMoments: [] },
  });
  expect(document.metadata).toMatchObject({ duration: null, size: null, bitrate: null });
  expect(document.metadata.video_streams).toMatchObject([
    { codec: null, fps: null, bit_depth: null, pix_fmt: null, profile: null, color_space: null },
  ]);
  expect(document.metadata.audio_streams).toMatchObject([
    { codec: null, sample_rate: null, channel_layout: null, bit_depth: 0 },
  ]);
  expect(document.scene_analysis).toMatchObject({
    total_frames: 0,
    scene_count: 0,
    average_scene_duration: null,
    scene_frequency: null,
    thumbnail_path: null,
  });
  expect(document.audio_analysis).toMatchObject({ mean_volume: null, max_volume: null });
});

test('without sound, streams or scenes the document says so', () => {
  const document = makeAnalysisDocument({
    ...parts,
    metadata: { info: makeInfo({ streams: [makeVideo()] }), packets },
    scenes: { timestamps: [], method: 'fallback' },
    sound: undefined,
  });
  expect(document.audio_analysis).toEqual({
    has_audio: false,
    mean_volume: null,
    max_volume: null,
    action_moment_count: 0,
    action_moments: [],
    analysis_method: null,
  });
  expect(document.scene_analysis).toMatchObject({ average_scene_duration: 30, scene_frequency: 0 });
  const { system_info, metadata } = makeAnalysisDocument({
    ...parts,
    metadata: { info: makeInfo({ streams: [], durationSeconds: 0 }), packets: undefined },
  });
  expect(metadata).toMatchObject({ streams: 0, video_streams: [], audio_streams: [] });
  expect(system_info.details).toEqual({});
});
