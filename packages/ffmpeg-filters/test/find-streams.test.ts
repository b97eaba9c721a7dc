import { expect, test } from 'vitest';
import { findAudioStream, findVideoStream } from '../src/index.js';
import { parseMediaInfo } from '../src/parse-media-info.js';

const infoOf = (...streams: readonly object[]) =>
  parseMediaInfo({
    format: { format_name: 'matroska,webm' },
    streams: streams.map((stream, index) => ({ index, ...stream })),
  });
const sound = { codec_type: 'audio' };
const main = { codec_type: 'audio', disposition: { default: 1 } };
const film = { codec_type: 'video' };
const cover = { codec_type: 'video', disposition: { attached_pic: 1 } };

test('the sound is the one marked as default, else the first, or the one that is asked for', () => {
  const info = infoOf(sound, main, film, sound);
  expect(findAudioStream(info)?.index).toBe(1);
  expect(findAudioStream(info, 3)?.index).toBe(3);
  expect(findAudioStream(infoOf(film, sound, sound))?.index).toBe(1);
  expect(findAudioStream(info, 2)).toBeUndefined();
  expect(findAudioStream(infoOf(film))).toBeUndefined();
});

test('the video is the first that is no cover picture, or the one that is asked for', () => {
  const info = infoOf(cover, sound, film, film);
  expect(findVideoStream(info)?.index).toBe(2);
  expect(findVideoStream(info, 3)?.index).toBe(3);
  expect(findVideoStream(info, 0)?.index).toBe(0);
  expect(findVideoStream(info, 1)).toBeUndefined();
  expect(findVideoStream(infoOf(cover, sound))).toBeUndefined();
});
