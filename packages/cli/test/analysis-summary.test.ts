import type { MediaInfo } from '@deepffmpeg/ffmpeg-filters';
import { analysisDocumentOf, makeTechnicalAnalysis, type TechnicalFinding } from '@deepffmpeg/technical';
import { expect, test } from 'vitest';
import { formatAnalysisSummary } from '../src/analysis-summary.js';

const info: MediaInfo = {
  ...{ formatName: 'wav', durationSeconds: 3.125, startSeconds: undefined, sizeBytes: 1, bitRate: undefined },
  ...{ tags: {}, chapters: [] },
  streams: [
    {
      ...{ type: 'audio', index: 0, codec: 'pcm_s16le', profile: undefined, tags: {}, isDefault: true },
      ...{ startSeconds: undefined, durationSeconds: 3.125, bitRate: undefined, language: undefined },
      ...{ timeBase: { numerator: 1, denominator: 8000 }, sampleRate: 8000, channels: 1 },
      ...{ channelLayout: 'mono', sampleFormat: 's16', bitsPerSample: 16 },
    },
  ],
};

const sound: TechnicalFinding = {
  ...{ type: 'sound-summary', source: 'a.wav', startSeconds: 0, durationSeconds: 3.125 },
  ...{ meanVolumeDb: -20, maxVolumeDb: -3, channels: [] },
  ...{ integratedLufs: undefined, rangeLu: undefined, truePeakDb: undefined },
  ...{ noiseFloorDb: undefined, phase: undefined, silentSeconds: 0, clippedSeconds: 0 },
};

function summaryOf(findings: readonly TechnicalFinding[]): string {
  const subject = { source: 'a.wav', metadata: { info, packets: undefined }, shotRule: 'keyframes' } as const;
  const analysis = makeTechnicalAnalysis(findings, subject);
  return formatAnalysisSummary(analysisDocumentOf(analysis, { inputFile: 'a.wav' }), analysis, 'a.json');
}

test('tells of the sound that was listened to', () => {
  const [first] = info.streams.filter(({ type }) => type === 'audio');
  const second = { ...first!, index: 1, codec: 'flac' }; // there is one
  const streams = [{ ...first!, isDefault: false }, second];
  const metadata = { info: { ...info, streams }, packets: undefined };
  const analysis = makeTechnicalAnalysis([], { source: 'a.wav', metadata, shotRule: 'keyframes' });
  const document = analysisDocumentOf(analysis, { inputFile: 'a.wav' });
  expect(formatAnalysisSummary(document, analysis, 'a.json')).toContain('\nAudio: flac 8000Hz 1ch\n');
});

test('rounds as the original does: what lies between two goes to the even one', () => {
  const moment: TechnicalFinding = {
    ...{ type: 'action-moment', source: 'a.wav', kind: 'sound_section', intensity: 0.625 },
    ...{ timestamp: 1, durationSeconds: 0.25 },
  };
  const summary = summaryOf([moment, sound]);
  expect(summary).toContain('\nDuration: 3.12 seconds\n');
  expect(summary).toContain('\n  1.12s: sound_section (intensity: 0.62)\n');
});

test('tells of loudness what there is', () => {
  const loud = { ...sound, integratedLufs: -20, truePeakDb: -3 };
  expect(summaryOf([loud])).toContain('\nLoudness: -20.0 LUFS, true peak -3.0 dBTP\n');
  expect(summaryOf([{ ...loud, rangeLu: 4 }])).toContain('\nLoudness: -20.0 LUFS, range 4.0 LU, true peak');
});

test('adds up what is clipped, not what lies between', () => {
  const clipping: TechnicalFinding = {
    ...{ type: 'technical-event', source: 'a.wav', kind: 'clipping', values: { peakDb: 0.5 } },
    ...{ timestamp: 0, durationSeconds: 3 },
  };
  const summary = summaryOf([clipping, { ...sound, clippedSeconds: 0.25 }]);
  expect(summary).toContain('\nclipping: 0.25 seconds in all\n');
});

test('counts the time once in which two channels are dead', () => {
  const dead = [0, 1, 8].map(
    (timestamp): TechnicalFinding => ({
      ...{ type: 'technical-event', source: 'a.wav', kind: 'dead-channel', values: { channel: 1 } },
      ...{ timestamp, durationSeconds: 3 },
    }),
  );
  expect(summaryOf(dead)).toContain('\ndead-channel: 7.00 seconds in all\n');
});
