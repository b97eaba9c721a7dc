import { MediaError, parseOptions, type Shot, through } from '@deepffmpeg/core';
import {
  type DecodeOptions,
  decode,
  findAudioStream,
  findFfmpeg,
  findVideoStream,
  probe,
  probeMissingEnd,
  shownName,
} from '@deepffmpeg/ffmpeg-filters';
import * as z from 'zod';
import {
  createTechnicalAnalyser,
  refuseIdleThreshold,
  type TechnicalFinding,
} from './create-technical-analyser.js';
import { makeTechnicalAnalysis, type TechnicalAnalysis } from './make-technical-analysis.js';
import { readMetadata } from './metadata/read-metadata.js';
import type { ShotRule } from './shot-rule.js';
import { technicalPlan } from './technical-plan.js';

export interface TechnicalOptions
  extends Pick<DecodeOptions, 'signal' | 'onProgress' | 'onPartial' | 'ffmpeg' | 'formats' | 'source'> {
  /** @defaultValue 'adaptive'; with `isFast` 'keyframes' */
  readonly shotRule?: ShotRule | undefined;
  /** Least scene score of a cut, for `content`, above 0 to 1. @defaultValue 0.3 */
  readonly sceneThreshold?: number | undefined;
  /** Reads what the file says of itself and its keyframes, and decodes nothing. @defaultValue false */
  readonly isFast?: boolean | undefined;
}

const settingsSchema = z.strictObject({
  shotRule: z.enum(['adaptive', 'content', 'keyframes']).optional(),
  sceneThreshold: z.number().gt(0).max(1).optional(),
  isFast: z.boolean().default(false),
  source: z.string().optional(),
  formats: z.array(z.string()).optional(),
});

/**
 * Analyses an input: what it says of itself, its shots, sound and pictures, in one decode.
 *
 * Reads a file or address twice, once packet by packet and once decoding, side by side. Holds its shots, events and moments.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS`, `ERR_INPUT` (no media, or neither picture nor sound), `ERR_PARTIAL_INPUT` without `onPartial`,
 * `ERR_FFMPEG_MISSING`, `ERR_FFMPEG_EXIT`; an `AbortError`.
 */
export async function analyseTechnical(
  input: string | URL,
  { signal, onProgress, onPartial, ffmpeg: given, ...settings }: TechnicalOptions = {},
): Promise<TechnicalAnalysis> {
  const {
    isFast,
    shotRule = isFast ? 'keyframes' : 'adaptive',
    sceneThreshold,
    source = shownName(input),
    formats,
  } = parseOptions(settingsSchema, settings);
  refuseContradictions(isFast, shotRule);
  refuseIdleThreshold(shotRule, sceneThreshold);
  const ffmpeg = given ?? (await findFfmpeg({ signal }));
  const place = { ffmpeg, formats, source, signal };
  const info = await probe(input, place);
  const findings: TechnicalFinding[] = [];
  const onKeyframeShot = (shot: Shot) => {
    if (shotRule === 'keyframes') findings.push(shot);
  };
  const stop = new AbortController();
  const scanSignal = AbortSignal.any([stop.signal, ...(signal ? [signal] : [])]);
  const scanning = readMetadata(input, { ...place, info, onKeyframeShot, signal: scanSignal });
  scanning.catch(() => {}); // told when all is decoded; unheard until then, it would end the process
  const plan = technicalPlan(info, { shotRule });
  try {
    if (!isFast && plan.frames.length + plan.measurements.length > 0) {
      const media = decode(input, plan, { ...place, info, onProgress, onPartial });
      const analyser = createTechnicalAnalyser({ info, shotRule, sceneThreshold, signal });
      for await (const chunk of through(media, analyser)) findings.push(chunk);
    }
    await scanning;
  } finally {
    stop.abort(); // nobody waits for the rest of a file that failed
    await scanning.catch(() => {}); // its process ends before ours does
  }
  if (isFast) {
    const streams = [findVideoStream(info), findAudioStream(info)].filter((stream) => stream !== undefined);
    const reason = await probeMissingEnd(input, streams, { ...place, info });
    if (reason !== undefined && onPartial === undefined)
      throw new MediaError('ERR_PARTIAL_INPUT', `${source} is not whole: ${reason}`);
    if (reason !== undefined) onPartial?.(reason);
  }
  return makeTechnicalAnalysis(findings, { source, metadata: await scanning, shotRule });
}

function refuseContradictions(isFast: boolean, shotRule: ShotRule): void {
  if (isFast && shotRule !== 'keyframes')
    throw new MediaError(
      'ERR_INVALID_OPTIONS',
      `shotRule ${shotRule} needs frames, and isFast decodes none: take keyframes`,
    );
}
