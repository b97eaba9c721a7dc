import type { MediaInfo, VideoStreamInfo } from '@deepffmpeg/ffmpeg-filters';
import { expect, test } from 'vitest';
import { filmInfo } from '../../src/index.js';
import { makeInfo, makeVideo } from '../make-info.js';

const infoOf = (video: Partial<VideoStreamInfo>, more: Partial<MediaInfo> = {}) =>
  makeInfo({ streams: [makeVideo(video)], ...more });

test('tells where the film is, and its size as it is shown', () => {
  const turned = { width: 720, height: 576, rotationDegrees: -90 } as const;
  const info = infoOf({ ...turned, displayAspectRatio: { numerator: 9, denominator: 16 } });
  expect(filmInfo(info, '/films/Q & A 100%.mp4')).toMatchObject({
    name: 'Q & A 100%.mp4',
    mediaUrl: 'file:///films/Q%20&%20A%20100%25.mp4',
    width: 405,
    height: 720,
    hasSound: false,
    frameRate: { numerator: 25, denominator: 1 },
    dropsFrames: false,
    startFrame: 0,
  });
});

test('an address is named without what is secret in it', () => {
  expect(filmInfo(infoOf({}), 'https://me:secret@example.com/a/b%20c.mp4?x=1')).toMatchObject({
    name: 'b c.mp4',
    mediaUrl: 'https://example.com/a/b%20c.mp4?x=1',
  });
  expect(filmInfo(infoOf({}), new URL('https://example.com/%ff')).name).toBe('%ff');
  expect(filmInfo(infoOf({}), new URL('file:///films/a%20b.mp4'))).toMatchObject({
    name: 'a b.mp4',
    mediaUrl: 'file:///films/a%20b.mp4',
  });
});

test('a stream has a name and no place', () => {
  expect(filmInfo(infoOf({}), undefined)).toMatchObject({ name: 'film', mediaUrl: undefined });
  expect(filmInfo(infoOf({}), undefined, 'camera').name).toBe('camera');
});

test.each([
  ['00:00:10;00', true, 300],
  ['00:01:00:00', false, 1800],
  ['01:00:00;00', true, 107_892],
  ['nonsense\n', false, 0],
])('the time code %j of a film at 29.97', (timecode, dropsFrames, startFrame) => {
  const rate = { averageFrameRate: { numerator: 30_000, denominator: 1001 } };
  expect(filmInfo(infoOf({ ...rate, tags: { timecode } }), 'a.mov')).toMatchObject({
    dropsFrames,
    startFrame,
  });
  expect(filmInfo(infoOf(rate, { tags: { timecode } }), 'a.mxf')).toMatchObject({ dropsFrames, startFrame });
});

test('numbers are dropped at 29.97 without a time code', () => {
  const info = infoOf({ averageFrameRate: { numerator: 30_000, denominator: 1001 } });
  expect(filmInfo(info, 'a.mp4').dropsFrames).toBe(true);
});

test('sound alone has no size', () => {
  expect(filmInfo(makeInfo({ streams: [] }), 'a.mp3')).toMatchObject({
    width: 0,
    height: 0,
    hasSound: false,
  });
});
