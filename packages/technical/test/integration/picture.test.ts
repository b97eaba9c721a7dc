import { readFile, writeFile } from 'node:fs/promises';
import { collect, parallel, through } from '@deepffmpeg/core';
import { type DecodeOptions, decode } from '@deepffmpeg/ffmpeg-filters';
import { describeWithFfmpeg, describeWithShared } from '@deepffmpeg/test-kit';
import { expect, test } from 'vitest';
import {
  createPictureAnalyser,
  createShotDetector,
  createSoundAnalyser,
  type PictureSummary,
  pictureFrames,
  pictureMeasurements,
  shotFrames,
  soundMeasurements,
  type TechnicalEvent,
} from '../../src/index.js';

async function analyse(path: string, options: DecodeOptions = {}) {
  const chunks = await collect(
    through(
      decode(path, { measurements: pictureMeasurements, frames: pictureFrames }, options),
      createPictureAnalyser(),
    ),
  );
  const events = chunks.filter((chunk): chunk is TechnicalEvent => chunk.type === 'technical-event');
  const [summary] = chunks.filter((chunk): chunk is PictureSummary => chunk.type === 'picture-summary');
  if (summary === undefined) throw new Error('no summary');
  const spans = events.map(({ kind, timestamp, durationSeconds }) => [
    kind,
    timestamp,
    timestamp + durationSeconds,
  ]);
  return { events, summary, spans };
}

/** Without loss: what a coder does to pictures is told as well. */
const x264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-qp', '0', '-pix_fmt', 'yuv420p'];
const lavfi = (source: string) => ['-f', 'lavfi', '-i', source];
/** Without the hard lines of a test card, which look like blocks and fields. */
const moving = 'mandelbrot=s=640x360:r=25:end_pts=200,trim=end=8';
const near = (value: number) => expect.closeTo(value, 1);

describeWithFfmpeg('pictures', (media) => {
  test.each([
    { kind: 'black', filter: "drawbox=t=fill:c=black:enable='between(t,3,4.99)'", span: [3, 5] },
    { kind: 'frozen', filter: "select='lt(n,51)+gte(n,125)',fps=25", span: [2, 5] },
    {
      kind: 'letterbox',
      filter:
        "drawbox=h=45:t=fill:c=black:enable='gte(t,2)',drawbox=y=315:h=45:t=fill:c=black:enable='gte(t,2)'",
      span: [2, 8],
    },
    {
      kind: 'pillarbox',
      filter:
        "drawbox=w=80:t=fill:c=black:enable='lt(t,5)',drawbox=x=560:w=80:t=fill:c=black:enable='lt(t,5)'",
      span: [0, 5],
    },
    { kind: 'overexposed', filter: "lutyuv=y='225+val/40':enable='between(t,2,4.99)',null", span: [2, 5] },
    { kind: 'underexposed', filter: "lutyuv=y='28+val/8':enable='between(t,2,4.99)'", span: [2, 5] },
  ])('$kind is told, and nothing else', async ({ kind, filter, span: [begin = 0, end = 0] }) => {
    await media.make('event.mkv', ...lavfi(moving), '-vf', filter, ...x264);
    const { spans, events } = await analyse(media.path('event.mkv'));
    expect(spans).toEqual([[kind, near(begin), near(end)]]);
    if (kind === 'letterbox')
      expect(events[0]?.values).toEqual({ topShare: near(0.125), bottomShare: near(0.125) });
    if (kind === 'pillarbox')
      expect(events[0]?.values).toEqual({ leftShare: near(0.125), rightShare: near(0.125) });
  });

  test('what is open at the end is closed there', async () => {
    await media.make(
      'open.mkv',
      ...lavfi(moving),
      '-vf',
      "drawbox=t=fill:c=black:enable='gte(t,5)'",
      ...x264,
    );
    expect((await analyse(media.path('open.mkv'))).spans).toEqual([['black', near(5), near(8)]]);
  });

  test('interlaced fields are told, with their order; progressive pictures are not', async () => {
    for (const [mode, first] of [
      ['interleave_top', 1],
      ['interleave_bottom', 0],
    ] as const) {
      await media.make(
        'fields.mkv',
        ...lavfi('mandelbrot=s=640x360:r=50:end_pts=100,trim=end=6'),
        '-vf',
        `tinterlace=${mode}`,
        '-c:v',
        'ffv1',
      );
      const { events, summary } = await analyse(media.path('fields.mkv'));
      expect(events).toMatchObject([{ kind: 'interlaced', values: { isTopFieldFirst: near(first) } }]);
      expect(summary.interlacedShare).toBeGreaterThan(0.9);
    }
    await media.make('plain.mkv', ...lavfi(moving), ...x264);
    expect((await analyse(media.path('plain.mkv'))).summary.interlacedShare).toBeLessThan(0.05);
  });

  test('repeated frames are counted', async () => {
    await media.make(
      'twos.mkv',
      ...lavfi('mandelbrot=s=640x360:r=25:end_pts=100,trim=end=2,setpts=2*PTS'),
      '-vf',
      'fps=25',
      ...x264,
    );
    const { summary, spans } = await analyse(media.path('twos.mkv'));
    expect(spans).toEqual([]);
    expect(summary.frames).toBeGreaterThanOrEqual(99);
    expect(Math.abs(summary.repeatedFrames - summary.frames / 2)).toBeLessThanOrEqual(2);
  });

  test('a dark scene with dark edges has no bars', async () => {
    const glow = "geq=lum='16+if(gt(between(X,200,440)*between(Y,60,300),0),60+40*sin(T*3),0)':cb=128:cr=128";
    const lit = "drawbox=t=fill:c=white@0.3:enable='gte(t,3)'";
    await media.make('dark.mkv', ...lavfi('testsrc2=s=640x360:r=10:d=6'), '-vf', `${glow},${lit}`, ...x264);
    const { spans } = await analyse(media.path('dark.mkv'));
    expect(
      spans
        .filter(([kind]) => kind === 'letterbox' || kind === 'pillarbox')
        .every(([, , end]) => Number(end) <= 3.1),
    ).toBe(true);
  });

  test.each([
    { title: 'one frame', args: [...lavfi(moving), '-frames:v', '1', ...x264], frames: 1 },
    { title: '100 ms', args: [...lavfi('testsrc2=s=64x64:r=30:d=0.1'), ...x264], frames: 3 },
  ])('of $title are summed up', async ({ args, frames }) => {
    await media.make('short.mkv', ...args);
    const { summary, events } = await analyse(media.path('short.mkv'));
    expect(events).toEqual([]);
    expect(summary.frames).toBe(frames);
    expect(summary.lumaMeanLevel).toBeGreaterThan(16);
    expect(Object.values(summary).some((value) => Number.isNaN(value))).toBe(false);
  });

  test('whose size changes, whose times jump back, or that break off are measured as far as they go', async () => {
    await media.make('a.ts', ...lavfi('color=black:s=320x180:r=25:d=2'), ...x264);
    await media.make('b.ts', ...lavfi('testsrc2=s=640x360:r=25:d=2'), ...x264, '-output_ts_offset', '2');
    const [a, b] = await Promise.all(['a.ts', 'b.ts'].map((name) => readFile(media.path(name))));
    const reasons: string[] = [];
    const onPartial = (reason: string) => void reasons.push(reason);
    const of = async (...parts: Uint8Array[]) => {
      await writeFile(media.path('c.ts'), Buffer.concat(parts));
      return analyse(media.path('c.ts'), { onPartial });
    };
    const grown = await of(a!, b!);
    expect(grown.spans.filter(([kind]) => kind === 'black')).toEqual([['black', near(1.4), near(3.4)]]);
    expect(grown.summary.frames).toBe(100);
    const back = await of(b!, b!);
    expect(back.summary.frames).toBe(100);
    expect(reasons.join()).toMatch(/run backwards/);
    const cut = await of(b!.subarray(0, b!.length / 2));
    expect(cut.summary.frames).toBeGreaterThan(10);
  });

  test('of a day take no more memory than those of an hour', { timeout: 120_000 }, async () => {
    const blink = "drawbox=t=fill:c=black:enable='lt(mod(t,20),8)'";
    await media.make(
      'day.mkv',
      ...lavfi('testsrc2=s=64x48:r=1/4:d=86400'),
      '-vf',
      blink,
      ...x264,
      '-g',
      '250',
    );
    const peaks = [0, 0];
    let black = 0;
    const plan = { measurements: pictureMeasurements, frames: [shotFrames, pictureFrames] } as const;
    const film = through(decode(media.path('day.mkv'), plan), createShotDetector(), createPictureAnalyser());
    for await (const chunk of film) {
      if (chunk.type !== 'technical-event' || chunk.kind !== 'black') continue;
      black++;
      const part = chunk.timestamp < 3600 ? 0 : 1;
      peaks[part] = Math.max(peaks[part]!, process.memoryUsage().rss); // two parts
    }
    expect(black).toBe(4320);
    expect((peaks[1]! - peaks[0]!) / 2 ** 20).toBeLessThan(64);
  });

  describeWithShared('of a film', (shared) => {
    const film = `${shared}/media/big-buck-bunny-30s.webm`;
    test.each([
      { kind: 'blurred', filter: 'gblur=8', codec: x264 },
      { kind: 'noisy', filter: 'noise=alls=20:allf=t', codec: ['-c:v', 'ffv1'] },
      { kind: 'blocky', filter: 'null', codec: ['-c:v', 'mpeg2video', '-q:v', '15'] },
    ])('$kind ones are told, and nothing else', async ({ kind, filter, codec }) => {
      await media.make('spoilt.mkv', '-ss', '12', '-t', '3', '-i', film, '-an', '-vf', filter, ...codec);
      expect((await analyse(media.path('spoilt.mkv'))).spans.map(([name]) => name)).toEqual([kind]);
    });

    test('the shared clips have the black that was looked at, and no other faults', async () => {
      const { spans } = await analyse(film);
      expect(spans.filter(([kind]) => kind !== 'black')).toEqual([]);
      expect(spans).toHaveLength(1); // it begins black
      expect((await analyse(`${shared}/media/car-detection.mp4`)).spans).toEqual([]);
    });

    test('everything comes from one decode', async () => {
      const plan = {
        frames: shotFrames,
        measurements: [...pictureMeasurements, ...soundMeasurements],
      } as const;
      const analyser = parallel(createSoundAnalyser(), createPictureAnalyser());
      const chunks = await collect(through(decode(film, plan), createShotDetector(), analyser));
      const kinds = new Set(chunks.map(({ type }) => type));
      expect(kinds).toEqual(new Set(['shot', 'technical-event', 'sound-summary', 'picture-summary']));
    });
  });
});
