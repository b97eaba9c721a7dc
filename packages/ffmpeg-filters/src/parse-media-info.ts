import * as z from 'zod';
import { HDR_SIDE_DATA, parseHdr, sideDataSchema } from './hdr-info.js';
import type {
  AudioStreamInfo,
  ChapterInfo,
  MediaInfo,
  OtherStreamInfo,
  StreamInfo,
  VideoStreamInfo,
} from './media-info.js';
import { parsePrinted } from './parse-printed.js';
import { parseRational, type Rational, reduceRational } from './rational.js';

const text = z.string().optional();
const whole = z.number().optional();
const tagsSchema = z.record(z.string(), z.coerce.string()).default({});

const streamSchema = z.object({
  index: z.number(),
  codec_type: text,
  codec_name: text,
  profile: z.coerce.string().optional(),
  time_base: text,
  start_pts: whole,
  start_time: text,
  duration_ts: whole,
  duration: text,
  bit_rate: text,
  width: whole,
  height: whole,
  sample_aspect_ratio: text,
  avg_frame_rate: text,
  r_frame_rate: text,
  nb_frames: text,
  pix_fmt: text,
  bits_per_raw_sample: text,
  color_range: text,
  color_space: text,
  color_transfer: text,
  color_primaries: text,
  field_order: text,
  sample_rate: text,
  channels: whole,
  channel_layout: text,
  sample_fmt: text,
  bits_per_sample: whole,
  disposition: z.object({ default: whole, attached_pic: whole }).default({}),
  tags: tagsSchema,
  side_data_list: z.array(sideDataSchema.extend({ rotation: whole })).default([]),
});

const formatSchema = z.object({
  format_name: z.string(),
  duration: text,
  start_time: text,
  bit_rate: text,
  size: text,
  tags: tagsSchema,
});

const chapterSchema = z.object({ time_base: text, start: whole, end: whole, tags: tagsSchema });

const outputSchema = z.object({
  streams: z.array(streamSchema).default([]),
  chapters: z.array(chapterSchema).default([]),
  format: formatSchema,
});

type RawStream = z.infer<typeof streamSchema>;
type RawChapter = z.infer<typeof chapterSchema>;

/** What is asked of ffprobe, so that it prints no more. */
export const PROBE_ENTRIES = [
  `format=${Object.keys(formatSchema.shape)
    .filter((key) => key !== 'tags')
    .join(',')}`,
  'format_tags',
  `stream=${Object.keys(streamSchema.shape)
    .filter((key) => !['tags', 'disposition', 'side_data_list'].includes(key))
    .join(',')}`,
  'stream_tags',
  'stream_disposition=default,attached_pic',
  `stream_side_data=rotation,${HDR_SIDE_DATA}`,
  'chapter=time_base,start,end',
  'chapter_tags=title',
].join(':');

/** Checks ffprobe's JSON and gives it names, units and types. @throws {MediaError} `ERR_INPUT` */
export function parseMediaInfo(output: unknown): MediaInfo {
  const { format, streams, chapters } = parsePrinted(outputSchema, output);
  return {
    formatName: format.format_name,
    durationSeconds: toNumber(format.duration),
    startSeconds: toNumber(format.start_time),
    bitRate: toNumber(format.bit_rate),
    sizeBytes: toNumber(format.size),
    tags: format.tags,
    streams: streams.map(toStream),
    chapters: chapters.flatMap((chapter) => toChapter(chapter) ?? []),
  };
}

/** Undefined for one without times. */
function toChapter({ time_base, start, end, tags }: RawChapter): ChapterInfo | undefined {
  const timeBase = parseRational(time_base);
  const startSeconds = ticksToSeconds(start, timeBase);
  const endSeconds = ticksToSeconds(end, timeBase);
  if (startSeconds === undefined || endSeconds === undefined) return undefined;
  return { startSeconds, endSeconds, title: tags['title'] };
}

function toStream(raw: RawStream): StreamInfo {
  if (raw.codec_type === 'video') return toVideo(raw);
  if (raw.codec_type === 'audio') return toAudio(raw);
  const type = (['subtitle', 'data', 'attachment'] as const).find((known) => known === raw.codec_type);
  return { type: type ?? 'unknown', ...toCommon(raw) };
}

function toCommon(raw: RawStream): Omit<OtherStreamInfo, 'type'> {
  const timeBase = parseRational(raw.time_base);
  const { language = raw.tags['LANGUAGE'] } = raw.tags;
  return {
    index: raw.index,
    codec: raw.codec_name === 'unknown' ? undefined : raw.codec_name,
    profile: known(raw.profile),
    timeBase,
    startSeconds: ticksToSeconds(raw.start_pts, timeBase) ?? toNumber(raw.start_time),
    durationSeconds: ticksToSeconds(raw.duration_ts, timeBase) ?? toNumber(raw.duration),
    bitRate: toNumber(raw.bit_rate),
    language: language === 'und' || language === '' ? undefined : language,
    isDefault: raw.disposition.default === 1,
    tags: raw.tags,
  };
}

function toVideo(raw: RawStream): VideoStreamInfo {
  const rotationDegrees = raw.side_data_list.find(({ rotation }) => rotation !== undefined)?.rotation ?? 0;
  return {
    type: 'video',
    ...toCommon(raw),
    width: raw.width ?? 0,
    height: raw.height ?? 0,
    sampleAspectRatio: parseRational(raw.sample_aspect_ratio),
    displayAspectRatio: displayAspectRatio(raw, rotationDegrees),
    rotationDegrees,
    averageFrameRate: parseRational(raw.avg_frame_rate),
    baseFrameRate: parseRational(raw.r_frame_rate),
    frameCount: toNumber(raw.nb_frames),
    pixelFormat: known(raw.pix_fmt),
    bitDepth: toNumber(raw.bits_per_raw_sample),
    colorRange: known(raw.color_range),
    colorSpace: known(raw.color_space),
    colorTransfer: known(raw.color_transfer),
    colorPrimaries: known(raw.color_primaries),
    hdr: parseHdr(raw.color_transfer, raw.side_data_list),
    fieldOrder: FIELD_ORDERS[raw.field_order ?? ''],
    isAttachedPicture: raw.disposition.attached_pic === 1,
  };
}

/** ffmpeg's two letters tell which field is coded first, and then which is shown first. */
const FIELD_ORDERS: Readonly<Record<string, VideoStreamInfo['fieldOrder']>> = {
  progressive: 'progressive',
  tt: 'top-first',
  bt: 'top-first',
  bb: 'bottom-first',
  tb: 'bottom-first',
};

function displayAspectRatio(raw: RawStream, rotationDegrees: number): Rational | undefined {
  const { numerator, denominator } = parseRational(raw.sample_aspect_ratio) ?? ONE;
  const [across, down] = [(raw.width ?? 0) * numerator, (raw.height ?? 0) * denominator];
  const lies = Math.abs(rotationDegrees) % 180 === 90;
  return lies ? reduceRational(down, across) : reduceRational(across, down);
}

const ONE: Rational = { numerator: 1, denominator: 1 };

function toAudio(raw: RawStream): AudioStreamInfo {
  return {
    type: 'audio',
    ...toCommon(raw),
    sampleRate: toNumber(raw.sample_rate) ?? 0,
    channels: raw.channels ?? 0,
    channelLayout: known(raw.channel_layout),
    sampleFormat: known(raw.sample_fmt),
    bitsPerSample: raw.bits_per_sample,
  };
}

const known = (value: string | undefined) => (value === 'unknown' || value === 'N/A' ? undefined : value);

function ticksToSeconds(ticks: number | undefined, timeBase: Rational | undefined): number | undefined {
  if (ticks === undefined || timeBase === undefined) return undefined;
  return (ticks * timeBase.numerator) / timeBase.denominator;
}

function toNumber(value: string | undefined): number | undefined {
  const number = Number(value ?? Number.NaN);
  return Number.isFinite(number) ? number : undefined;
}
