import { MediaError } from '@deepffmpeg/core';

/** One filter with its options, such as `{ name: 'scale', options: { w: 224, h: 224 } }`. */
export interface Filter {
  readonly name: string;
  /** Written in this order. Booleans become 1 and 0; undefined ones are left out. */
  readonly options?: Readonly<Record<string, string | number | boolean | undefined>>;
}

/** Filters one after the other, between named links such as `0:v:0` (a stream of the input) or `small`. */
export interface FilterChain {
  readonly inputs?: readonly string[];
  readonly filters: readonly Filter[];
  readonly outputs?: readonly string[];
}

/**
 * Writes a filter graph for `-filter_complex`. Any text may stand in an option, but for the NUL character, which no
 * command line can carry. Half a surrogate pair arrives as U+FFFD.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS` for names that are none, numbers that are not finite, and NUL.
 * @see https://ffmpeg.org/ffmpeg-filters.html#Notes-on-filtergraph-escaping
 */
export function formatFilterGraph(chains: readonly FilterChain[]): string {
  return chains.map(formatChain).join(';');
}

function formatChain({ inputs = [], filters, outputs = [] }: FilterChain): string {
  if (filters.length === 0) throw invalid('a filter chain needs at least one filter');
  return `${inputs.map(formatLink).join('')}${filters.map(formatFilter).join(',')}${outputs.map(formatLink).join('')}`;
}

function formatLink(name: string): string {
  return `[${checkName(name, /^[A-Za-z0-9_:#]+$/, 'link')}]`;
}

function formatFilter({ name, options = {} }: Filter): string {
  checkName(name, /^[a-z0-9_]+$/i, 'filter');
  const written = Object.entries(options).flatMap(([key, value]) =>
    value === undefined
      ? []
      : [`${checkName(key, /^[a-z0-9_-]+$/i, 'option')}=${escapeOption(toText(value))}`],
  );
  return written.length === 0 ? name : `${name}=${escapeGraph(written.join(':'))}`;
}

function toText(value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (typeof value === 'number' && !Number.isFinite(value))
    throw invalid(`${value} is no number for a filter`);
  const text = String(value);
  if (text.includes('\0')) throw invalid('a filter option cannot hold the NUL character');
  return text;
}

// White space too: ffmpeg drops it unescaped from either end of a value, once at each level.
/** First level: what ends one option of a filter. */
const escapeOption = (text: string) => text.replace(/[\\':\s]/g, '\\$&');
/** Second level: what ends a filter in the graph. */
const escapeGraph = (text: string) => text.replace(/[\\'[\],;\s]/g, '\\$&');

function checkName(name: string, pattern: RegExp, kind: string): string {
  if (!pattern.test(name)) throw invalid(`${JSON.stringify(name)} is no ${kind} name`);
  return name;
}

function invalid(message: string): MediaError {
  return new MediaError('ERR_INVALID_OPTIONS', message);
}
