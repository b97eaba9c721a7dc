import type { StorytellingSection } from '../document/combined-document.js';
import { fixedText } from '../document/fixed-text.js';
import type { Conclusion, Evidence } from '../insights/evidence.js';
import { unlistedNote } from '../insights/evidence-times.js';
import { startOf } from './film-start.js';
import { type Html, html, isolated, type Piece } from './html.js';
import type { ReportInput } from './report-input.js';
import { bar, factTable, jumpButton, listTable } from './tables.js';
import { percent, rounded, UNKNOWN } from './words.js';

/** So many reasons stand open, the others behind a summary. */
const OPEN_REASONS = 6;

/** What was concluded, in a line of tiles. */
export function insightTiles({ document }: ReportInput): Html {
  const { content_type, quality_assessment, mood, storytelling_metrics } = document.combined_insights;
  const tiles: readonly (readonly [name: string, value: string | null, more: string | undefined])[] = [
    ['Type', content_type.primary_type, sure(content_type.confidence)],
    ['Picture', quality_assessment.video_quality.rating, undefined],
    ['Sound', quality_assessment.audio_quality.rating, undefined],
    ['Mood', mood.primary_mood, sure(mood.mood_confidence)],
    ['Pacing', storytelling_metrics.pacing, undefined],
  ];
  return html`<dl class="tiles">${tiles.map(
    ([name, value, more]) =>
      html`<div><dt>${name}</dt><dd>${isolated(value ?? UNKNOWN)}${more && html` <small>${more}</small>`}</dd></div>`,
  )}</dl>`;
}

const sure = (confidence: number) => (confidence > 0 ? `confidence ${percent(confidence)}` : undefined);

/** All insights, each with what it rests on. */
export function insightSection(input: ReportInput): Html {
  const { content_type, quality_assessment, mood, storytelling_metrics } = input.document.combined_insights;
  const { subtypes } = content_type;
  const { video_quality, audio_quality } = quality_assessment;
  return html`<section id="insights" aria-labelledby="insights-title"><h2 id="insights-title">Insights</h2><div class="cards">
${card('Content type', content_type.primary_type, sure(content_type.confidence), [
  subtypes.length > 0 ? html`<p>Also: ${isolated(subtypes.join(', '))}</p>` : undefined,
  reasonsFor(input, 'content-type'),
])}
${card('Picture quality', video_quality.rating, undefined, [factors(video_quality.factors), reasonsFor(input, 'video-quality')])}
${card('Sound quality', audio_quality.rating, undefined, [factors(audio_quality.factors), reasonsFor(input, 'audio-quality')])}
${card('Mood', mood.primary_mood, sure(mood.mood_confidence), [
  listTable(
    'Elements of the mood',
    ['Mood', 'Share'],
    mood.mood_elements.map(({ type, strength }) => [type, bar(strength, percent(strength))]),
  ),
  progression(input),
  unlisted(input, mood.mood_progression),
  html`<p>Consistency: <bdi>${mood.mood_consistency ?? UNKNOWN}</bdi>${
    mood.scene_rhythm_variation === undefined
      ? ''
      : `, rhythm varies by ${rounded(mood.scene_rhythm_variation)}`
  }</p>`,
  reasonsFor(input, 'mood'),
  reasonsFor(input, 'mood-consistency'),
])}
${card('Storytelling', storytelling_metrics.narrative_structure, undefined, [
  factTable('Scenes', [['Pacing', storytelling_metrics.pacing], ...sceneFacts(storytelling_metrics)]),
  keyMoments(input),
  unlisted(input, storytelling_metrics.key_moments),
  reasonsFor(input, 'narrative-structure'),
  reasonsFor(input, 'pacing'),
])}
</div></section>`;
}

/** None of sound alone, which the document has no scenes of. */
function sceneFacts({
  scene_analysis: { count, average_duration, scenes_per_minute },
}: StorytellingSection): readonly (readonly [name: string, value: Piece])[] {
  if (count === 0) return [];
  return [
    ['Scenes', count],
    ['Mean length', average_duration === null ? null : `${rounded(average_duration)} s`],
    ['A minute', scenes_per_minute === null ? null : rounded(scenes_per_minute, 1)],
  ];
}

function card(
  title: string,
  value: string | null,
  more: string | undefined,
  content: readonly Piece[],
): Html {
  return html`<article class="card"><h3>${title}</h3><p class="value">${isolated(value ?? UNKNOWN)}${more && html` <small>${more}</small>`}</p>${content}</article>`;
}

const factors = (all: readonly string[]): Piece =>
  all.length > 0
    ? html`<ul class="factors">${all.map((factor) => html`<li>${isolated(factor)}</li>`)}</ul>`
    : undefined;

function progression({ document }: ReportInput): Piece {
  return listTable(
    'Course of the mood',
    ['From', 'Intensity', 'Moments'],
    document.combined_insights.mood.mood_progression.map(({ time_range, intensity, action_count }) => [
      timeButton(time_range, 0, `part ${time_range}`),
      bar(intensity, rounded(intensity)),
      action_count,
    ]),
  );
}

/** Under what is told of moments. */
function unlisted({ document }: ReportInput, told: readonly unknown[]): Piece {
  const note = unlistedNote(document.technical_analysis.audio_analysis);
  return note === undefined || told.length === 0 ? undefined : html`<p class="quiet">Here ${note}.</p>`;
}

function keyMoments(input: ReportInput): Piece {
  const start = startOf(input);
  const reasons = input.evidence.find(({ conclusion }) => conclusion === 'key-moments')?.reasons ?? [];
  return listTable(
    'Key moments',
    ['Time', 'What', 'Intensity'],
    input.document.combined_insights.storytelling_metrics.key_moments.map(
      ({ time, description, intensity }, i) => [
        timeButton(exactTime(time, reasons[i]), start, description),
        description,
        bar(intensity, rounded(intensity)),
      ],
    ),
  );
}

/** Of a moment, which is in the middle of what its reason rests on. In the text a cut may be rounded to before itself, where the last shot is shown. */
function exactTime(text: string, reason: Evidence['reasons'][number] | undefined): string {
  const [span] = reason?.times ?? [];
  const middle = span && span.timestamp + span.durationSeconds / 2;
  return middle !== undefined && `${fixedText(middle, 2)}s` === text ? `${middle}s` : text;
}

/** The original writes times as text, such as `7.93s`; one that is no time stays text. */
function timeButton(text: string, startSeconds: number, label: string): Piece {
  const seconds = Number.parseFloat(text);
  return Number.isFinite(seconds) ? jumpButton(Math.max(0, seconds - startSeconds), label) : text;
}

const TITLES: Readonly<Record<Conclusion, string>> = {
  'content-type': 'Why this type',
  'video-quality': 'Why this rating',
  'audio-quality': 'Why this rating',
  mood: 'Why this mood',
  'mood-progression': 'Course of mood',
  'key-moments': 'Key moments',
  'mood-consistency': 'Why this consistency',
  pacing: 'Why this pacing',
  'narrative-structure': 'Why this structure',
};

function reasonsFor(input: ReportInput, conclusion: Conclusion): Piece {
  const found = input.evidence.find((evidence) => evidence.conclusion === conclusion);
  if (found === undefined || found.reasons.length === 0) return undefined;
  const start = startOf(input);
  const items = found.reasons.map((reason) => reasonItem(reason, start));
  const more = items.slice(OPEN_REASONS);
  return html`<h4>${TITLES[conclusion]}</h4><ul class="reasons">${items.slice(0, OPEN_REASONS)}</ul>${
    more.length > 0
      ? html`<details class="reasons-more"><summary>${more.length} more reasons</summary><ul class="reasons">${more}</ul></details>`
      : undefined
  }`;
}

function reasonItem({ text, times }: Evidence['reasons'][number], startSeconds: number): Html {
  return html`<li>${isolated(text)} ${times.map(({ timestamp }) => html`${jumpButton(Math.max(0, timestamp - startSeconds), text)} `)}</li>`;
}
