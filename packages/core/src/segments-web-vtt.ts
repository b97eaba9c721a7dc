import type { Segment } from './chunks.js';
import { MediaError } from './media-error.js';
import { qualifiedLabel, unitPrefix } from './qualified-label.js';

/**
 * Writes segments as WebVTT, one cue each, in order of their beginning: its text is the label, with its unit before it where it is a
 * category's, and behind it the track, as in `sun <c.track>3</c>`, which players show as `sun 3`; its identifier is
 * `number/modality/group/probability`. The format has no place for the input: write one file for each. Holds all segments. A time before 0 becomes 0, since the format has no such times;
 * segments that then last less than a millisecond, as those of stills do, are left out.
 *
 * @see https://www.w3.org/TR/webvtt1/#file-structure
 */
export async function* segmentsToWebVtt(
  segments: Iterable<Segment> | AsyncIterable<Segment>,
): AsyncGenerator<string, void, undefined> {
  yield 'WEBVTT\n';
  const all: Segment[] = [];
  for await (const segment of segments) if (endOf(segment) > startOf(segment)) all.push(segment);
  all.sort((a, b) => a.timestamp - b.timestamp); // the format asks for it; segments come when they end
  for (const [i, segment] of all.entries()) {
    const { modality, group, label, probability, trackId } = segment;
    const times = `${formatTime(startOf(segment))} --> ${formatTime(endOf(segment))}`;
    const identifier = `${i + 1}/${modality}/${escapeText(oneLine(group))}/${probability.toFixed(4)}`;
    const shown = escapeText(qualifiedLabel(oneLine(group), oneLine(label)));
    const track = trackId === undefined ? '' : ` <c.track>${trackId}</c>`;
    yield `\n${identifier}\n${times}\n${shown}${track}\n`;
  }
}

/** What a cue tells. */
export type SegmentCue = Pick<
  Segment,
  'modality' | 'group' | 'label' | 'probability' | 'timestamp' | 'durationSeconds' | 'trackId'
>;

/** Not `.`, which stops at U+2028, too. */
const CUE =
  /^\d+\/(vision|audio)\/([^\n]*)\/([\d.]+)\n(\d{2,}:\d\d:\d\d\.\d{3}) --> (\d{2,}:\d\d:\d\d\.\d{3})\n([^\n]*?)(?: <c\.track>(-?\d+)<\/c>)?$/;

/** Reads what `segmentsToWebVtt` wrote. @throws {MediaError} `ERR_INPUT`, with the block that is none of ours. */
export function segmentsFromWebVtt(text: string): SegmentCue[] {
  const plain = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n'); // the format allows for both
  const [header, ...blocks] = plain.replace(/(?<!\n)\n+$/, '').split(/\n{2,}/);
  if (header !== 'WEBVTT') throw new MediaError('ERR_INPUT', `expected WEBVTT, got ${header}`);
  return blocks.map((block) => {
    const [, modality, group = '', probability, start = '', end = '', label = '', track] =
      CUE.exec(block) ?? [];
    if (modality !== 'vision' && modality !== 'audio')
      throw new MediaError('ERR_INPUT', `expected a cue of a segment, got: ${block}`);
    const timestamp = parseTime(start);
    const prefix = unitPrefix(unescapeText(group));
    const shown = unescapeText(label);
    return {
      modality,
      group: unescapeText(group),
      label: shown.startsWith(prefix) ? shown.slice(prefix.length) : shown,
      probability: Number(probability),
      timestamp,
      durationSeconds: Number((parseTime(end) - timestamp).toFixed(3)),
      ...(track !== undefined && { trackId: Number(track) }),
    };
  });
}

/** Milliseconds, as they are written. */
const startOf = ({ timestamp }: Segment) => Math.max(0, Math.round(timestamp * 1000));
const endOf = ({ timestamp, durationSeconds }: Segment) =>
  Math.max(0, Math.round((timestamp + durationSeconds) * 1000));

function formatTime(total: number): string {
  const part = (size: number, length: number, modulo = Infinity) =>
    String(Math.floor(total / size) % modulo).padStart(length, '0');
  return `${part(3_600_000, 2)}:${part(60_000, 2, 60)}:${part(1000, 2, 60)}.${part(1, 3, 1000)}`;
}

function parseTime(time: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  return hours * 3600 + minutes * 60 + seconds;
}

// Escaping also breaks up any `-->`, which would start a cue's times.
const escapeText = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const unescapeText = (text: string) =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
// Looked for from the beginning of each run of blanks only: from all of them, a long one would take forever.
const oneLine = (text: string) => text.replaceAll(/(?<!\s)\s*[\r\n]+\s*/g, ' ');
