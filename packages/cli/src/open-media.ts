import type { Readable } from 'node:stream';
import { stills } from '@deepffmpeg/clip';
import { type AudioSamples, closeable, MediaError, type Scores, type VideoFrame } from '@deepffmpeg/core';
import {
  type DecodeOptions,
  type DecodePlan,
  decode,
  describeDecode,
  type Ffmpeg,
  isAddress,
  shownName,
} from '@deepffmpeg/ffmpeg-filters';
import { refuseNoFile } from './list-inputs.js';
import { quoteForShell } from './quote-for-shell.js';
import { sniffInput } from './sniff-input.js';
import { spoolToFile } from './spool-to-file.js';

/** Frames and sound to decode, or to score within ffmpeg. */
export type MediaPlan = Omit<DecodePlan, 'measurements'>;

export interface MediaSettings extends Omit<DecodeOptions, 'ffmpeg'> {
  readonly ffmpeg: Promise<Ffmpeg>;
  readonly plan: MediaPlan;
  /** What transparent pixels of stills are laid over. */
  readonly background?: string;
  /** Puts stdin into a temporary file first, for formats that need seeking. */
  readonly spool?: boolean;
  readonly stdin: Readable;
  /** Hears of an input that is a still: nothing is sampled or decoded by ffmpeg. */
  readonly onStill?: () => void;
  /** Hears how many frames an animation has, which is read as a still. */
  readonly onAnimation?: (frames: number) => void;
  /** Hears of the command before it runs, as a shell would take it. */
  readonly onCommand?: (command: string) => void;
}

/**
 * What a video or recording holds of the plan, or the one frame of a still; the content tells which it is, not the name. `-` is stdin.
 * Can be closed while it waits for stdin.
 */
export function openMedia(
  input: string,
  settings: MediaSettings,
): AsyncGenerator<VideoFrame | AudioSamples | Scores, void, undefined> {
  return closeable((signal) => readMedia(input, { ...settings, signal }), {
    signal: settings.signal,
    onClose: () => {
      if (input === '-') settings.stdin.destroy(); // or a silent one would keep the program waiting
    },
  });
}

async function* readMedia(
  input: string,
  {
    plan,
    background,
    spool,
    stdin,
    ffmpeg,
    onStill,
    onAnimation,
    onCommand,
    signal,
    ...options
  }: MediaSettings,
): AsyncGenerator<VideoFrame | AudioSamples | Scores, void, undefined> {
  if (isFile(input)) await refuseNoFile(input);
  const source = shownName(input);
  const spooled = input === '-' && spool ? await spoolToFile(stdin, signal) : undefined;
  try {
    const sniffed = await sniffInput(spooled?.path ?? (input === '-' ? stdin : input), { ffmpeg, signal });
    if (sniffed.picture !== undefined) {
      refuseForPicture(source, plan);
      onStill?.();
      yield* stills([{ source, content: sniffed.picture }], { background, onAnimation, signal });
      return;
    }
    const { media } = sniffed;
    const found = await ffmpeg;
    if (onCommand && typeof media === 'string') {
      const { path, args } = await describeDecode(media, plan, {
        source,
        ffmpeg: found,
        audioStream: options.audioStream,
        onMissing: () => {}, // told below
        signal,
      });
      onCommand([path, ...args].map((each) => quoteForShell(shownName(each))).join(' '));
    }
    yield* decode(media, plan, { ...options, source, ffmpeg: found, signal });
  } finally {
    await spooled?.remove();
  }
}

/** @throws {MediaError} `ERR_INPUT` when the plan asks for what no picture has. */
function refuseForPicture(name: string, { frames, scores }: MediaPlan): void {
  if (scores !== undefined)
    throw new MediaError(
      'ERR_INPUT',
      `${name} is a picture: --engine native takes videos and recordings only`,
    );
  if (frames === undefined) throw new MediaError('ERR_INPUT', `${name} is a picture: it has no sound`);
}

const isFile = (input: string) => input !== '-' && !isAddress(input);
