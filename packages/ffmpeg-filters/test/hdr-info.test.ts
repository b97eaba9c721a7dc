import { expect, test } from 'vitest';
import { parseHdr } from '../src/hdr-info.js';

// As ffprobe 5.1 prints them.
const display = {
  side_data_type: 'Mastering display metadata',
  red_x: '34000/50000',
  red_y: '16000/50000',
  green_x: '13250/50000',
  green_y: '34500/50000',
  blue_x: '7500/50000',
  blue_y: '3000/50000',
  white_point_x: '15635/50000',
  white_point_y: '16450/50000',
  min_luminance: '0/10000',
  max_luminance: '10000000/10000',
};
const light = { side_data_type: 'Content light level metadata', max_content: 1000, max_average: 400 };
const dolby = {
  side_data_type: 'DOVI configuration record',
  dv_profile: 8,
  dv_level: 6,
  el_present_flag: 0,
  dv_bl_signal_compatibility_id: 4,
};
const dynamic = { side_data_type: 'HDR Dynamic Metadata SMPTE2094-40 (HDR10+)' };

test.each([
  ['pq', 'smpte2084', []],
  ['hdr10', 'smpte2084', [display]],
  ['hdr10', 'smpte2084', [light]],
  ['hdr10-plus', 'smpte2084', [display, dynamic]],
  ['hlg', 'arib-std-b67', [light]],
  ['dolby-vision', 'arib-std-b67', [dolby]],
  ['dolby-vision', undefined, [dolby, display]],
  [undefined, 'bt709', [display, dynamic]],
  [undefined, undefined, []],
] as const)('%s by the transfer %s and %j', (kind, transfer, sideData) => {
  expect(parseHdr(transfer, sideData)?.kind).toBe(kind);
});

test('what the metadata say', () => {
  expect(parseHdr('smpte2084', [{}, display, light, dolby])).toEqual({
    kind: 'dolby-vision',
    masteringDisplay: {
      primaries: {
        red: { x: 0.68, y: 0.32 },
        green: { x: 0.265, y: 0.69 },
        blue: { x: 0.15, y: 0.06 },
        white: { x: 0.3127, y: 0.329 },
      },
      minLuminance: 0,
      maxLuminance: 1000,
    },
    contentLight: { maxContent: 1000, maxAverage: 400 },
    dolbyVision: { profile: 8, level: 6, compatibilityId: 4, hasEnhancementLayer: false },
  });
});

test('half a mastering display is told as far as it goes', () => {
  const { red_x, red_y, ...rest } = display;
  expect(parseHdr('smpte2084', [rest])?.masteringDisplay).toEqual({
    primaries: undefined,
    minLuminance: 0,
    maxLuminance: 1000,
  });
  expect(parseHdr('smpte2084', [{ ...display, max_luminance: '1/0', red_x: 'N/A' }])?.kind).toBe('pq');
});
