import * as z from 'zod';

/** A point in the CIE 1931 chart. */
export interface Chromaticity {
  readonly x: number;
  readonly y: number;
}

/** The screen that the film was graded on. @see SMPTE ST 2086 */
export interface MasteringDisplay {
  /** Undefined where only the luminance is told. */
  readonly primaries:
    | {
        readonly red: Chromaticity;
        readonly green: Chromaticity;
        readonly blue: Chromaticity;
        readonly white: Chromaticity;
      }
    | undefined;
  /** cd/m²; undefined where only the primaries are told. */
  readonly minLuminance: number | undefined;
  readonly maxLuminance: number | undefined;
}

/** How bright the film gets, in cd/m²; 0 is not known. @see CTA-861.3 */
export interface ContentLight {
  /** MaxCLL: of the brightest pixel. */
  readonly maxContent: number;
  /** MaxFALL: of the brightest frame on average. */
  readonly maxAverage: number;
}

/** @see Dolby Vision Streams Within the ISO Base Media File Format, section 3.2 */
export interface DolbyVision {
  readonly profile: number;
  readonly level: number;
  /** What a screen without Dolby Vision sees: 1 HDR10, 2 SDR, 4 HLG, 0 nothing of use. */
  readonly compatibilityId: number;
  readonly hasEnhancementLayer: boolean;
}

/** What makes a video HDR. */
export interface HdrInfo {
  /** `pq` is PQ (SMPTE ST 2084) of which no more is known; `hdr10` has static, `hdr10-plus` dynamic metadata beside it. */
  readonly kind: 'pq' | 'hdr10' | 'hdr10-plus' | 'hlg' | 'dolby-vision';
  readonly masteringDisplay: MasteringDisplay | undefined;
  readonly contentLight: ContentLight | undefined;
  readonly dolbyVision: DolbyVision | undefined;
}

const text = z.string().optional();
const whole = z.number().optional();

export const sideDataSchema = z.object({
  side_data_type: text,
  red_x: text,
  red_y: text,
  green_x: text,
  green_y: text,
  blue_x: text,
  blue_y: text,
  white_point_x: text,
  white_point_y: text,
  min_luminance: text,
  max_luminance: text,
  max_content: whole,
  max_average: whole,
  dv_profile: whole,
  dv_level: whole,
  dv_bl_signal_compatibility_id: whole,
  el_present_flag: whole,
});

export type SideData = z.infer<typeof sideDataSchema>;

/** What is asked of ffprobe. */
export const HDR_SIDE_DATA = Object.keys(sideDataSchema.shape).join(',');

/** Reads side data of a stream or a frame; undefined for ordinary video. */
export function parseHdr(transfer: string | undefined, sideData: readonly SideData[]): HdrInfo | undefined {
  const dolbyVision = sideData.map(toDolbyVision).find((found) => found !== undefined);
  const masteringDisplay = sideData.map(toMasteringDisplay).find((found) => found !== undefined);
  const contentLight = sideData.map(toContentLight).find((found) => found !== undefined);
  const isDynamic = sideData.some(({ side_data_type: type = '' }) => type.includes('HDR10+'));
  const details = { masteringDisplay, contentLight, dolbyVision };
  if (dolbyVision !== undefined) return { kind: 'dolby-vision', ...details };
  if (transfer === 'arib-std-b67') return { kind: 'hlg', ...details };
  if (transfer !== 'smpte2084') return undefined;
  if (isDynamic) return { kind: 'hdr10-plus', ...details };
  const isStatic = masteringDisplay !== undefined || contentLight !== undefined;
  return { kind: isStatic ? 'hdr10' : 'pq', ...details };
}

function toMasteringDisplay(data: SideData): MasteringDisplay | undefined {
  const red = toChromaticity(data.red_x, data.red_y);
  const green = toChromaticity(data.green_x, data.green_y);
  const blue = toChromaticity(data.blue_x, data.blue_y);
  const white = toChromaticity(data.white_point_x, data.white_point_y);
  const minLuminance = toNumber(data.min_luminance);
  const maxLuminance = toNumber(data.max_luminance);
  const primaries = red && green && blue && white && { red, green, blue, white };
  if (primaries === undefined && maxLuminance === undefined) return undefined;
  return { primaries, minLuminance, maxLuminance };
}

function toChromaticity(x: string | undefined, y: string | undefined): Chromaticity | undefined {
  const point = { x: toNumber(x), y: toNumber(y) };
  return point.x === undefined || point.y === undefined ? undefined : { x: point.x, y: point.y };
}

function toContentLight({ max_content, max_average }: SideData): ContentLight | undefined {
  if (max_content === undefined || max_average === undefined) return undefined;
  return { maxContent: max_content, maxAverage: max_average };
}

function toDolbyVision(data: SideData): DolbyVision | undefined {
  if (data.dv_profile === undefined) return undefined;
  return {
    profile: data.dv_profile,
    level: data.dv_level ?? 0,
    compatibilityId: data.dv_bl_signal_compatibility_id ?? 0,
    hasEnhancementLayer: data.el_present_flag === 1,
  };
}

/** Of ffprobe's `34000/50000`; 0 is a number here. */
function toNumber(value: string | undefined): number | undefined {
  const [, numerator, denominator] = /^(\d+)\/(\d+)$/.exec(value ?? '') ?? [];
  const number = Number(numerator) / Number(denominator);
  return Number.isFinite(number) ? number : undefined;
}
