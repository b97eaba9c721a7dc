import { createReadStream } from 'node:fs';
import { chmod, copyFile, mkdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { inspect } from 'node:util';
import { collect } from '@deepffmpeg/core';
import { describeWithFfmpeg, testPicture } from '@deepffmpeg/test-kit';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import {
  type DecodeOptions,
  type DecodePlan,
  decode,
  findFfmpeg,
  type MediaInput,
  probe,
  probeMissingEnd,
  probePackets,
  readAddress,
} from '../../src/index.js';

const plan = { frames: { sample: 'all', size: { width: 8, height: 8 } } } as const;
const read = (input: MediaInput, options: DecodeOptions = {}) => collect(decode(input, plan, options));
const x264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '25'];

describeWithFfmpeg('inputs', (media) => {
  let film = '';
  beforeAll(async () => {
    film = await media.make(
      'film.mp4',
      ...testPicture('s=64x48:r=25:d=4'),
      ...x264,
      '-movflags',
      '+faststart',
    );
    await media.make('sound.m4a', '-f', 'lavfi', '-i', 'sine=d=1');
    await media.make('film.ts', '-i', '{film.mp4}', '-c', 'copy');
  }, 60_000);

  describe('that are fine', () => {
    test.each([
      ...[
        'a b.mp4',
        "it's.mp4",
        '"quoted".mp4',
        'bra[0]cket;,.mp4',
        'img%03d.mp4',
        '-y.mp4',
        '*?{a}.mp4',
        'new\nline.mp4',
        'new\n[mov] [error] line.mp4',
      ],
      ...[
        'back\\slash.mp4',
        'ünï ✗.mp4',
        'concat:a|b.mp4',
        'http:x.mp4',
        'no extension',
        'list.m3u8',
        '$(id).mp4',
      ],
    ])('a file called %j', async (name) => {
      await copyFile(film, media.path(name));
      const frames = await read(media.path(name));
      expect(frames).toHaveLength(100);
      expect(frames[0]?.source).toBe(media.path(name));
    });

    test('a stream, also in small pieces', async () => {
      const bytes = await readFile(media.path('film.ts'));
      const pieces = Array.from({ length: Math.ceil(bytes.length / 999) }, (_, i) =>
        bytes.subarray(i * 999, i * 999 + 999),
      );
      expect(await read(createReadStream(film))).toHaveLength(100);
      const frames = await read(Readable.from(pieces, { objectMode: false }), { source: 'camera' });
      expect(frames).toHaveLength(100);
      expect(frames[0]?.source).toBe('camera');
    });

    test('an address', async () => {
      const server = createServer((_, response) => createReadStream(film).pipe(response));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      onTestFinished(() => void server.close());
      const { port } = server.address() as AddressInfo;
      expect(await read(`http://127.0.0.1:${port}/film`)).toHaveLength(100);
      expect(await read(new URL(`http://127.0.0.1:${port}/film`))).toHaveLength(100);
      const [frame] = await read(`HTTP://me:secret@127.0.0.1:${port}/film`);
      expect(frame?.source).toBe(`http://me:***@127.0.0.1:${port}/film`);
    });
  });

  test('the bytes of an address come as they are, the first at once', async () => {
    const server = createServer((request, response) => {
      if (request.url === '/missing') return response.writeHead(404).end();
      if (request.url === '/silent') return response.write('first'.padEnd(64, '.')); // and nothing more
      return createReadStream(film).pipe(response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect(Buffer.concat(await collect(readAddress(`${address}/film`)))).toEqual(await readFile(film));
    const start = performance.now();
    const silent = readAddress(new URL(`${address}/silent`));
    const { value } = await silent.next();
    expect(Buffer.from(value ?? []).toString()).toMatch(/^first\.+$/);
    await silent.return();
    expect(performance.now() - start).toBeLessThan(20_000); // ffmpeg takes a silent server for gone after 30 s
    await expect(collect(readAddress(`${address}/missing`))).rejects.toMatchObject({
      code: 'ERR_INPUT',
      message: expect.stringContaining('404'),
    });
  });

  test.each(['jpg', 'jpeg'])('that are large .%s are read, from a path and an address', async (ending) => {
    const name = `photo%d.${ending}`; // ffmpeg takes it for one of many by its name
    await media.make('photo.png', '-f', 'lavfi', '-i', 'mandelbrot=s=640x480', '-frames:v', '1');
    await media.make('plain.mjpeg', '-i', '{photo.png}', '-c:v', 'mjpeg', '-q:v', '2');
    await copyFile(media.path('plain.mjpeg'), media.path(name));
    const server = createServer((_, response) => createReadStream(media.path(name)).pipe(response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    for (const input of [media.path(name), `http://127.0.0.1:${port}/photo.${ending}`]) {
      const { streams, formatName } = await probe(input);
      expect([formatName, streams]).toEqual(['jpeg_pipe', [expect.objectContaining({ width: 640 })]]);
      expect(await read(input)).toHaveLength(1);
    }
  });

  describe('that are bad fail with ERR_INPUT', () => {
    const folder = (name: string) => mkdir(media.path(name));
    const file = (text: string) => (name: string) => writeFile(media.path(name), text);
    const playlist = (target: string) =>
      `#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\n${target}\n#EXT-X-ENDLIST\n`;

    test.each<[string, (name: string) => Promise<unknown>, RegExp]>([
      ['missing.mp4', async () => {}, /there is no file/],
      ['folder.mp4', folder, /is a folder/],
      ['empty.mp4', file(''), /is empty/],
      ['text.mp4', file('Hello, this is no film.\n'.repeat(99)), /cannot be read/],
      ['text.jpg', file('Hello, this is no picture.\n'.repeat(99)), /its format, image2, .* option formats$/],
      ['list.mp4', (name) => file(playlist(media.path('film.ts')))(name), /option formats/],
      ['remote-list.mp4', file(playlist('http://127.0.0.1:9/a.ts')), /option formats/],
      [
        'concat.mp4',
        (name) => file(`ffconcat version 1.0\nfile '${media.path('film.ts')}'\n`)(name),
        /option formats/,
      ],
      [
        'talk.sdp',
        file(
          'v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\na=rtpmap:96 H264/90000\n',
        ),
        /option formats/,
      ],
      [
        'dash.mp4',
        file(
          '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" profiles="urn:mpeg:dash:profile:isoff-on-demand:2011" type="static"><Period/></MPD>',
        ),
        /cannot be read/,
      ],
      ['subtitles.mp4', file('1\n00:00:00,000 --> 00:00:01,000\nHello\n'), /option formats/],
    ])('%s', async (name, make, reason) => {
      await make(name);
      for (const run of [read, probe]) {
        await expect(run(media.path(name))).rejects.toMatchObject({
          code: 'ERR_INPUT',
          message: expect.stringMatching(reason),
        });
      }
    });

    test('a pattern of pictures', async () => {
      await media.make('picture1.png', ...testPicture('s=16x16:d=1'), '-frames:v', '1');
      await expect(read(media.path('picture%d.png'))).rejects.toMatchObject({ code: 'ERR_INPUT' });
      await copyFile(media.path('picture1.png'), media.path('picture%d.png'));
      // The file is there: ffmpeg would still take it for a pattern, and read picture1.png.
      await expect(read(media.path('picture%d.png'))).rejects.toMatchObject({ code: 'ERR_INPUT' });
    });

    test('a list is read when its format is asked for', async () => {
      await file(playlist(media.path('film.ts')))('asked.m3u8');
      expect(await read(media.path('asked.m3u8'), { formats: ['hls'] })).toHaveLength(100);
    });

    test('sound alone, saying what there is', async () => {
      await expect(read(media.path('sound.m4a'))).rejects.toMatchObject({
        code: 'ERR_INPUT',
        message: expect.stringMatching(/no video: it holds audio \(stream 0, aac\)/),
      });
    });

    test('sound with a cover picture', async () => {
      const cover = [
        '-map',
        '0',
        '-map',
        '1',
        '-c:v',
        'png',
        '-frames:v',
        '1',
        '-disposition:v:0',
        'attached_pic',
      ];
      await media.make('cover.mp3', '-i', '{sound.m4a}', ...testPicture('s=16x16:d=1'), ...cover);
      await expect(read(media.path('cover.mp3'))).rejects.toThrow(/no video: it holds .*cover picture/);
    });

    test('addresses of other kinds, at once', async () => {
      expect(() => decode(new URL('ftp://example.com/film.mp4'), plan)).toThrow(/http: or https:/);
      await expect(read('rtmp://example.com/film.mp4')).rejects.toThrow(/http:\/\/ or https:\/\//);
    });

    test('a stream that fails before it is read', async () => {
      const reading = read(createReadStream(media.path('not there')));
      await expect(reading).rejects.toMatchObject({
        code: 'ERR_INPUT',
        message: expect.stringContaining('no such file'),
      });
    });

    test.each([
      { title: 'pictures', seconds: 4, wanted: plan },
      { title: 'sound alone', seconds: 60, wanted: { audio: { sampleRate: 16_000 } } },
      { title: 'more than ffprobe reads', seconds: 15, wanted: plan },
    ])('a stream of MP4 with its index at the end: $title', async ({ seconds, wanted }) => {
      const args =
        'audio' in wanted
          ? ['-f', 'lavfi', '-i', "aevalsrc='random(0)':s=44100", '-c:a', 'aac']
          : ['-f', 'lavfi', '-i', 'mandelbrot=s=320x240:r=10', ...x264, '-qp', '1'];
      await media.make('late.mp4', ...args, '-t', String(seconds));
      await expect(collect(decode(createReadStream(media.path('late.mp4')), wanted))).rejects.toMatchObject({
        code: 'ERR_INPUT',
        message:
          'stdin seems to be an MP4 with its index at the end, which cannot be read as a stream: give the path of a file, or make it with -movflags +faststart',
        cause: expect.objectContaining({ message: expect.stringMatching(/partial file|moov atom/) }),
      });
    });

    test('a stream of anything but bytes', async () => {
      await expect(read(Readable.from([{ data: 'film' }]))).rejects.toMatchObject({
        code: 'ERR_INPUT',
        message: expect.stringContaining("expected a stream of bytes, got { data: 'film' }"),
      });
    });

    test('a stream of no film, an empty one, one that fails, a server that refuses', async () => {
      await expect(read(Readable.from([Buffer.from('hello'.repeat(99))]))).rejects.toMatchObject({
        code: 'ERR_INPUT',
      });
      await expect(read(Readable.from([]))).rejects.toMatchObject({
        code: 'ERR_INPUT',
        message: 'stdin is empty',
      });
      const failing = Readable.from(
        (async function* () {
          yield (await readFile(media.path('film.ts'))).subarray(0, 3000);
          throw new Error('the cable is out');
        })(),
      );
      await expect(read(failing)).rejects.toMatchObject({
        code: 'ERR_INPUT',
        message: expect.stringContaining('the cable is out'),
      });
      const server = createServer((_, response) => response.writeHead(404).end());
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      onTestFinished(() => void server.close());
      const { port } = server.address() as AddressInfo;
      await expect(read(`http://127.0.0.1:${port}/film`)).rejects.toMatchObject({ code: 'ERR_INPUT' });
      // Larger than what ffmpeg holds of it.
      const drawn = ['-f', 'lavfi', '-i', 'mandelbrot=s=320x240:r=10', '-t', '2'];
      const large = await media.make(
        'large.mp4',
        ...drawn,
        '-c:v',
        'libx264',
        '-preset',
        'ultrafast',
        '-qp',
        '1',
      );
      const plain = createServer((_, response) => createReadStream(large).pipe(response));
      await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
      onTestFinished(() => void plain.close());
      const address = `http://127.0.0.1:${(plain.address() as AddressInfo).port}/film.mp4`;
      await expect(read(address)).rejects.toMatchObject({
        code: 'ERR_INPUT',
        message: `${address} cannot be read from its server, which seems to send no byte ranges: its index stands behind its media; download it first`,
      });
      const error = await read(`http://anna:secret@127.0.0.1:${port}/film`).catch((reason) => reason);
      expect(error).toMatchObject({ code: 'ERR_INPUT', message: expect.stringContaining('anna:***@') });
      expect(inspect(error, { depth: 9 })).not.toContain('secret');
    });
  });

  describe('that are broken off', () => {
    test.each(['mp4', 'mkv', 'flv', 'avi'])('give the frames before the end: %s', async (ending) => {
      const name = `part.${ending}`;
      await media.make(
        name,
        '-i',
        '{film.mp4}',
        '-c',
        'copy',
        ...(ending === 'mp4' ? ['-movflags', '+faststart'] : []),
      );
      const { length } = await readFile(media.path(name));
      await truncate(media.path(name), Math.floor(length * 0.6));

      const reasons: string[] = [];
      const frames = await read(media.path(name), { onPartial: (reason) => reasons.push(reason) });
      expect(reasons).toHaveLength(1);
      expect(frames.length).toBeGreaterThan(40);
      expect(frames.length).toBeLessThan(90);

      let count = 0;
      const loop = async () => {
        for await (const _ of decode(media.path(name), plan)) count += 1;
      };
      await expect(loop()).rejects.toMatchObject({ code: 'ERR_PARTIAL_INPUT' });
      expect(count).toBe(frames.length);
    });

    test('are told from whole ones when few frames are asked for', async () => {
      const name = 'sparse.mkv';
      await media.make(name, '-i', '{film.mp4}', '-c', 'copy');
      await collect(decode(media.path(name), { frames: { sample: { every: 1000 } } }));
      await collect(decode(media.path(name), { frames: { sample: 'keyframes' } }));
      const { length } = await readFile(media.path(name));
      await truncate(media.path(name), Math.floor(length * 0.4));
      for (const sample of [{ every: 1000 }, 'keyframes'] as const) {
        const run = collect(decode(media.path(name), { frames: { sample } }));
        await expect(run).rejects.toMatchObject({ code: 'ERR_PARTIAL_INPUT' });
      }
    });

    describe('are told where the container has no duration of its own', () => {
      const sound = ['-f', 'lavfi', '-i', 'sine=d=4'];
      const pictures = testPicture('s=64x48:r=25:d=2');
      const hear = { audio: { sampleRate: 16_000 } };
      const inPage = (bytes: Buffer) => bytes.length / 2;
      const reason = /last Ogg page|bytes of (its packets|the file) are missing/;
      test.each([
        { name: 'whole.opus', args: sound, wanted: hear, cutAt: inPage },
        { name: 'whole.ogg', args: [...sound, '-c:a', 'libvorbis'], wanted: hear, cutAt: pageNear },
        {
          name: 'whole.ogv',
          args: [...pictures, ...sound, '-c:a', 'libvorbis'],
          wanted: plan,
          cutAt: pageNear,
        },
        {
          name: 'whole.avi',
          args: [...pictures, '-c:v', 'mpeg4'],
          wanted: plan,
          cutAt: (bytes: Buffer) => packetBehind(bytes, 30),
        },
        { name: 'whole.wmv', args: [...pictures, ...sound], wanted: plan, cutAt: asfPacketNear },
      ])('$name', async ({ name, args, wanted, cutAt }) => {
        await media.make(name, ...args);
        await collect(decode(media.path(name), wanted));
        const { streams } = await probe(media.path(name));
        expect(await probeMissingEnd(media.path(name), streams)).toBeUndefined();
        const bytes = await readFile(media.path(name));
        await writeFile(media.path('cut'), bytes.subarray(0, cutAt(bytes)));
        const told: string[] = [];
        const onPartial = (reason: string) => told.push(reason);
        expect((await collect(decode(media.path('cut'), wanted, { onPartial }))).length).toBeGreaterThan(0);
        expect(told.join()).toMatch(reason);
        const { streams: left } = await probe(media.path('cut'));
        expect(await probeMissingEnd(media.path('cut'), left)).toMatch(reason);
      });

      test('but not to whoever wants some times alone', async () => {
        await media.make('times.ogv', ...pictures);
        const bytes = await readFile(media.path('times.ogv'));
        await writeFile(media.path('cut'), bytes.subarray(0, -99));
        await collect(decode(media.path('cut'), { frames: { sample: { at: [0.5, 1] } } }));
      });
    });

    test('are told beside frames of some times, which want no more', async () => {
      await media.make('two.flv', ...testPicture('s=64x48:r=25:d=10'), ...x264);
      const bytes = await readFile(media.path('two.flv'));
      await writeFile(media.path('half.flv'), bytes.subarray(0, flvTagAt(bytes, 5000)));
      const chunks: { type: string; timestamp: number; durationSeconds: number }[] = [];
      const loop = async () => {
        const both = { frames: { sample: { at: [1] } }, measurements: { filter: 'scdet' } } as const;
        for await (const chunk of decode(media.path('half.flv'), both)) chunks.push(chunk);
      };
      await expect(loop()).rejects.toMatchObject({ code: 'ERR_PARTIAL_INPUT' });
      expect(chunks.at(-1)).toMatchObject({ type: 'measurement' });
      expect(chunks.at(-1)?.durationSeconds).toBeCloseTo(0.04, 2);
    });

    test('are told in a stream of which the container says one duration for all, where all is decoded', async () => {
      const sound = ['-f', 'lavfi', '-i', 'sine=d=6', '-c:a', 'aac'];
      await media.make('long-video.flv', ...testPicture('s=64x48:r=25:d=6'), ...sound, ...x264);
      await media.make('short-video.flv', ...testPicture('s=64x48:r=25:d=2'), ...sound, ...x264);
      const both = { ...plan, audio: { sampleRate: 16_000 } };
      const reasonsOf = async (bytes: Buffer, wanted: DecodePlan) => {
        const reasons: string[] = [];
        const onPartial = (reason: string) => reasons.push(reason);
        await collect(decode(Readable.from([bytes]), wanted, { onPartial }));
        return reasons;
      };
      const whole = await readFile(media.path('long-video.flv'));
      const cut = whole.subarray(0, flvTagAt(whole, 3000));
      expect(await reasonsOf(whole, both)).toEqual([]);
      expect(await reasonsOf(await readFile(media.path('short-video.flv')), both)).toEqual([]);
      expect(await reasonsOf(cut, both)).toEqual([
        expect.stringMatching(/^its video ends at .* s of 6.* s; its audio ends at .* s of 6.* s$/),
      ]);
      // The sound may well be longer.
      expect(await reasonsOf(cut, plan)).toEqual([]);
    });

    test('a video that ends before its sound is whole', async () => {
      for (const name of ['sound-on.mkv', 'sound-on.webm', 'sound-on.mp4']) {
        const codecs = name.endsWith('webm')
          ? ['-c:v', 'libvpx', '-c:a', 'libvorbis']
          : [...x264, '-c:a', 'aac'];
        await media.make(
          name,
          ...testPicture('s=64x48:r=25:d=2'),
          '-f',
          'lavfi',
          '-i',
          'sine=d=6',
          ...codecs,
        );
        const frames = await read(media.path(name));
        expect(frames).toHaveLength(50);
        const last = frames.at(-1);
        expect((last?.timestamp ?? 0) + (last?.durationSeconds ?? 0)).toBeCloseTo(2, 1);
      }
    });

    test('times that run backwards are told', async () => {
      const bytes = await readFile(media.path('film.ts'));
      await writeFile(media.path('twice.ts'), Buffer.concat([bytes, bytes]));
      await expect(read(media.path('twice.ts'))).rejects.toMatchObject({
        code: 'ERR_PARTIAL_INPUT',
        message: expect.stringContaining('backwards'),
      });
    });
  });

  describe('and ffmpeg itself', () => {
    const script = async (name: string, text: string) => {
      await writeFile(media.path(name), `#!/bin/sh\n${text}\n`);
      await chmod(media.path(name), 0o755);
      return media.path(name);
    };

    test('is found and tells its version', async () => {
      const ffmpeg = await findFfmpeg();
      expect(ffmpeg.major).toBeGreaterThanOrEqual(5);
      expect(await read(film, { ffmpeg })).toHaveLength(100);
    });

    test.each([
      ['too old', 'echo "ffmpeg version 4.4.2 Copyright"', /4\.4\.2.*too old/],
      ['no ffmpeg', 'echo hello', /does not run as ffmpeg.*hello/],
      ['failing', 'echo broken >&2; exit 3', /status 3.*broken/],
    ])('is refused when it is %s', async (title, text, reason) => {
      const ffmpegPath = await script(`ffmpeg-${title.replaceAll(' ', '-')}`, text);
      await expect(findFfmpeg({ ffmpegPath })).rejects.toMatchObject({
        code: 'ERR_FFMPEG_MISSING',
        message: expect.stringMatching(reason),
      });
    });

    test('is asked for by name when it is missing', async () => {
      await expect(findFfmpeg({ ffmpegPath: media.path('nowhere') })).rejects.toThrow(
        /ffmpegPath names .*nowhere/,
      );
      await writeFile(media.path('not-executable'), '');
      await expect(findFfmpeg({ ffmpegPath: media.path('not-executable') })).rejects.toMatchObject({
        code: 'ERR_FFMPEG_MISSING',
      });
    });

    test('without ffprobe nothing can be read', async () => {
      const ffmpeg = { ...(await findFfmpeg()), ffprobePath: undefined };
      await expect(read(film, { ffmpeg })).rejects.toMatchObject({
        code: 'ERR_FFMPEG_MISSING',
        message: expect.stringContaining('ffprobe'),
      });
    });

    test('that fails half way is an error with its status and words', async () => {
      const real = await findFfmpeg();
      const path = await script('ffmpeg-half', `${real.path} "$@"; echo "[error] no more" >&2; exit 7`);
      await expect(read(film, { ffmpeg: { ...real, path } })).rejects.toMatchObject({
        code: 'ERR_FFMPEG_EXIT',
        message: expect.stringMatching(/status 7.*no more/s),
      });
    });

    test('that scores by itself is asked for no time behind the last frame', async () => {
      const printed = (seconds: number, ...lines: string[]) =>
        [`frame:0    pts:${seconds * 12_800}      pts_time:0`, 'lavfi.seen=1', ...lines].join('\\n');
      const scores = ['lavfi.clip.similarities=0 0', 'lavfi.clip.probabilities=0.5 0.5'];
      const said = [printed(1), printed(1, ...scores), printed(3.96)].join('\\n');
      const path = await script(
        'ffmpeg-native',
        `case "$*" in *-filters*) echo " ... clip              V->V       x" ;; *) printf '${said}\\n' ;; esac`,
      );
      const ffmpeg = { ...(await findFfmpeg()), path };
      const labelSet = {
        name: 'l',
        kind: 'labels',
        groups: [{ name: 'labels', labels: ['a', 'b'] }],
      } as const;
      const base = { filter: 'clip', model: 'm.onnx', texts: 't', labels: { labelSet, model: 'm' } } as const;
      const score = (...at: number[]) =>
        collect(
          decode(film, { scores: { ...base, sample: { at }, size: { width: 8, height: 8 } } }, { ffmpeg }),
        );
      await expect(score(1)).resolves.toMatchObject([{ timestamp: 1 }]);
      await expect(score(1, 99)).rejects.toMatchObject({
        code: 'ERR_INPUT',
        message: `${film} has no frame at or after 99 s: the last one is at 3.96 s`,
      });
    });

    test('that lacks a filter is named as such', async () => {
      const real = await findFfmpeg();
      const path = await script(
        'ffmpeg-poor',
        `echo "[AVFilterGraph @ 0x1] [error] No such filter: 'scale'" >&2; exit 1`,
      );
      await expect(read(film, { ffmpeg: { ...real, path } })).rejects.toMatchObject({
        code: 'ERR_FFMPEG_MISSING',
        message: expect.stringContaining('without scale'),
      });
    });
  });

  test('probe tells what there is, and probePackets lists keyframes', async () => {
    const info = await probe(film);
    expect(info).toMatchObject({
      formatName: 'mov,mp4,m4a,3gp,3g2,mj2',
      durationSeconds: 4,
      startSeconds: 0,
    });
    const [video] = info.streams;
    expect(video).toMatchObject({
      type: 'video',
      codec: 'h264',
      width: 64,
      height: 48,
      rotationDegrees: 0,
      timeBase: { numerator: 1, denominator: 12_800 },
      averageFrameRate: { numerator: 25, denominator: 1 },
      pixelFormat: 'yuv420p',
      isAttachedPicture: false,
    });
    if (video === undefined) return;
    const packets = await collect(probePackets(film, video));
    expect(packets).toHaveLength(100);
    expect(packets.filter(({ isKeyframe }) => isKeyframe).map(({ timestamp }) => timestamp)).toEqual([
      0, 1, 2, 3,
    ]);

    const sound = (await probe(media.path('sound.m4a'))).streams[0];
    expect(sound).toMatchObject({
      type: 'audio',
      codec: 'aac',
      sampleRate: 44_100,
      channels: 1,
      channelLayout: 'mono',
    });
  });
});

/** Where a page of an Ogg file begins, in its middle. */
const pageNear = (bytes: Buffer) => bytes.indexOf('OggS', bytes.length / 2, 'latin1');

/** Where a packet of an ASF file begins, in its middle. */
function asfPacketNear(bytes: Buffer): number {
  const properties = bytes.indexOf('a1dcab8c47a9cf118ee400c00c205365', 0, 'hex');
  const packetBytes = bytes.readUInt32LE(properties + 92); // all of one length
  const data = bytes.indexOf('3626b2758e66cf11a6d900aa0062ce6c', 0, 'hex') + 50;
  return data + packetBytes * Math.floor((bytes.length - data) / packetBytes / 2);
}

/** Where an AVI's packet of this number ends. */
function packetBehind(bytes: Buffer, count: number): number {
  let offset = bytes.indexOf('movi', 0, 'latin1') + 4;
  for (let i = 0; i < count; i++) {
    const length = bytes.readUInt32LE(offset + 4);
    offset += 8 + length + (length % 2);
  }
  return offset;
}

/** Where the first tag of an FLV begins that is of this time, in ms, or later. */
function flvTagAt(bytes: Buffer, ms: number): number {
  let offset = 13;
  while (bytes.readUIntBE(offset + 4, 3) < ms) offset += 15 + bytes.readUIntBE(offset + 1, 3);
  return offset;
}
