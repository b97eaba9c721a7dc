import { MediaError, readInputFile } from '@deepffmpeg/core';
import type * as z from 'zod';
import { expectedAndGot, pathText } from '../describe-issue.js';
import { defaultRules } from './default-rules.js';
import { type InsightRules, insightRulesSchema } from './insight-rules.js';
import { JsonSyntaxError, type LocatedJson, locateJson } from './located-json.js';

/** Far above any table that a person writes. */
const MOST_BYTES = 1024 * 1024;

const sectionsSchema = insightRulesSchema.partial();

/**
 * Reads a file of rules: JSON, UTF-8, at most 1 MiB, with some or all of the sections of `InsightRules`. A section that is there is there as
 * a whole; the others are those of `defaultRules`.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS`, naming the file, the line and what was expected there, or why the file cannot be read; an
 * `AbortError`.
 */
export async function readInsightRules(
  path: string,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<InsightRules> {
  const bytes = await readInputFile(path, {
    what: 'the rules',
    mostBytes: MOST_BYTES,
    code: 'ERR_INVALID_OPTIONS',
    signal,
  });
  return parseInsightRules(decodeText(bytes, path), path);
}

/** The same for a text; `name` stands before every message. @throws {MediaError} `ERR_INVALID_OPTIONS` */
export function parseInsightRules(text: string, name: string): InsightRules {
  const json = locate(text, name);
  const result = sectionsSchema.safeParse(json.value, { reportInput: true });
  if (result.success) return { ...defaultRules, ...result.data };
  const lines = result.error.issues.flatMap((issue) => describeIssue(issue, json, name));
  throw new MediaError('ERR_INVALID_OPTIONS', lines.join('\n'), { cause: result.error });
}

function decodeText(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new MediaError('ERR_INVALID_OPTIONS', `${path} is not UTF-8 text: save it as UTF-8`, { cause });
  }
}

function locate(text: string, name: string): LocatedJson {
  try {
    return locateJson(text);
  } catch (cause) {
    if (!(cause instanceof JsonSyntaxError)) throw cause;
    const { line, column } = cause.place;
    throw new MediaError('ERR_INVALID_OPTIONS', `${name}:${line}:${column}: not JSON: ${cause.message}`, {
      cause,
    });
  }
}

/** `rules.json:12: pacing.steps[1].name: expected a string, got 3`; a line for each key that is not known. */
function describeIssue(issue: z.core.$ZodIssue, json: LocatedJson, name: string): string[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => {
      const path = [...issue.path, key];
      return `${name}:${json.lineOf(path)}: ${pathText(path)}: there is no such key${suggest(issue.path)}`;
    });
  const where = pathText(issue.path) || 'the file';
  return [`${name}:${json.lineOf(issue.path)}: ${where}: ${expectedAndGot(issue)}`];
}

/** The sections are few enough to name. */
const suggest = (path: readonly PropertyKey[]) =>
  path.length === 0 ? `; sections are ${Object.keys(defaultRules).join(', ')}` : '';
