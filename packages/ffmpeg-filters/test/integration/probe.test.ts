import { writeFile } from 'node:fs/promises';
import { collect } from '@deepffmpeg/core';
import { describeWithFfmpeg, testPicture } from '@deepffmpeg/test-kit';
import { expect, test } from 'vitest';
import { decode, probe, probeHdr, probePackets, type VideoStreamInfo } from '../../src/index.js';

const x264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '12', '-bf', '2'];

describeWithFfmpeg('probe', (media) => {
  const videoOf = async (name: string): Promise<VideoStreamInfo> => {
    const video = (await probe(media.path(name))).streams.find((stream) => stream.type === 'video');
    if (video?.type !== 'video') throw new Error(`expected a video in ${name}`);
    return video;
  };
  const packetsOf = async (name: string) => collect(probePackets(media.path(name), await videoOf(name)));

  test('says of packets that are none of ffprobe what it says of all it prints', async () => {
    const film = await media.make('packets.mp4', ...testPicture('s=64x48:r=25:d=1'), ...x264);
    const video = await videoOf('packets.mp4');
    const ffprobePath = media.path('ffprobe-of-others');
    await writeFile(ffprobePath, `#!/bin/sh\necho '{"packets": [{"pts": "one"}]}'\n`, { mode: 0o755 });
    const ffmpeg = { path: 'ffmpeg', ffprobePath };
    await expect(collect(probePackets(film, video, { ffmpeg }))).rejects.toMatchObject({
      code: 'ERR_INPUT',
      message: 'ffprobe printed something else than expected',
    });
  });

  test('takes formats by their names only', async () => {
    const formats = ['hls,concat'];
    await expect(probe('film.m3u8', { formats })).rejects.toMatchObject({
      code: 'ERR_INVALID_OPTIONS',
      message: 'formats: 0: one name of a demuxer each',
    });
    expect(() => decode('film.m3u8', { frames: { sample: 'all' } }, { formats })).toThrow('formats: 0');
  });

  test('tells chapters, languages, subtitles and attachments', async () => {
    await writeFile(media.path('lines.srt'), '1\n00:00:00,100 --> 00:00:00,900\nHello\n');
    await writeFile(
      media.path('chapters.txt'),
      ';FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=400\ntitle=One\n' +
        '[CHAPTER]\nTIMEBASE=1/1000\nSTART=400\nEND=1000\n',
    );
    await writeFile(media.path('font.ttf'), 'no font');
    const inputs = [...testPicture('s=64x48:r=25:d=1'), '-f', 'lavfi', '-i', 'sine=d=1'];
    const more = ['-i', '{lines.srt}', '-i', '{chapters.txt}', '-map', '0', '-map', '1', '-map', '2'];
    const tags = ['-metadata:s:a', 'language=ger', '-metadata:s:s', 'language=fre', '-map_chapters', '3'];
    const attached = ['-attach', media.path('font.ttf'), '-metadata:s:t', 'mimetype=font/ttf'];
    await media.make('all.mkv', ...inputs, ...more, ...x264, ...tags, ...attached);

    const { streams, chapters } = await probe(media.path('all.mkv'));
    expect(streams.map(({ type, language }) => [type, language])).toEqual([
      ['video', undefined],
      ['audio', 'ger'],
      ['subtitle', 'fre'],
      ['attachment', undefined],
    ]);
    expect(chapters).toEqual([
      { startSeconds: 0, endSeconds: 0.4, title: 'One' },
      { startSeconds: 0.4, endSeconds: 1, title: undefined },
    ]);
  });

  test('tells aspect, fields and colour', async () => {
    const interlaced = ['-flags', '+ilme+ildct', '-x264-params', 'tff=1', '-vf', 'setsar=64/45,setfield=tff'];
    const colour = ['-colorspace', 'smpte170m', '-color_primaries', 'smpte170m', '-color_trc', 'smpte170m'];
    await media.make(
      'pal.mp4',
      ...testPicture('s=720x576:r=25:d=0.2'),
      ...x264,
      ...interlaced,
      ...colour,
      '-color_range',
      'tv',
    );
    expect(await videoOf('pal.mp4')).toMatchObject({
      sampleAspectRatio: { numerator: 64, denominator: 45 },
      displayAspectRatio: { numerator: 16, denominator: 9 },
      fieldOrder: 'top-first',
      colorSpace: 'smpte170m',
      colorPrimaries: 'smpte170m',
      colorTransfer: 'smpte170m',
      colorRange: 'tv',
      hdr: undefined,
    });
  });

  test('tags are kept as they are, whatever is in them', async () => {
    const title = 'a\nb\u0001"\\ü; [CHAPTER]';
    const long = 'x'.repeat(20_000);
    const tags = ['-metadata', `title=${title}`, '-metadata', `comment=${long}`];
    await media.make('tags.mkv', ...testPicture('s=16x16:d=0.1'), ...x264, ...tags);
    expect((await probe(media.path('tags.mkv'))).tags).toMatchObject({ title, COMMENT: long });
  });

  test('a tag that is not UTF-8 has a mark in place of its bytes', async () => {
    const riff = (id: string, data: Buffer) => {
      const size = Buffer.alloc(4);
      size.writeUInt32LE(data.length);
      return Buffer.concat([Buffer.from(id), size, data, Buffer.alloc(data.length % 2)]);
    };
    const info = Buffer.concat([Buffer.from('INFO'), riff('INAM', Buffer.from([0x61, 0xff, 0xfe, 0x62, 0]))]);
    const sound = Buffer.from([1, 0, 1, 0, 0x40, 0x1f, 0, 0, 0x80, 0x3e, 0, 0, 2, 0, 16, 0]); // mono, 8 kHz, 16 bits
    const parts = [riff('fmt ', sound), riff('LIST', info), riff('data', Buffer.alloc(1600))];
    const file = riff('RIFF', Buffer.concat([Buffer.from('WAVE'), ...parts]));
    await writeFile(media.path('latin.wav'), file);
    expect((await probe(media.path('latin.wav'))).tags).toEqual({ title: 'a\ufffd\ufffdb' });
  });

  test('probeHdr finds in the pictures what the container does not say', async () => {
    const colour = 'colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc';
    const light = 'master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,50)';
    const x265 = ['-c:v', 'libx265', '-pix_fmt', 'yuv420p10le', '-x265-params'];
    const picture = testPicture('s=64x48:r=25:d=0.2');
    await media.make('pq.mp4', ...picture, ...x265, `log-level=none:${colour}:${light}:max-cll=1000,400`);
    const stream = await videoOf('pq.mp4');
    expect(stream.hdr?.kind).toBe('pq');
    expect(await probeHdr(media.path('pq.mp4'), stream)).toMatchObject({
      kind: 'hdr10',
      masteringDisplay: { primaries: { red: { x: 0.68, y: 0.32 } }, minLuminance: 0.005, maxLuminance: 1000 },
      contentLight: { maxContent: 1000, maxAverage: 400 },
    });

    await media.make('sdr.mp4', ...picture, ...x264);
    expect(await probeHdr(media.path('sdr.mp4'), await videoOf('sdr.mp4'))).toBeUndefined();
  });

  test('packets of every format have times, one for each frame', async () => {
    const expected = Array.from({ length: 25 }, (_, frame) => frame / 25);
    for (const name of ['packets.mp4', 'packets.avi', 'packets.h264']) {
      await media.make(name, ...testPicture('s=64x48:r=25:d=1'), ...x264);
      const packets = await packetsOf(name);
      const times = packets.map(({ timestamp }) => timestamp).sort((a, b) => a - b);
      expect(times.map((time) => time.toFixed(9))).toEqual(expected.map((time) => time.toFixed(9)));
      expect(packets.filter(({ isKeyframe }) => isKeyframe)).toHaveLength(3);
    }
  });

  test('a gap is a gap where only times of decoding are known', async () => {
    const gap = ['-vf', "select='not(between(n,5,14))'", '-fps_mode', 'vfr'];
    await media.make('gap.avi', ...testPicture('s=64x48:r=25:d=1'), ...gap, ...x264);
    const times = (await packetsOf('gap.avi')).map(({ timestamp }) => timestamp);
    expect(times).toHaveLength(15);
    expect(Math.max(...times)).toBeCloseTo(24 / 25, 6);
  });

  test('packets before an edit are told apart', async () => {
    await media.make('edit.mp4', '-ss', '0.2', '-i', '{packets.mp4}', '-c', 'copy');
    const packets = await packetsOf('edit.mp4');
    expect(packets).toHaveLength(25);
    expect(packets.filter(({ isDiscarded }) => !isDiscarded)).toHaveLength(20);
  });
});
