import {
  type ClassificationSection,
  type CombinedDocument,
  type Evidence,
  fixedText,
  hasPictures,
  type InsightSections,
  type PartOutcome,
  type Reason,
} from '@deepffmpeg/combined';
import type { ObjectCount } from '@deepffmpeg/core';
import { terminalText } from './terminal-text.js';

/** Of each stream the most frequent labels. */
const MOST_LABELS = 3;

/** What is told beside the document. */
export interface SummaryExtras {
  readonly evidence?: readonly Evidence[];
  readonly parts?: readonly PartOutcome[];
  readonly objects?: readonly ObjectCount[];
  readonly partialReason?: string | undefined;
  /** Whether it was read to its end all the same. */
  readonly isDamaged?: boolean;
  /** As the insights' facts have it. */
  readonly hasPictures?: boolean;
  /** Whether answers come from the small models that come along. */
  readonly isTiny?: boolean;
  /** With it the evidence is told. */
  readonly isVerbose?: boolean;
}

/** What a person reads of a combined analysis: the original's lines, then ours. */
export function formatCombinedSummary(
  document: CombinedDocument,
  {
    evidence = [],
    parts = [],
    objects = [],
    partialReason,
    isDamaged = false,
    hasPictures,
    isTiny = false,
    isVerbose = false,
  }: SummaryExtras = {},
): string {
  const { ai_classifications: labels, combined_insights: insights } = document;
  const blocks = [
    headLines(document),
    contentLines(insights.content_type),
    qualityLines(insights.quality_assessment),
    technicalLines(document, hasPictures),
    moodLines(insights.mood),
    storyLines(insights.storytelling_metrics),
    momentLines(insights.storytelling_metrics),
    labelLines('Video', labels.video),
    labelLines('Audio', labels.audio),
    objectLines(objects),
    isTiny ? ['Small Models: moods, genres and things in real recordings are little more than guesses'] : [],
    partLines(parts),
    partialReason === undefined ? [] : [`${isDamaged ? 'Damaged' : 'Broke Off'}: ${partialReason}`],
    isVerbose ? evidenceLines(evidence) : [],
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => `\n${lines.map(terminalText).join('\n')}\n`)
    .join('');
}

function headLines({ file_info: file, technical_analysis: technical }: CombinedDocument): string[] {
  const { duration } = technical.metadata;
  return [
    '=== Combined Media Analysis Summary ===',
    `File: ${file.path}`,
    ...(file.size_mb === null ? [] : [`Size: ${fixedText(file.size_mb, 2)} MB`]),
    ...(duration === null ? [] : [`Duration: ${fixedText(duration, 2)} seconds`]),
  ];
}

function contentLines({ primary_type, confidence, subtypes }: InsightSections['content_type']): string[] {
  return [
    `Content Type: ${primary_type}${confidenceText(confidence)}`,
    ...(subtypes.length === 0 ? [] : [`Subtypes: ${subtypes.join(', ')}`]),
  ];
}

function qualityLines({ video_quality, audio_quality }: InsightSections['quality_assessment']): string[] {
  return [`Video Quality: ${orNone(video_quality.rating)}`, `Audio Quality: ${orNone(audio_quality.rating)}`];
}

function technicalLines(document: CombinedDocument, told: boolean | undefined): string[] {
  const { technical_analysis: technical, combined_insights: insights } = document;
  const { metadata, scene_analysis: scenes } = technical;
  const [video] = metadata.video_streams;
  const { audio } = insights.quality_assessment.technical_quality.codec_info; // of the stream that was listened to
  const average = scenes.average_scene_duration;
  const moves = hasPictures({ technical, hasPictures: told });
  return [
    'Technical Highlights:',
    ...(video
      ? [
          `- ${moves ? 'Video' : 'Cover'}: ${video.width}x${video.height}${moves ? ` @ ${fixedText(video.fps ?? 0, 2)}fps` : ''} (${orNone(video.codec)})`,
        ]
      : []),
    ...(audio ? [`- Audio: ${orNone(audio.codec)} ${orNone(audio.sample_rate)}Hz ${audio.channels}ch`] : []),
    ...(audio && !moves
      ? [] // sound alone has no scenes
      : [`- Scenes: ${scenes.scene_count}${average === null ? '' : ` (avg ${fixedText(average, 2)}s)`}`]),
  ];
}

function moodLines({ primary_mood, mood_confidence, mood_consistency }: InsightSections['mood']): string[] {
  return [
    `Mood: ${orNone(primary_mood)}${mood_confidence === 0 ? '' : confidenceText(mood_confidence)}`,
    ...(mood_consistency === undefined ? [] : [`Mood Consistency: ${mood_consistency}`]),
  ];
}

function storyLines({ narrative_structure, pacing }: InsightSections['storytelling_metrics']): string[] {
  return [
    ...(narrative_structure === null ? [] : [`Narrative Structure: ${narrative_structure}`]),
    ...(pacing === null ? [] : [`Pacing: ${pacing}`]),
  ];
}

function momentLines({ key_moments: moments }: InsightSections['storytelling_metrics']): string[] {
  if (moments.length === 0) return [];
  return [
    'Key Moments:',
    ...moments.map(
      ({ time, description, intensity }) =>
        `- ${time}: ${description} (intensity: ${fixedText(intensity, 2)})`,
    ),
  ];
}

function labelLines(stream: 'Video' | 'Audio', labels: readonly ClassificationSection[]): string[] {
  if (labels.length === 0) return [];
  return [
    `Top ${stream} Classifications:`,
    ...labels
      .slice(0, MOST_LABELS)
      .map(({ label, probability, count }) => `- ${label}: ${fixedText(probability, 2)} (count: ${count})`),
  ];
}

function objectLines(objects: readonly ObjectCount[]): string[] {
  if (objects.length === 0) return [];
  return [
    'Objects:',
    ...objects
      .toSorted((a, b) => b.frames - a.frames)
      .slice(0, MOST_LABELS)
      .map(
        ({ label, frames, mostAtOnce }) =>
          `- ${label}: in ${frames} frame${frames === 1 ? '' : 's'}, at most ${mostAtOnce} at once`,
      ),
  ];
}

/** What is missing in the above, and why. */
function partLines(parts: readonly PartOutcome[]): string[] {
  const lacking = parts.filter(
    ({ status, reason }) => status === 'missing' || status === 'failed' || reason !== undefined,
  );
  if (lacking.length === 0) return [];
  return [
    'Not Analysed:',
    ...lacking.map(
      ({ part, status, reason }) => `- ${part}: ${status}${reason === undefined ? '' : ` (${reason})`}`,
    ),
  ];
}

function evidenceLines(evidence: readonly Evidence[]): string[] {
  if (evidence.length === 0) return [];
  return [
    'Evidence:',
    ...evidence.flatMap(({ conclusion, value, reasons }) => [
      `- ${conclusion}: ${orNone(value)}`,
      ...reasons.map(reasonLine),
    ]),
  ];
}

function reasonLine({ text, times }: Reason): string {
  const spans = times.map(({ timestamp, durationSeconds }) =>
    durationSeconds === 0
      ? `${fixedText(timestamp, 2)}s`
      : `${fixedText(timestamp, 2)}s to ${fixedText(timestamp + durationSeconds, 2)}s`,
  );
  return `    ${text}${spans.length === 0 ? '' : ` [${spans.join(', ')}]`}`;
}

/** As the original spells what it does not know. */
const orNone = (value: string | null) => value ?? 'None';

const confidenceText = (confidence: number) => ` (${fixedText(confidence * 100, 1)}% confidence)`;
