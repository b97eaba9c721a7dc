import { Buffer } from 'node:buffer';
import { MediaError } from '@deepffmpeg/core';
import type {
  CombinedDocument,
  ContentTypeSection,
  FileSection,
  MoodSection,
  RatingSection,
} from '../document/combined-document.js';
import type { ShotThumbnail } from '../media/media-analysis.js';
import { readReportStyle } from '../report-assets.js';
import { brokeOffAt, isDamaged } from './broke-off.js';
import { type Html, html, isolated, type Piece, trusted } from './html.js';
import { addressKind } from './media-address.js';
import { faultCount } from './notice-section.js';
import type { ReportInput } from './report-input.js';
import { pageHead } from './report-page.js';
import { clock, lengthOf, percent, UNKNOWN } from './words.js';

/** A film of a folder, or one that failed. */
export type ReportIndexEntry = ReportIndexFilm | ReportIndexFailure;

export interface ReportIndexFilm {
  readonly kind: 'film';
  /** Of its report, relative to the index. */
  readonly href: string;
  readonly document: IndexedDocument;
  readonly thumbnail: Pick<ShotThumbnail, 'width' | 'height' | 'jpeg'> | undefined;
  /** How many of its analyses failed. */
  readonly faultCount: number;
  /** Where it broke off, in seconds from its start; undefined for one that was read to its end. */
  readonly brokeOffSeconds: number | undefined;
  /** True when it was read to its end although parts of it are damaged. */
  readonly isDamaged: boolean;
}

/** What a row tells of a combined document. */
export interface IndexedDocument {
  readonly file_info: Pick<FileSection, 'filename' | 'path'>;
  readonly combined_insights: {
    readonly content_type: Pick<ContentTypeSection, 'primary_type' | 'confidence'> & {
      readonly format_info: Pick<ContentTypeSection['format_info'], 'duration'>;
    };
    readonly quality_assessment: {
      readonly video_quality: Pick<RatingSection, 'rating'>;
      readonly audio_quality: Pick<RatingSection, 'rating'>;
    };
    readonly mood: Pick<MoodSection, 'primary_mood'>;
  };
}

export interface ReportIndexFailure {
  readonly kind: 'failure';
  readonly source: string;
  readonly reason: string;
}

/** The row of a film, so that nothing of its analysis but one picture need be kept. */
export function reportIndexFilm(href: string, input: ReportInput): ReportIndexFilm {
  const thumbnails = input.analysis?.thumbnails ?? [];
  // The first shots of films are often titles.
  const thumbnail = thumbnails[Math.floor(thumbnails.length / 3)];
  return {
    kind: 'film',
    href,
    document: indexedDocumentOf(input.document),
    thumbnail,
    faultCount: faultCount(input),
    brokeOffSeconds: brokeOffAt(input),
    isDamaged: isDamaged(input),
  };
}

function indexedDocumentOf({ file_info, combined_insights }: CombinedDocument): IndexedDocument {
  const { content_type, quality_assessment, mood } = combined_insights;
  return { file_info, combined_insights: { content_type, quality_assessment, mood } };
}

/**
 * Makes the page of a folder of films: a row for each, with a link to its report. It has no script.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS` for a `href` that is not relative to the page or of a file.
 */
export function formatReportIndex(
  entries: readonly ReportIndexEntry[],
): AsyncGenerator<string, void, undefined> {
  const films = entries.filter((entry) => entry.kind === 'film');
  for (const { href } of films)
    if (addressKind(href) !== 'file')
      throw new MediaError('ERR_INVALID_OPTIONS', `href: expected the place of a report, not ${href}`);
  return pieces(
    films,
    entries.filter((entry) => entry.kind === 'failure'),
  );
}

async function* pieces(films: readonly ReportIndexFilm[], failures: readonly ReportIndexFailure[]) {
  const assets = { styles: [await readReportStyle()], scripts: [] };
  const count = `${films.length} ${films.length === 1 ? 'film' : 'films'}`;
  yield html`${pageHead(`Reports: ${count}`, assets)}
<body><main><h1>Reports</h1><p class="quiet">${count}${failures.length > 0 ? `, ${failures.length} failed` : ''}</p>
${failures.length > 0 ? failureList(failures) : undefined}
<div class="scroll" role="region" tabindex="0" aria-label="Films"><table class="list films"><caption>Films</caption><thead><tr>${[
    'Picture',
    'Film',
    'Duration',
    'Type',
    'Picture quality',
    'Sound quality',
    'Mood',
  ].map((head) => html`<th scope="col">${head}</th>`)}</tr></thead><tbody>
`.text;
  const places = placesOf(films);
  for (const [i, film] of films.entries()) yield `${filmRow(film, places[i]).text}\n`;
  yield html`</tbody></table></div><footer class="quiet">Made by DeepFFmpeg.</footer></main></body></html>
`.text;
}

const failureList = (failures: readonly ReportIndexFailure[]): Html =>
  html`<section class="notices" aria-labelledby="failed"><h2 id="failed">Failed</h2><ul>${failures.map(
    ({ source, reason }) =>
      html`<li class="fault"><strong>${isolated(source)}</strong> ${isolated(reason)}</li>`,
  )}</ul></section>`;

/** Where films are whose name alone does not tell them apart. */
function placesOf(films: readonly ReportIndexFilm[]): (string | undefined)[] {
  const counts = new Map<string, number>();
  for (const { document } of films) {
    const { filename } = document.file_info;
    counts.set(filename, (counts.get(filename) ?? 0) + 1);
  }
  return films.map(({ document: { file_info } }) =>
    (counts.get(file_info.filename) ?? 0) > 1 ? file_info.path : undefined,
  );
}

function filmRow(film: ReportIndexFilm, place: string | undefined): Html {
  const { href, document, thumbnail } = film;
  const { content_type, quality_assessment, mood } = document.combined_insights;
  const { duration } = content_type.format_info;
  const { video_quality, audio_quality } = quality_assessment;
  return html`<tr><td>${thumbnail ? picture(thumbnail) : html`<span class="no-picture"></span>`}</td>
<th scope="row"><a href="${href}">${isolated(document.file_info.filename)}</a>${place === undefined ? undefined : html` <small>${isolated(place)}</small>`}${faultText(film)}</th><td>${duration === null ? UNKNOWN : lengthOf(duration)}</td><td>${isolated(content_type.primary_type)}${
    content_type.confidence > 0 ? html` <small>${percent(content_type.confidence)}</small>` : undefined
  }</td><td>${isolated(video_quality.rating ?? UNKNOWN)}</td><td>${isolated(audio_quality.rating ?? UNKNOWN)}</td><td>${isolated(mood.primary_mood ?? UNKNOWN)}</td></tr>`;
}

function faultText({ faultCount: faults, brokeOffSeconds, isDamaged }: ReportIndexFilm): Piece {
  const texts = [
    brokeOffSeconds === undefined ? undefined : `broke off at ${clock(brokeOffSeconds)}`,
    isDamaged ? 'damaged' : undefined,
    faults > 0 ? `${faults} ${faults === 1 ? 'part' : 'parts'} failed` : undefined,
  ].filter((text) => text !== undefined);
  return texts.length > 0 ? html` <span class="fault">${texts.join(', ')}</span>` : undefined;
}

const picture = ({ width, height, jpeg }: NonNullable<ReportIndexFilm['thumbnail']>): Html =>
  html`<img alt="" width="${width}" height="${height}" src="data:image/jpeg;base64,${trusted(Buffer.from(jpeg).toString('base64'))}">`;
