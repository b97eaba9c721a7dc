import { fixedText } from '@deepffmpeg/combined';
import { findAudioStream, findVideoStream } from '@deepffmpeg/ffmpeg-filters';
import {
  type AnalysisDocument,
  type AudioStreamSection,
  audioPlaceOf,
  readSecondsOf,
  type TechnicalAnalysis,
  type VideoSection,
} from '@deepffmpeg/technical';
import { messageText, terminalText } from './terminal-text.js';

/** The original lists so many moments, and of more the first few. */
const MOST_MOMENTS = 5;
const FEW_MOMENTS = 3;

/** What a person reads of an analysis: the original's lines, then ours. */
export function formatAnalysisSummary(
  document: AnalysisDocument,
  analysis: TechnicalAnalysis,
  path: string,
  isVerbose = false,
): string {
  const { metadata, scene_analysis: scenes, audio_analysis: audio, system_info: system } = document;
  const [video] = metadata.video_streams;
  const { info } = analysis.metadata;
  const sound = metadata.audio_streams[audioPlaceOf(info.streams, findAudioStream(info)?.index)];
  const moves = findVideoStream(info) !== undefined;
  const lines = [
    '=== Media Analysis Summary ===',
    `File: ${document.input_file}`,
    `Format: ${metadata.format}`,
    ...durationLines(metadata.duration, analysis),
    // Of no other way of finding shots: the original tells it of keyframes, which it changes nothing in.
    ...(analysis.shotRule === 'content' && video
      ? [`Scene threshold: ${scenes.threshold_used} (lower values detect more scenes)`]
      : []),
    ...(video ? (moves ? videoLines(video, scenes) : [coverLine(video)]) : []),
    ...(sound ? soundLines(sound, audio) : []),
    `Recording system: ${system.classification}`,
    ...ourLines(analysis, isVerbose),
  ];
  return `\n${lines.map(terminalText).join('\n')}\n\n${messageText(`Analysis results saved to: ${path}`)}\n`;
}

/** Where an input does not say how long it is, as one that came through a pipe, what was read of it tells. */
function durationLines(duration: number | null, analysis: TechnicalAnalysis): string[] {
  const seconds = duration ?? readSecondsOf(analysis);
  return seconds === undefined ? [] : [`Duration: ${fixedText(seconds, 2)} seconds`];
}

/** It has no scenes, and what ffprobe tells as its frame rate is its time base. */
const coverLine = ({ width, height, codec }: VideoSection) => `Cover: ${width}x${height} (${codec})`;

function videoLines(
  { width, height, fps, codec }: VideoSection,
  { scene_count, detection_method, average_scene_duration: average }: AnalysisDocument['scene_analysis'],
): string[] {
  return [
    `Video: ${width}x${height} @ ${fixedText(fps ?? 0, 2)}fps (${codec})`,
    `Scenes: ${scene_count} detected`,
    `Scene detection method: ${detection_method}`,
    ...(average === null ? [] : [`Average scene duration: ${fixedText(average, 2)} seconds`]),
  ];
}

function soundLines(
  { codec, sample_rate, channels }: AudioStreamSection,
  {
    mean_volume: mean,
    max_volume: max,
    action_moment_count: count,
    action_moments,
  }: AnalysisDocument['audio_analysis'],
): string[] {
  const listed = count > MOST_MOMENTS ? FEW_MOMENTS : count;
  return [
    `Audio: ${codec} ${sample_rate}Hz ${channels}ch`,
    ...(mean === null || max === null
      ? []
      : [`Audio levels: mean ${mean.toFixed(1)}dB, max ${max.toFixed(1)}dB`]),
    `Audio activity: ${count} moments of high activity detected`,
    ...(count === 0
      ? []
      : [count > MOST_MOMENTS ? `First ${FEW_MOMENTS} audio action moments:` : 'Audio action moments:']),
    ...action_moments
      .slice(0, listed)
      .map(
        ({ time, type, intensity }) =>
          `  ${fixedText(time, 2)}s: ${type} (intensity: ${fixedText(intensity, 2)})`,
      ),
  ];
}

/** What the original does not measure. */
function ourLines({ sound, events, production }: TechnicalAnalysis, isVerbose: boolean): string[] {
  const { integratedLufs, rangeLu, truePeakDb } = sound ?? {};
  const seconds = secondsByKind(events);
  // Bursts of clipping near each other are one event, with what is whole between them.
  if (sound && seconds.has('clipping')) seconds.set('clipping', sound.clippedSeconds);
  const { score, grade, reasons } = production;
  return [
    ...(integratedLufs === undefined
      ? []
      : [
          [
            `Loudness: ${integratedLufs.toFixed(1)} LUFS`,
            ...(rangeLu === undefined ? [] : [`range ${rangeLu.toFixed(1)} LU`]),
            `true peak ${truePeakDb?.toFixed(1)} dBTP`,
          ].join(', '),
        ]),
    ...[...seconds].map(([kind, sum]) => `${kind}: ${sum.toFixed(2)} seconds in all`),
    ...(score === undefined ? [] : [`Production value: ${grade} (${score.toFixed(2)})`]),
    ...(isVerbose ? events.map(eventLine) : []),
    ...(isVerbose ? reasons.map((reason) => `  ${reason.score.toFixed(2)}  ${reason.text}`) : []),
  ];
}

/** Of events in order of time; two channels that are dead at once are so for one time. */
function secondsByKind(events: TechnicalAnalysis['events']): Map<string, number> {
  const seconds = new Map<string, number>();
  const ends = new Map<string, number>();
  for (const { kind, timestamp, durationSeconds } of events) {
    const end = timestamp + durationSeconds;
    const before = Math.max(timestamp, ends.get(kind) ?? timestamp);
    seconds.set(kind, (seconds.get(kind) ?? 0) + Math.max(0, end - before));
    ends.set(kind, Math.max(end, before));
  }
  return seconds;
}

const eventLine = ({ timestamp, durationSeconds, kind }: TechnicalAnalysis['events'][number]) =>
  `  ${timestamp.toFixed(2)}s to ${(timestamp + durationSeconds).toFixed(2)}s: ${kind}`;
