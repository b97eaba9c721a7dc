import { writeFile } from 'node:fs/promises';
import { probe } from '@deepffmpeg/ffmpeg-filters';
import { describeWithFfmpeg, testPicture } from '@deepffmpeg/test-kit';
import { expect, test } from 'vitest';
import { filmInfo, shotsToFfmetadata } from '../../src/index.js';
import { makeShots } from './film-of-case.js';

test('chapters count from the beginning of the film', () => {
  const text = shotsToFfmetadata(makeShots([0, 1, 2], [1.4, 1.433367, 5]), { startSeconds: 1.4 });
  expect(text).toBe(
    ';FFMETADATA1\n\n[CHAPTER]\nTIMEBASE=1/1000000\nSTART=0\nEND=33367\ntitle=Shot 1\n' +
      '\n[CHAPTER]\nTIMEBASE=1/1000000\nSTART=33367\nEND=3600000\ntitle=Shot 2\n',
  );
  expect(shotsToFfmetadata([], { startSeconds: 0 })).toBe(';FFMETADATA1\n');
});

describeWithFfmpeg('chapters in ffmpeg', (media) => {
  test.each(['late.ts', 'film.mp4'])('begin with the frames of their shots: %s', async (name) => {
    const late = name === 'late.ts' ? ['-muxdelay', '3', '-output_ts_offset', '7'] : [];
    await media.make(name, ...testPicture('s=64x48:r=25:d=2'), '-c:v', 'mpeg4', ...late);
    const info = await probe(media.path(name));
    const start = info.streams[0]?.startSeconds ?? Number.NaN;
    const shots = makeShots([0, 25, 50], [start, start + 1, start + 2]);
    await writeFile(media.path('shots.txt'), shotsToFfmetadata(shots, filmInfo(info, media.path(name))));
    const maps = ['-map_metadata', '0', '-map_chapters', '1', '-map', '0', '-c', 'copy'];
    await media.make('out.mkv', '-i', `{${name}}`, '-i', '{shots.txt}', ...maps);
    expect((await probe(media.path('out.mkv'))).chapters).toEqual([
      { startSeconds: 0, endSeconds: 1, title: 'Shot 1' },
      { startSeconds: 1, endSeconds: 2, title: 'Shot 2' },
    ]);
  });
});
