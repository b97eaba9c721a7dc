import type { ObjectCount } from '@deepffmpeg/core';
import type { ClassificationSection } from '../document/combined-document.js';
import { html, type Piece } from './html.js';
import type { ReportInput } from './report-input.js';
import { bar, listTable } from './tables.js';
import { percent } from './words.js';

/** So many rows stand open. */
const MOST_ROWS = 100;

/** Which labels were reported, and which objects were found. */
export function labelSection({ document, analysis }: ReportInput): Piece {
  const { video, audio } = document.ai_classifications;
  const objects = analysis?.objects ?? [];
  if (video.length + audio.length + objects.length === 0) return undefined;
  return html`<section id="labels" aria-labelledby="labels-title"><h2 id="labels-title">Labels and objects</h2><div class="columns">
${classifications('Seen', 'Frames', video)}
${classifications('Heard', 'Windows', audio)}
${first(objectTable(objects), objects.length)}
</div></section>`;
}

/** By how often they were found, the most first. */
function objectTable(objects: readonly ObjectCount[]): Piece {
  // Only who follows objects can tell one from another.
  const isFollowed = objects.some(({ tracks }) => tracks !== undefined);
  const rows = objects.toSorted((a, b) => b.detections - a.detections).slice(0, MOST_ROWS);
  return listTable(
    'Objects',
    ['Object', 'Found', 'Frames', 'At once', ...(isFollowed ? ['Different'] : [])],
    rows.map(({ label, detections, frames, mostAtOnce, tracks }) => [
      ...[label, detections, frames, mostAtOnce],
      ...(isFollowed ? [tracks] : []),
    ]),
  );
}

const classifications = (title: string, counted: string, all: readonly ClassificationSection[]): Piece =>
  first(
    listTable(
      title,
      ['Label', 'Mean probability', counted],
      all
        .slice(0, MOST_ROWS)
        .map(({ label, probability, count }) => [label, bar(probability, percent(probability)), count]),
    ),
    all.length,
  );

/** Says what a table leaves out. */
const first = (table: Piece, rows: number): Piece =>
  table &&
  html`<div>${table}${rows > MOST_ROWS ? html`<p class="quiet">The first ${MOST_ROWS} of ${rows}.</p>` : undefined}</div>`;
