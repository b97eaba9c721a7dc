import { expect, test } from 'vitest';
import { parseMediaInfo } from '../src/parse-media-info.js';

const format = { format_name: 'matroska,webm', duration: '2.000000' };
const video = { index: 0, codec_type: 'video', codec_name: 'hevc', width: 720, height: 576 };
const parseVideo = (fields: object) => {
  const [stream] = parseMediaInfo({ format, streams: [{ ...video, ...fields }] }).streams;
  if (stream?.type !== 'video') throw new Error('expected a video stream');
  return stream;
};

test('times are whole ticks of the time base, which text of six digits is not', () => {
  const times = { time_base: '1001/30000', start_pts: 1, start_time: '0.033367', duration_ts: 100 };
  expect(parseVideo(times)).toMatchObject({ startSeconds: 1001 / 30_000, durationSeconds: 100_100 / 30_000 });
  expect(parseVideo({ start_time: '0.5', duration: 'N/A' })).toMatchObject({
    startSeconds: 0.5,
    durationSeconds: undefined,
  });
});

test.each([
  [{}, { numerator: 5, denominator: 4 }],
  [{ sample_aspect_ratio: '64:45' }, { numerator: 16, denominator: 9 }],
  [{ sample_aspect_ratio: '0:1' }, { numerator: 5, denominator: 4 }],
  [
    { sample_aspect_ratio: '64:45', side_data_list: [{ rotation: -90 }] },
    { numerator: 9, denominator: 16 },
  ],
  [
    { sample_aspect_ratio: '64:45', side_data_list: [{ rotation: 180 }] },
    { numerator: 16, denominator: 9 },
  ],
  [{ width: 0 }, undefined],
  [{ sample_aspect_ratio: '9007199254740991:3' }, undefined],
])('the aspect of the picture as shown: %j', (fields, ratio) => {
  expect(parseVideo(fields).displayAspectRatio).toEqual(ratio);
});

test.each([
  ['progressive', 'progressive'],
  ['tt', 'top-first'],
  ['bt', 'top-first'],
  ['bb', 'bottom-first'],
  ['tb', 'bottom-first'],
  ['unknown', undefined],
  [undefined, undefined],
])('field order %s is shown %s', (field_order, shown) => {
  expect(parseVideo({ field_order }).fieldOrder).toBe(shown);
});

test.each([
  [{ language: 'ger' }, 'ger'],
  [{ LANGUAGE: 'fr' }, 'fr'],
  [{ language: 'und' }, undefined],
  [{}, undefined],
])('the language of %j is %s', (tags, language) => {
  expect(parseVideo({ tags }).language).toBe(language);
});

test('what ffprobe calls unknown is undefined', () => {
  const unknown = { codec_name: 'unknown', profile: 'unknown', pix_fmt: 'unknown', color_space: 'unknown' };
  expect(parseVideo(unknown)).toMatchObject({
    codec: undefined,
    profile: undefined,
    pixelFormat: undefined,
    colorSpace: undefined,
  });
});

test('chapters have exact times, and a title where they have one', () => {
  const chapters = [
    { time_base: '1/1000', start: 0, end: 1500, tags: { title: 'Begin\nagain' } },
    { time_base: '1/1000000000', start: 1_500_000_000, end: 2_000_000_000 },
    { time_base: '0/0', start: 1, end: 2 },
  ];
  expect(parseMediaInfo({ format, chapters }).chapters).toEqual([
    { startSeconds: 0, endSeconds: 1.5, title: 'Begin\nagain' },
    { startSeconds: 1.5, endSeconds: 2, title: undefined },
  ]);
  expect(parseMediaInfo({ format }).chapters).toEqual([]);
});

test.each([undefined, [], { streams: [] }, { format: {} }, { format, streams: [{ index: 'one' }] }])(
  'ERR_INPUT for %j',
  (output) => {
    expect(() => parseMediaInfo(output)).toThrow(expect.objectContaining({ code: 'ERR_INPUT' }));
  },
);
