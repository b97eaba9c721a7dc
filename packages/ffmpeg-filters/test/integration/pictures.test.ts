import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { collect, type Picture, type PictureSize, resizePicture } from '@deepffmpeg/core';
import { describeWithFfmpeg, describeWithShared, testPicture } from '@deepffmpeg/test-kit';
import { beforeAll, describe, expect, test } from 'vitest';
import { decode, findFfmpeg } from '../../src/index.js';

/** Quality of `picture` as a copy of `reference`, in decibels. */
function psnrDb(picture: Picture, reference: Picture): number {
  expect([picture.width, picture.height]).toEqual([reference.width, reference.height]);
  const squares = picture.data.reduce((sum, value, i) => sum + (value - (reference.data[i] ?? 0)) ** 2, 0);
  return 10 * Math.log10((255 * 255 * picture.data.length) / squares);
}

const framesOf = (path: string, size?: PictureSize) =>
  collect(decode(path, { frames: size === undefined ? { sample: 'all' } : { sample: 'all', size } }));

/** Mean red, green and blue of the pixels around a place. */
function colourAt({ width, data }: Picture, x: number, y: number): string {
  const [red = 0, green = 0, blue = 0] = data.subarray((y * width + x) * 3);
  return [red, green, blue].map((value) => (value > 127 ? 1 : 0)).join('');
}

describeWithFfmpeg('pictures', (media) => {
  describe('are scaled as core does', () => {
    // Measured: 54 to 64 dB where ffmpeg has zscale, 53 to 60 without from version 7 on. A crop that is off by one or
    // another kernel is below 47.
    const leastDb = 52;
    const sources = ['testsrc2=s=640x360', 'mandelbrot=s=320x400', 'testsrc2=s=301x303'];
    beforeAll(async () => {
      for (const [i, source] of sources.entries()) {
        const input = ['-f', 'lavfi', '-i', `${source}:r=5`, '-frames:v', '2'];
        await media.make(`lossless${i}.mkv`, ...input, '-c:v', 'png', '-pix_fmt', 'rgb24');
      }
    }, 60_000);

    test.each<PictureSize>([
      { shortestEdge: 224, crop: { width: 224, height: 224 } },
      { width: 224, height: 224 },
      { shortestEdge: 160 },
      { width: 224, height: 224, kernel: 'bilinear' },
    ])('%j', async (size) => {
      const { major, hasZscale } = await findFfmpeg();
      const least = hasZscale || major >= 7 ? leastDb : 51; // see `scaleFilters`
      for (const [i] of sources.entries()) {
        const whole = await framesOf(media.path(`lossless${i}.mkv`));
        const scaled = await framesOf(media.path(`lossless${i}.mkv`), size);
        expect(scaled).toHaveLength(2);
        for (const [j, picture] of scaled.entries()) {
          const reference = whole[j];
          if (reference === undefined) throw new Error('a frame is missing');
          expect(psnrDb(picture, resizePicture(reference, size))).toBeGreaterThanOrEqual(least);
        }
      }
    });
  });

  test('of the middle are its very pixels, and smaller pictures are whole', async () => {
    await media.make('middle.mkv', ...testPicture('s=64x48:r=5:d=1'), '-c:v', 'png', '-pix_fmt', 'rgb24');
    const film = media.path('middle.mkv');
    const [whole] = await framesOf(film);
    if (whole === undefined) throw new Error('a frame is missing');
    const frames = (crop: { width: number; height: number }, scaling: 'exact' | 'fast') =>
      collect(decode(film, { frames: { sample: 'all', crop, scaling } }));
    for (const scaling of ['exact', 'fast'] as const) {
      const [middle] = await frames({ width: 21, height: 9 }, scaling);
      const rows = Array.from({ length: 9 }, (_, y) => [
        ...whole.data.subarray(3 * ((19 + y) * 64 + 21), 3 * ((19 + y) * 64 + 42)),
      ]);
      expect(middle).toMatchObject({ width: 21, height: 9 });
      expect([...(middle?.data ?? [])]).toEqual(rows.flat());
      const [small] = await frames({ width: 640, height: 20 }, scaling);
      expect(small).toMatchObject({ width: 64, height: 20 });
    }
    const both = { sample: 'all', size: { width: 8, height: 8 }, crop: { width: 8, height: 8 } } as const;
    expect(() => decode(film, { frames: both })).toThrow('crop: expected no size beside it');
  });

  test('at full size are the pixels of a lossless file', async () => {
    await media.make('exact.mkv', ...testPicture('s=64x48:r=5:d=1'), '-c:v', 'png', '-pix_fmt', 'rgb24');
    await media.make(
      'exact.raw',
      '-i',
      '{exact.mkv}',
      '-frames:v',
      '1',
      '-f',
      'rawvideo',
      '-pix_fmt',
      'rgb24',
    );
    const [first] = await framesOf(media.path('exact.mkv'));
    expect(Buffer.from(first?.data ?? [])).toEqual(await readFile(media.path('exact.raw')));
  });

  test.each([
    { title: 'lying on its side', rotate: '90', size: [48, 64] },
    { title: 'upside down', rotate: '180', size: [64, 48] },
  ])('are turned upright: $title', async ({ rotate, size }) => {
    const name = `turned${rotate}.mp4`;
    // Left half red, right half blue.
    const halves = [
      '-f',
      'lavfi',
      '-i',
      'color=red:s=32x48:r=5:d=1',
      '-f',
      'lavfi',
      '-i',
      'color=blue:s=32x48:r=5:d=1',
    ];
    await media.make(
      'flat.mp4',
      ...halves,
      '-filter_complex',
      'hstack',
      '-c:v',
      'libx264',
      '-pix_fmt',
      'yuv420p',
    );
    await writeRotated(media.path('flat.mp4'), media.path(name), Number(rotate));
    const [frame] = await framesOf(media.path(name));
    if (frame === undefined) throw new Error('a frame is missing');
    expect([frame.width, frame.height]).toEqual(size);
    const [begin, end] = [colourAt(frame, 4, 4), colourAt(frame, frame.width - 4, frame.height - 4)];
    expect([begin, end].toSorted()).toEqual(['001', '100']);
    // 90: the left edge comes to the top; 180: to the right.
    expect(begin).toBe(rotate === '90' ? '100' : '001');
  });

  test('that are larger than ffmpeg makes them are refused as asked for', async () => {
    await media.make('flat.mkv', ...testPicture('s=64x48:d=0.1'));
    await expect(framesOf(media.path('flat.mkv'), { shortestEdge: 16_384 })).rejects.toMatchObject({
      code: 'ERR_INVALID_OPTIONS',
      message: expect.stringContaining('21845x16384'),
    });
  });

  test('get square pixels', async () => {
    const film = await media.make(
      'wide.mp4',
      ...testPicture('s=352x288:r=5:d=1'),
      '-vf',
      'setsar=16/11',
      '-c:v',
      'libx264',
    );
    const [frame] = await framesOf(film);
    expect([frame?.width, frame?.height]).toEqual([512, 288]);
    const [small] = await framesOf(film, { shortestEdge: 72 });
    expect([small?.width, small?.height]).toEqual([128, 72]);
  });

  test('keep their size when that of the video changes on the way', async () => {
    const codec = ['-c:v', 'mpeg2video', '-g', '5'];
    await media.make('a.ts', ...testPicture('s=128x96:r=25:d=1'), ...codec);
    await media.make('b.ts', ...testPicture('s=64x64:r=25:d=1'), ...codec, '-output_ts_offset', '2');
    const parts = [await readFile(media.path('a.ts')), await readFile(media.path('b.ts'))];
    await writeFile(media.path('both.ts'), Buffer.concat(parts));
    const frames = await framesOf(media.path('both.ts'));
    expect(frames.length).toBeGreaterThan(45); // the decoder drops some at the change
    expect(new Set(frames.map(({ width, height, data }) => `${width}x${height}, ${data.length}`))).toEqual(
      new Set([`128x96, ${128 * 96 * 3}`]),
    );
  });

  test('of HDR are brought to an ordinary range, or refused by name', async () => {
    const hdr = [
      '-color_primaries',
      'bt2020',
      '-color_trc',
      'smpte2084',
      '-colorspace',
      'bt2020nc',
      '-color_range',
      'tv',
    ];
    await media.make(
      'hdr.mkv',
      ...testPicture('s=64x64:r=5:d=1'),
      '-pix_fmt',
      'yuv420p10le',
      '-c:v',
      'ffv1',
      ...hdr,
    );
    await media.make('sdr.mkv', ...testPicture('s=64x64:r=5:d=1'), '-pix_fmt', 'yuv420p10le', '-c:v', 'ffv1');
    try {
      const [mapped] = await framesOf(media.path('hdr.mkv'));
      const [plain] = await framesOf(media.path('sdr.mkv'));
      if (mapped === undefined || plain === undefined) throw new Error('a frame is missing');
      expect(psnrDb(mapped, plain)).toBeLessThan(30); // the same numbers mean other colours
    } catch (error) {
      expect(error).toMatchObject({
        code: 'ERR_INPUT',
        message: expect.stringMatching(/hdr\.mkv is HDR, .*zscale/),
      });
    }
  });

  test('of HDR are refused by name where ffmpeg lacks a filter for them', async () => {
    const ffmpeg = await findFfmpeg();
    const path = media.path('ffmpeg-without-zscale');
    await writeFile(
      path,
      `#!/bin/sh\ncase "$*" in *-filters*) ${ffmpeg.path} "$@" | grep -v zscale ;; *) exec ${ffmpeg.path} "$@" ;; esac\n`,
    );
    await chmod(path, 0o755);
    const plan = { frames: { sample: 'all' } } as const;
    const reading = decode(media.path('hdr.mkv'), plan, { ffmpeg: { ...ffmpeg, path, hasZscale: false } });
    await expect(collect(reading)).rejects.toMatchObject({
      code: 'ERR_INPUT',
      message: expect.stringMatching(/hdr\.mkv is HDR, .*without zscale \(from libzimg\): install/),
    });
  });
});

describeWithShared('pictures of real video', (shared) => {
  test.each(['big-buck-bunny-30s.webm', 'car-detection.mp4'])('%s', async (name) => {
    const film = join(shared, 'media', name);
    const size = { shortestEdge: 224, crop: { width: 224, height: 224 } };
    const plan = { sample: { at: [5, 12, 20] } } as const;
    const whole = await collect(decode(film, { frames: plan }));
    const scaled = await collect(decode(film, { frames: { ...plan, size } }));
    expect(scaled).toHaveLength(3);
    const qualities = scaled.map((picture, i) => psnrDb(picture, resizePicture(whole[i] ?? picture, size)));
    expect(Math.min(...qualities)).toBeGreaterThanOrEqual(52); // measured: 57
  });
});

/** Sets the display matrix in the header of the first track of an mp4: not every ffmpeg has an option for it. */
async function writeRotated(from: string, to: string, degrees: number): Promise<void> {
  const bytes = await readFile(from);
  const header = bytes.indexOf('tkhd') + 4; // version and flags, then 36 bytes up to the matrix, in version 0
  const [sine, cosine] = [
    Math.round(Math.sin((degrees * Math.PI) / 180)),
    Math.round(Math.cos((degrees * Math.PI) / 180)),
  ];
  for (const [i, value] of [cosine, sine, 0, -sine, cosine].entries())
    bytes.writeInt32BE(value * 65_536, header + 40 + i * 4);
  await writeFile(to, bytes);
}
