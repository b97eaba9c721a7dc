import { collect, type Shot, through } from '@deepffmpeg/core';
import { decode, probe, probePackets } from '@deepffmpeg/ffmpeg-filters';
import { describeWithFfmpeg, describeWithShared, type MediaFolder } from '@deepffmpeg/test-kit';
import { describe, expect, test } from 'vitest';
import { createShotDetector, keyframeShots, type ShotDetectorOptions, shotFrames } from '../../src/index.js';

const detectors: readonly ShotDetectorOptions[] = [{ shotRule: 'content' }, { shotRule: 'adaptive' }];
const shotsOf = (path: string, options: ShotDetectorOptions = {}): Promise<Shot[]> =>
  collect(through(decode(path, { frames: shotFrames }), createShotDetector(options)));

/** Every frame is in one shot, and shots follow one another without a gap. */
function expectWhole(shots: readonly Shot[], frames: number): void {
  expect(shots[0]?.startFrame).toBe(0);
  expect(shots.at(-1)?.endFrame).toBe(frames);
  for (const [i, shot] of shots.entries()) {
    const before = shots[i - 1];
    expect(shot.index).toBe(i);
    if (before === undefined) continue;
    expect(shot.startFrame).toBe(before.endFrame);
    expect(shot.timestamp).toBeCloseTo(before.timestamp + before.durationSeconds, 9);
  }
}

/** How well boundaries were found: each truth counts once, within some frames. */
function f1Of(found: readonly number[], truth: readonly number[], tolerance: number): number {
  const left = [...truth];
  const hits = found.filter((frame) => {
    const at = left.findIndex((wanted) => Math.abs(wanted - frame) <= tolerance);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
  return (2 * hits.length) / (found.length + truth.length);
}

/** A part of a composed film: what ffmpeg is to open, what to do with it, and how many frames of it to take. */
interface Part {
  readonly input: readonly string[];
  readonly filter?: string;
  readonly frames: number;
}
const made = (source: string, frames: number, filter?: string): Part => ({
  input: ['-f', 'lavfi', '-i', source],
  frames,
  ...(filter && { filter }),
});
const x264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '26', '-pix_fmt', 'yuv420p'];
const sourceOf = ({ filter = 'null', frames }: Part, i: number) =>
  `[${i}:v]fps=25,${filter},scale=320:180,setsar=1,format=yuv420p,loop=loop=-1:size=1000:start=0,trim=end_frame=${frames},settb=1/25,setpts=N[p${i}]`;

/** Joins parts by cuts. Gives the frames in which they begin. */
async function joinByCuts(media: MediaFolder, name: string, parts: readonly Part[]): Promise<number[]> {
  const graph = [
    ...parts.map(sourceOf),
    `${parts.map((_, i) => `[p${i}]`).join('')}concat=n=${parts.length},settb=1/25,setpts=N`,
  ];
  await media.make(name, ...parts.flatMap(({ input }) => input), '-filter_complex', graph.join(';'), ...x264);
  const starts = parts.map((_, i) => parts.slice(0, i).reduce((sum, { frames }) => sum + frames, 0));
  return starts.slice(1);
}

/** Joins two parts by a dissolve of so many frames. Gives the frame in which both are as strong. */
async function joinByDissolve(
  media: MediaFolder,
  name: string,
  parts: readonly [Part, Part],
  length: number,
): Promise<number> {
  const start = parts[0].frames - length;
  // xfade wants the rate that `fps` sets, and `fps` takes a frame off.
  const sources = parts.map((part, i) =>
    sourceOf({ ...part, frames: part.frames + 1 }, i).replace(/\[p\d+\]$/, `,fps=25[p${i}]`),
  );
  const join = `[p0][p1]xfade=transition=fade:duration=${length / 25}:offset=${start / 25}`;
  const inputs = parts.flatMap(({ input }) => input);
  await media.make(name, ...inputs, '-filter_complex', [...sources, join].join(';'), ...x264);
  return start + length / 2;
}

const drawn: readonly Part[] = [
  made('testsrc2=s=320x180:r=25', 40),
  made('mandelbrot=s=320x180:r=25', 61),
  made('smptehdbars=s=320x180:r=25', 30),
  made('gradients=s=320x180:r=25:seed=4:speed=0.02:c0=orange:c1=navy:n=2', 45),
  made('color=green:s=320x180:r=25', 20),
  made('color=navy:s=320x180:r=25', 25),
  made('testsrc=s=320x180:r=25', 52),
  made('life=s=320x180:r=25:mold=10:ratio=0.3:seed=5:death_color=#C83232:life_color=#00ff00', 33),
  made('rgbtestsrc=s=320x180:r=25', 25),
  made('sierpinski=s=320x180:r=25:seed=3', 41),
  made('yuvtestsrc=s=320x180:r=25', 25),
  made('mandelbrot=s=320x180:r=25:start_scale=0.05', 50, 'negate'),
];

describeWithFfmpeg('shots', (media) => {
  test.each(detectors)('of drawn films are told by their cuts, to the frame: %j', async (options) => {
    const cuts = await joinByCuts(media, 'drawn.mkv', drawn);
    const shots = await shotsOf(media.path('drawn.mkv'), options);
    expectWhole(shots, 447);
    expect(shots.slice(1).map(({ startFrame }) => startFrame)).toEqual(cuts);
    expect(shots.every(({ kind, index }) => kind === (index === 0 ? 'start' : 'cut'))).toBe(true);
  });

  test.each(detectors)(
    'of cards on plain grounds are told by their cuts, to the frame: %j',
    async (options) => {
      const text = 'drawbox=110:80:30:20:white:fill,drawbox=150:80:60:20:gray:fill';
      for (const [name, filter] of Object.entries({ 'cards.mkv': text, 'plain.mkv': 'null' })) {
        const cards = ['red', 'blue', 'green', 'yellow', 'white', 'navy'].map((colour) =>
          made(`color=${colour}:s=320x180:r=25`, 50, filter),
        );
        const cuts = await joinByCuts(media, name, cards);
        const shots = await shotsOf(media.path(name), options);
        expectWhole(shots, 300);
        expect(
          shots.slice(1).map(({ startFrame }) => startFrame),
          name,
        ).toEqual(cuts);
      }
    },
  );

  test.each(detectors)('are none the more for flashes, blinks and a title: %j', async (options) => {
    const flash = (every: number, frames: number) =>
      `drawbox=t=fill:c=white:enable='lt(mod(n+7,${every}),${frames})'`;
    const title = "drawbox=x=40:y=60:w=240:h=60:t=fill:c=white:enable='gt(n,40)'";
    for (const [i, filter] of [flash(30, 1), flash(40, 2), flash(50, 4), title].entries()) {
      await joinByCuts(media, `flash${i}.mkv`, [made('mandelbrot=s=320x180:r=25', 150, filter)]);
      expect(await shotsOf(media.path(`flash${i}.mkv`), options), filter).toHaveLength(1);
    }
  });

  test('part in the middle of a black that pictures fade to and from, in that of a dissolve', async () => {
    const [one, two] = [made('testsrc2=s=320x180:r=25', 100), made('smptehdbars=s=320x180:r=25', 100)];
    await joinByCuts(media, 'fades.mkv', [
      { ...one, filter: 'fade=t=out:s=70:n=20' }, // black from 90
      { ...two, filter: 'fade=t=in:s=10:n=20' }, // black to 110
    ]);
    const [, behindFade, ...none] = await shotsOf(media.path('fades.mkv'));
    expect(behindFade).toMatchObject({ kind: 'fade', score: 1, endFrame: 200 });
    expect(Math.abs(100 - (behindFade?.startFrame ?? 0))).toBeLessThanOrEqual(3);
    expect(none).toEqual([]);

    const middle = await joinByDissolve(media, 'dissolve.mkv', [one, two], 25);
    const [, behindDissolve, ...more] = await shotsOf(media.path('dissolve.mkv'));
    expect(behindDissolve?.kind).toBe('dissolve');
    expect(Math.abs(middle - (behindDissolve?.startFrame ?? 0))).toBeLessThanOrEqual(4);
    expect(more).toEqual([]);
  });

  test('of one long fade in or out is one', async () => {
    await joinByCuts(media, 'in.mkv', [
      made('testsrc2=s=320x180:r=25', 120, 'fade=t=in:s=20:n=30,fade=t=out:s=70:n=30'),
    ]);
    expect(await shotsOf(media.path('in.mkv'))).toHaveLength(1);
  });

  test('have the times of the frames where those are uneven and begin before 0', async () => {
    await joinByCuts(media, 'even.mkv', drawn.slice(0, 4));
    const uneven = "setpts='(N*40+if(gt(N,50),700,0)+7*mod(N,3))/1000/TB'";
    const early = ['-copyts', '-avoid_negative_ts', 'disabled', '-output_ts_offset', '-2'];
    await media.make(
      'uneven.ts',
      '-i',
      '{even.mkv}',
      '-vf',
      uneven,
      '-fps_mode',
      'passthrough',
      ...x264,
      '-bf',
      '0',
      ...early,
    );
    const frames = await collect(decode(media.path('uneven.ts'), { frames: shotFrames }));
    const shots = await shotsOf(media.path('uneven.ts'));
    expectWhole(shots, frames.length);
    expect(shots.map(({ timestamp }) => timestamp)).toEqual(
      shots.map(({ startFrame }) => frames[startFrame]?.timestamp),
    );
    expect(shots).toHaveLength(4);
    expect(shots[0]?.timestamp).toBeLessThan(0);
  });

  test.each([
    { title: 'one frame', frames: 1 },
    { title: '100 ms', frames: 3 },
  ])('of $title are one', async ({ frames }) => {
    await joinByCuts(media, 'short.mkv', [made('testsrc2=s=320x180:r=25', frames)]);
    expect(await shotsOf(media.path('short.mkv'))).toMatchObject([
      { startFrame: 0, endFrame: frames, kind: 'start', score: 0 },
    ]);
  });

  test('of keyframes need no decoding', async () => {
    const args = [
      '-c:v',
      'libx264',
      '-preset',
      'ultrafast',
      '-bf',
      '2',
      '-x264-params',
      'scenecut=0:keyint=20:min-keyint=20',
    ];
    await media.make('keys.mp4', '-f', 'lavfi', '-i', 'testsrc2=s=64x64:r=25:d=5', ...args);
    const [stream] = (await probe(media.path('keys.mp4'))).streams;
    const shots = await collect(keyframeShots(probePackets(media.path('keys.mp4'), stream!), 'film'));
    expectWhole(shots, 125);
    // Each 0.8 s, so every second one.
    expect(shots.map(({ startFrame, kind }) => [startFrame, kind])).toEqual([
      [0, 'start'],
      [40, 'keyframe'],
      [80, 'keyframe'],
      [120, 'keyframe'],
    ]);
    expect(shots.at(-1)?.durationSeconds).toBeCloseTo(0.2, 6);
  });

  describeWithShared('of real pictures', (shared) => {
    const bunny = (from: number, frames: number): Part => ({
      input: [
        '-ss',
        String(from),
        '-t',
        String(frames / 25 + 0.5),
        '-i',
        `${shared}/media/big-buck-bunny-30s.webm`,
      ],
      frames,
    });
    const cars = (from: number, frames: number): Part => ({
      input: [
        '-ss',
        String(from),
        '-t',
        String(frames / 25 + 0.5),
        '-i',
        `${shared}/media/car-detection.mp4`,
      ],
      frames,
    });
    const photo = (name: string, frames: number, filter = ''): Part => ({
      input: [
        '-loop',
        '1',
        '-framerate',
        '25',
        '-t',
        String(frames / 25 + 0.5),
        '-i',
        `${shared}/media/images/${name}.jpg`,
      ],
      frames,
      filter: `scale=960:540${filter}`,
    });
    /** Slowly to the right, as with a tripod. */
    const pan = ",crop=480:270:x='min(480,n*3)':y=100";
    /** Across the picture in a second. */
    const whip = ",crop=320:180:x='if(lt(n,40),0,min(640,(n-40)*26))':y='100'";
    /** As from a hand: a wander of some pixels and a jolt now and then. */
    const shake = ",crop=640:360:x='160+40*sin(n*1.3)+25*sin(n*2.9+1)':y='90+30*sin(n*1.7)+20*sin(n*3.7)'";

    const parts = (least = 0): Part[] => {
      const long = (frames: number) => Math.max(least, frames);
      return [
        ...[
          bunny(3, long(60)),
          cars(5, long(45)),
          photo('cat', long(40), pan),
          bunny(12.2, long(50)),
          photo('dogs', long(25)),
          cars(15.5, long(50)),
        ],
        ...[
          bunny(16, long(70)),
          photo('mdn_elephant', long(40), pan),
          bunny(24, long(35)),
          photo('mdn_flowers', long(30)),
          bunny(7, long(40)),
        ],
        ...[
          photo('cat', long(15)),
          bunny(19.5, long(60)),
          cars(25.5, long(40)),
          photo('dogs', long(50), pan),
          bunny(12.5, long(45)),
        ],
      ];
    };

    test.each(detectors)('by cuts: F1 at least 0.97 within a frame: %j', async (options) => {
      const cuts = await joinByCuts(media, 'real.mkv', parts());
      const shots = await shotsOf(media.path('real.mkv'), options);
      const found = shots.slice(1).map(({ startFrame }) => startFrame);
      expect(f1Of(found, cuts, 1), JSON.stringify({ cuts, found })).toBeGreaterThanOrEqual(0.97);
    });

    test('by dissolves of a half to one and a half seconds: most, and no cut', {
      timeout: 120_000,
    }, async () => {
      const all = parts(75);
      let [hits, found] = [0, 0];
      const missed: string[] = [];
      for (const [i, part] of all.slice(1).entries()) {
        const length = [13, 25, 38][i % 3] ?? 25;
        const middle = await joinByDissolve(media, 'mixed.mkv', [all[i]!, part], length); // the part before
        const shots = (await shotsOf(media.path('mixed.mkv'))).slice(1);
        expect(shots.filter(({ kind }) => kind !== 'dissolve')).toEqual([]);
        found += shots.length;
        const isHit = shots.some(({ startFrame }) => Math.abs(startFrame - middle) <= length / 4);
        hits += Number(isHit);
        if (!isHit)
          missed.push(
            `${i}: ${length} frames at ${middle}, found ${shots.map(({ startFrame }) => startFrame)}`,
          );
      }
      expect((2 * hits) / (found + all.length - 1), missed.join('; ')).toBeGreaterThanOrEqual(0.8);
    });

    const moving: Record<string, () => Part> = {
      'a slow pan': () => photo('mdn_elephant', 150, pan),
      'a whip pan': () => photo('dogs', 120, whip),
      'a whip pan over a cat': () => photo('cat', 120, whip),
      'a shaking hand': () => photo('mdn_flowers', 150, shake),
      'a shaking hand, at dogs': () => photo('dogs', 150, shake),
      'flashes in a film': () => ({
        ...bunny(16, 120),
        filter: "drawbox=t=fill:c=white@0.9:enable='eq(mod(n,25),9)'",
      }),
      'flashes that glow for three frames': () => ({
        ...bunny(12.2, 80),
        filter: "eq=eval=frame:brightness='if(lt(mod(n+15,30),3),0.7-0.2*mod(n+15,30),0)'",
      }),
      'one frame of another picture': () => ({
        ...photo('dogs', 100),
        filter: "scale=960:540,negate=enable='eq(mod(n,20),7)'",
      }),
    };
    describe.each(Object.keys(moving))('%s is one shot', (name) => {
      test.each(detectors)('%j', async (options) => {
        await joinByCuts(media, 'moving.mkv', [moving[name]!()]); // by its own name
        const shots = await shotsOf(media.path('moving.mkv'), options);
        expect(shots.map(({ startFrame, kind }) => [startFrame, kind])).toEqual([[0, 'start']]);
      });
    });

    test.each(detectors)('that were looked at: the shared clips: %j', async (options) => {
      const bunnyShots = await shotsOf(`${shared}/media/big-buck-bunny-30s.webm`, options);
      expect(bunnyShots.map(({ startFrame, kind }) => [startFrame, kind])).toEqual([
        [0, 'start'],
        [283, 'cut'],
        [376, 'cut'],
        [551, 'cut'],
      ]);
      expect(await shotsOf(`${shared}/media/car-detection.mp4`, options)).toHaveLength(1);
    });

    test("of keyframes are the original's", async () => {
      const path = `${shared}/media/big-buck-bunny-30s.webm`;
      const stream = (await probe(path)).streams.find(({ type }) => type === 'video');
      const shots = await collect(keyframeShots(probePackets(path, stream!), path));
      expect(shots.map(({ timestamp }) => timestamp)).toEqual([
        0.003, 5.795, 11.128, 15.67, 21.003, 22.961, 28.295,
      ]);
    });
  });
});
