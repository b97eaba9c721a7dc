import type { ReportAssets } from '../report-assets.js';
import { type Html, html, isolated, jsonScript, type Piece, trusted } from './html.js';
import { insightSection, insightTiles } from './insight-section.js';
import { labelSection } from './label-section.js';
import { makePageData } from './make-page-data.js';
import { noticeSection } from './notice-section.js';
import type { PageData } from './page-data.js';
import type { ReportInput } from './report-input.js';
import { technicalSection } from './technical-section.js';
import { lengthOf } from './words.js';

/** Says how the page comes to the film. */
export interface PlayerPlace {
  readonly isVideo: boolean;
  /** What it takes of `media-src`; undefined for the network, which no page loads from. */
  readonly policy: string | undefined;
  /** For `src`; undefined where it follows in pieces. */
  readonly href: string | undefined;
}

/** The page in its order, in two parts: what may stand between them is the value of the player's `src`. */
export function reportPage(
  input: ReportInput,
  assets: ReportAssets,
  player: PlayerPlace | undefined,
): readonly [before: string, after: string] {
  const data = makePageData(input);
  const name = input.document.file_info.filename;
  const before = html`${pageHead(name, assets, player?.policy)}
<body>
<header class="top">
<div class="top-line"><button type="button" id="play" hidden>Play</button> <span id="time" class="time">0:00.0</span>
<nav aria-label="Parts of the page">${links(input, data)}</nav> <button type="button" id="theme" class="quiet-button">Dark</button></div>
</header>
<main>
<h1>${isolated(name)}</h1>
<p class="quiet">${subtitle(input)}</p>
${noticeSection(input)}
${insightTiles(input)}
<noscript><p class="notices">The player's time line, shots and events need JavaScript; all else stands here.</p></noscript>
<div class="stage">${playerStart(player)}`;
  const after = html`${playerEnd(player)}
<section class="now" aria-labelledby="now-title"><h2 id="now-title">At <span id="now-time">0:00.0</span></h2><div class="now-list" role="group" tabindex="0" aria-labelledby="now-title"><dl id="now"></dl></div></section></div>
${timelineSection(data)}
${insightSection(input)}
${data.shots.length > 0 ? html`<section id="shots" aria-labelledby="shots-title"><h2 id="shots-title">Shots</h2><div id="shot-list"></div><details><summary>Shots in a table</summary><div id="shot-table"></div></details></section>` : undefined}
${labelSection(input)}
${technicalSection(input)}
${data.events.length > 0 ? html`<section id="events" aria-labelledby="events-title"><h2 id="events-title">Events</h2><div id="event-list"></div></section>` : undefined}
<footer class="quiet">Made by DeepFFmpeg. Charts by uPlot, MIT licence, whose text stands in this file.</footer>
</main>
${jsonScript('data', data)}
${assets.scripts.map(
  ({ text }) => html`<script>${trusted(text)}</script>
`,
)}
</body>
</html>
`;
  return [before.text, after.text];
}

/** The head of a page that loads nothing: what it runs and how it looks is named by its hash. */
export function pageHead(title: string, { styles, scripts }: ReportAssets, mediaPolicy?: string): Html {
  const policy = [
    "default-src 'none'",
    ...(scripts.length > 0 ? [`script-src ${scripts.map(({ hash }) => hash).join(' ')}`] : []),
    `style-src ${styles.map(({ hash }) => hash).join(' ')}`,
    'img-src data:',
    `media-src ${mediaPolicy ?? 'blob:'}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<link rel="icon" href="data:,">
${styles.map(
  ({ text }) => html`<style>${trusted(text)}</style>
`,
)}</head>`;
}

function links({ document, analysis }: ReportInput, data: PageData): Piece {
  const { video, audio } = document.ai_classifications;
  const objects = analysis?.objects ?? [];
  const parts: readonly (readonly [id: string, name: string, isThere: boolean])[] = [
    ['timeline', 'Time line', data.durationSeconds > 0],
    ['insights', 'Insights', true],
    ['shots', 'Shots', data.shots.length > 0],
    ['labels', 'Labels', video.length + audio.length + objects.length > 0],
    ['technical', 'Technical', true],
    ['events', 'Events', data.events.length > 0],
  ];
  return parts.filter(([, , isThere]) => isThere).map(([id, name]) => html`<a href="#${id}">${name}</a> `);
}

function subtitle({ document }: ReportInput): string {
  const { duration, resolution, frame_rate, resolution_class } =
    document.combined_insights.content_type.format_info;
  const { video_streams, audio_streams } = document.technical_analysis.metadata;
  return [
    duration === null ? undefined : lengthOf(duration),
    resolution && [resolution.replace('x', ' × '), resolution_class].filter(Boolean).join(' '),
    frame_rate === null || resolution === null ? undefined : `${Number(frame_rate.toFixed(2))} fps`,
    [...video_streams, ...audio_streams].map(({ codec }) => codec ?? 'unknown codec').join(' + '),
    `analysed ${document.file_info.created_date}`,
  ]
    .filter(Boolean)
    .join(' · ');
}

function playerStart(player: PlayerPlace | undefined): Html {
  if (player === undefined) return html`<div class="player" hidden>`;
  if (player.policy === undefined)
    return html`<div class="player"><p class="notices">This page loads nothing from the network. The film is at <a href="${player.href}" rel="noreferrer noopener">${isolated(player.href ?? '')}</a>.</p>`;
  const start = html`<div class="player"><${trusted(player.isVideo ? 'video playsinline' : 'audio')} id="player" controls preload="metadata" src="`;
  return html`${start}${player.href}`;
}

const playerEnd = (player: PlayerPlace | undefined): Html =>
  player?.policy === undefined
    ? html`</div>`
    : html`"></${trusted(player.isVideo ? 'video' : 'audio')}><p id="player-fault" class="fault" role="status" hidden>The film is not where this page looks for it, or the browser cannot play it. Choose it here; all else works without: <label>Film <input type="file" id="player-file" accept="video/*,audio/*"></label></p></div>`;

const timelineSection = ({ durationSeconds, curves, groups, shots }: PageData): Piece =>
  durationSeconds > 0
    ? html`<section id="timeline" aria-labelledby="timeline-title"><div class="section-line"><h2 id="timeline-title">Time line</h2>
<div class="tools" role="group" aria-label="Zoom"><button type="button" id="zoom-out" aria-label="Zoom out">−</button><button type="button" id="zoom-in" aria-label="Zoom in">+</button><button type="button" id="zoom-all">Whole film</button></div></div>
<p class="quiet" id="timeline-help">Click to go to a time. With the keyboard: arrows go by a second, with Shift by ten; Page Up and Page Down go from shot to shot; Space plays; plus and minus zoom.${
        groups.length + curves.length + shots.length === 0
          ? ' There are no shots, labels or curves to show.'
          : ''
      }</p>
<div id="tracks" class="tracks"></div>${
        groups.some(({ labels }) => labels.length > 0)
          ? html`<details><summary>Labels over time in a table</summary><div id="lane-table"></div></details>`
          : undefined
      }</section>`
    : undefined;
