import {
  MediaError,
  type PictureSize,
  type Placement,
  placePicture,
  type ResizeKernel,
} from '@deepffmpeg/core';
import type { Filter } from './filter-graph.js';
import type { Ffmpeg } from './find-ffmpeg.js';
import type { VideoStreamInfo } from './media-info.js';

/** Pixels, as a picture is shown: upright, with square pixels. */
export interface DisplaySize {
  readonly width: number;
  readonly height: number;
}

/** Quarter turns are made by ffmpeg; other angles would leave corners, and it does not turn by them for size. */
function displaySize({
  width,
  height,
  sampleAspectRatio: ratio,
  rotationDegrees,
}: VideoStreamInfo): DisplaySize {
  const wide = ratio === undefined ? width : (width * ratio.numerator) / ratio.denominator;
  const lies = Math.abs(rotationDegrees) % 180 === 90;
  return lies ? { width: height, height: wide } : { width: wide, height };
}

/** What of an ffmpeg decides how it scales. */
export type Scaler = Pick<Ffmpeg, 'major' | 'hasZscale'>;

/** The default flags round coarsely and take colour from every other column. */
const SCALER_FLAGS = 'accurate_rnd+full_chroma_int+full_chroma_inp';

/**
 * Where the pixels of a stream's frames go; without `size` they are as shown, all of them or the middle.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS` for a size that is not to be had of this stream.
 */
export function placeFrame(stream: VideoStreamInfo, { size, crop }: FrameArea = {}): Placement {
  const { width, height } = displaySize(stream);
  const whole = { width: Math.max(1, Math.round(width)), height: Math.max(1, Math.round(height)) };
  const placement = placePicture(width, height, size ?? whole);
  if (size !== undefined) refuseTooLarge(placement);
  return crop ? { ...placement, crop: middleOf(whole, crop) } : placement;
}

/** The limit of ffmpeg's own, for pictures of which it knows no format yet. @see av_image_check_size2 of libavutil */
function refuseTooLarge({ width, height }: Placement): void {
  if ((8 * width + 1024) * (height + 128) < 2 ** 31 - 1) return;
  throw new MediaError(
    'ERR_INVALID_OPTIONS',
    `the size asks for pictures of ${width}x${height}, which is more than ffmpeg makes: ask for smaller ones`,
  );
}

/** What a consumer wants of a picture. */
interface FrameArea {
  readonly size?: PictureSize | undefined;
  readonly crop?: DisplaySize | undefined;
}

function middleOf(whole: DisplaySize, most: DisplaySize): Placement['crop'] {
  const width = Math.min(whole.width, most.width);
  const height = Math.min(whole.height, most.height);
  return {
    left: Math.floor((whole.width - width) / 2),
    top: Math.floor((whole.height - height) / 2),
    width,
    height,
  };
}

/** Turns frames into RGB24 of one size. */
export function pictureFilters(
  placement: Placement,
  scaler: Scaler,
  kernel: ResizeKernel = 'bicubic',
): Filter[] {
  // Fixed numbers: a stream may change its size on the way, its consumers' pictures never do.
  return toRgb(scaleFilters(placement.width, placement.height, scaler, kernel), placement);
}

/** The same by the mean of the pixels, without care for colour between them. */
export function fastPictureFilters(placement: Placement): Filter[] {
  const { width: w, height: h } = placement;
  return toRgb([{ name: 'scale', options: { w, h, flags: 'area' } }], placement);
}

function toRgb(scale: readonly Filter[], { width, height, crop }: Placement): Filter[] {
  const filters = [...scale, { name: 'format', options: { pix_fmts: 'rgb24' } }];
  if (crop.width === width && crop.height === height) return filters;
  const options = { w: crop.width, h: crop.height, x: crop.left, y: crop.top };
  return [...filters, { name: 'crop', options }];
}

/**
 * Scales by the cubic of Pillow, the models' reference (B = 0, C = 0.5), in RGB as it does. Against Pillow, measured on video at 224
 * pixels: zimg 56 to 57 dB, swscale 53 to 55. In ffmpeg 5 and 6, `scale` cuts its parameters to whole numbers, so it is left with
 * a sharper cubic, C = 0.6: 51 to 55 dB.
 */
function scaleFilters(w: number, h: number, { major, hasZscale }: Scaler, kernel: ResizeKernel): Filter[] {
  const isCubic = kernel === 'bicubic';
  const flags = `${kernel}+${SCALER_FLAGS}`;
  const params = isCubic && major >= 7 ? { param0: 0, param1: 0.5 } : {};
  if (!hasZscale) return [{ name: 'scale', options: { w, h, flags, ...params } }];
  return [
    { name: 'scale', options: { flags } }, // makes the RGB that `format` asks for
    { name: 'format', options: { pix_fmts: 'gbrp' } },
    { name: 'zscale', options: { w, h, filter: kernel, ...(isCubic && { param_a: 0, param_b: 0.5 }) } },
  ];
}

const HDR_TRANSFERS = ['smpte2084', 'arib-std-b67'];

/** Brings HDR to the range of ordinary screens; nothing for other video. Filters: `zscale`, `tonemap`. */
export function toneMapFilters({
  colorTransfer = '',
  colorSpace = 'bt2020nc',
  colorPrimaries = 'bt2020',
  colorRange = 'tv',
}: VideoStreamInfo): Filter[] {
  if (!HDR_TRANSFERS.includes(colorTransfer)) return [];
  // zscale refuses to guess: what the stream does not say is what HDR video has.
  const input = { tin: colorTransfer, min: colorSpace, pin: colorPrimaries, rin: colorRange };
  return [
    { name: 'zscale', options: { ...input, t: 'linear', npl: 100 } },
    { name: 'format', options: { pix_fmts: 'gbrpf32le' } },
    { name: 'zscale', options: { p: 'bt709' } },
    { name: 'tonemap', options: { tonemap: 'hable', desat: 0 } },
    { name: 'zscale', options: { t: 'bt709', m: 'bt709', r: 'tv' } },
    { name: 'format', options: { pix_fmts: 'yuv444p' } },
  ];
}
