import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { collect, through } from '@deepffmpeg/core';
import { decode, probe, probePackets } from '@deepffmpeg/ffmpeg-filters';
import { describeWithFfmpeg, describeWithShared } from '@deepffmpeg/test-kit';
import { expect, test } from 'vitest';
import {
  createActionFinder,
  createSoundAnalyser,
  keyframeShots,
  type SoundSummary,
  sceneMoments,
  soundMeasurements,
  type TechnicalEvent,
} from '../../src/index.js';

/**
 * The original's probes heard more than their second: it was cut off behind the filter that measures, which by then had got what the
 * video's decoding let through. What the second itself holds, as `atrim` shows, stands for it.
 */
const KNOWN_PEAKS: Readonly<Record<string, number>> = { '-6.4': -9.1 };

async function analyse(path: string) {
  const chunks = await collect(
    through(decode(path, { measurements: soundMeasurements }), createSoundAnalyser()),
  );
  const events = chunks.filter((chunk): chunk is TechnicalEvent => chunk.type === 'technical-event');
  const [summary] = chunks.filter((chunk): chunk is SoundSummary => chunk.type === 'sound-summary');
  if (summary === undefined) throw new Error('no summary');
  return {
    events,
    summary,
    spans: events.map(({ kind, timestamp, durationSeconds }) => [
      kind,
      timestamp,
      timestamp + durationSeconds,
    ]),
  };
}

const made = (expression: string, settings = 's=48000:d=10') => [
  '-f',
  'lavfi',
  '-i',
  `aevalsrc='${expression}':${settings}`,
];
const near = (value: number, digits = 1) => expect.closeTo(value, digits);
const sine = (hertz: number, dbfs: number | string) =>
  `${typeof dbfs === 'number' ? 10 ** (dbfs / 20) : dbfs}*sin(2*PI*${hertz}*t)`;

describeWithFfmpeg('sound', (media) => {
  test.each([
    {
      kind: 'silence',
      expression: 'if(between(t,3,5),0,0.5*sin(2*PI*440*t))',
      span: [3, 5],
    },
    { kind: 'clipping', expression: 'if(between(t,4,6),3,0.5)*sin(2*PI*440*t)', span: [4, 6] },
    {
      kind: 'dead-channel',
      expression: '0.5*sin(2*PI*440*t)|if(between(t,2,7),0,0.4*sin(2*PI*440*t))',
      span: [2, 7],
    },
    {
      kind: 'inverted-phase',
      expression: '0.5*sin(2*PI*440*t)|if(between(t,2,7),-0.5,0.4)*sin(2*PI*440*t)',
      span: [2, 7],
    },
    {
      kind: 'mono-as-stereo',
      expression: '0.5*sin(2*PI*440*t)|if(between(t,2,7),0.5,0.4)*sin(2*PI*440*t)',
      span: [2, 7],
    },
  ])('$kind is told, and nothing else', async ({ kind, expression, span: [begin = 0, end = 0] }) => {
    await media.make('event.wav', ...made(expression), '-c:a', 'pcm_s16le');
    expect((await analyse(media.path('event.wav'))).spans).toEqual([[kind, near(begin), near(end)]]);
  });

  test('a silence that is open at the end lasts until then, and so does a fault', async () => {
    await media.make('open.wav', ...made('if(gt(t,6),0,0.5*sin(2*PI*440*t))'));
    expect((await analyse(media.path('open.wav'))).spans).toEqual([['silence', near(6, 3), near(10, 6)]]);
    await media.make('dead.wav', ...made('if(gt(t,5),0,0.3*sin(2*PI*440*t))|0.5*sin(2*PI*440*t)'));
    expect((await analyse(media.path('dead.wav'))).events).toMatchObject([
      { kind: 'dead-channel', values: { channel: 1 } },
    ]);
  });

  test.each([
    { title: 'music at full scale that is not cut off', expression: '0.9999*sin(2*PI*50*t)' },
    { title: 'two voices', expression: '0.3*sin(2*PI*440*t)|0.3*sin(2*PI*550*t)' },
    { title: 'two sweeps', expression: '0.4*sin((t+2)*(t+2)*900)|0.4*sin((t+2)*(t+2)*1300)' },
    {
      title: 'six channels',
      expression:
        '0.1*sin(2*PI*t*300)|0.2*sin(2*PI*t*400)|0.3*sin(2*PI*t*500)|0.3*sin(2*PI*t*60)|0.2*sin(2*PI*t*700)|0.1*sin(2*PI*t*800)',
    },
  ])('$title has no events', async ({ expression }) => {
    await media.make('fine.wav', ...made(expression, 's=48000:d=4'), '-c:a', 'pcm_s16le');
    expect((await analyse(media.path('fine.wav'))).spans).toEqual([]);
  });

  test('is summed up', async () => {
    await media.make('sum.wav', ...made('0.1+0.5*sin(2*PI*440*t)|0.25*sin(2*PI*440*t)'), '-c:a', 'pcm_f32le');
    const { summary } = await analyse(media.path('sum.wav'));
    expect(summary).toMatchObject({
      durationSeconds: near(10, 6),
      maxVolumeDb: near(20 * Math.log10(0.6), 2),
      channels: [
        { rmsDb: near(10 * Math.log10(0.125 + 0.01), 2), dcOffset: near(0.1, 4) },
        { rmsDb: near(10 * Math.log10(0.03125), 2), dcOffset: near(0, 4) },
      ],
      silentSeconds: 0,
      clippedSeconds: 0,
    });
  });

  test('of two levels has the lower as its floor', async () => {
    await media.make('floor.wav', ...made(`if(lt(mod(t,5),1),0.001,0.5)*sin(2*PI*440*t)`));
    expect((await analyse(media.path('floor.wav'))).summary.noiseFloorDb).toBeCloseTo(-63, 0);
  });

  // https://tech.ebu.ch/docs/tech/tech3341.pdf, table 1: sines at 1 kHz in both channels.
  const stereo = (level: string) => `${sine(1000, level)}|${sine(1000, level)}`;
  const dbfs = (level: number) => 10 ** (level / 20);
  test.each([
    { title: '1: -23 dBFS for 20 s', level: `${dbfs(-23)}`, seconds: 20, lufs: -23 },
    { title: '2: -33 dBFS for 20 s', level: `${dbfs(-33)}`, seconds: 20, lufs: -33 },
    {
      title: '3: -36, -23, -36',
      level: `if(between(t,10,70),${dbfs(-23)},${dbfs(-36)})`,
      seconds: 80,
      lufs: -23,
    },
    {
      title: '4: with -72 around',
      level: `if(between(t,20,80),${dbfs(-23)},if(between(t,10,90),${dbfs(-36)},${dbfs(-72)}))`,
      seconds: 100,
      lufs: -23,
    },
    {
      title: '5: -26, -20, -26',
      level: `if(between(t,20,40.1),${dbfs(-20)},${dbfs(-26)})`,
      seconds: 60.1,
      lufs: -23,
    },
  ])('has the loudness of EBU 3341, $title', async ({ level, seconds, lufs }) => {
    await media.make('ebu.wav', ...made(stereo(level), `s=48000:d=${seconds}`), '-c:a', 'pcm_s24le');
    const { summary } = await analyse(media.path('ebu.wav'));
    expect(Math.abs((summary.integratedLufs ?? 0) - lufs)).toBeLessThanOrEqual(0.1);
  });

  // https://tech.ebu.ch/docs/tech/tech3342.pdf, table 1
  test.each([
    { title: '1: -20, -30', levels: [-20, -30], lu: 10 },
    { title: '2: -20, -15', levels: [-20, -15], lu: 5 },
    { title: '3: -40, -20', levels: [-40, -20], lu: 20 },
  ])('has the range of EBU 3342, $title', async ({ levels: [first = 0, second = 0], lu }) => {
    const level = `if(lt(t,20),${dbfs(first)},${dbfs(second)})`;
    await media.make('range.wav', ...made(stereo(level), 's=48000:d=40'), '-c:a', 'pcm_s24le');
    expect(
      Math.abs(((await analyse(media.path('range.wav'))).summary.rangeLu ?? 0) - lu),
    ).toBeLessThanOrEqual(1);
  });

  test.each([
    { seconds: 2.9, lu: undefined },
    { seconds: 3, lu: undefined },
    { seconds: 3.3, lu: undefined },
    { seconds: 3.4, lu: 0 },
  ])('of an even tone of $seconds s has the range $lu', async ({ seconds, lu }) => {
    await media.make('even.wav', ...made(stereo(`${dbfs(-20)}`), `s=48000:d=${seconds}`));
    expect((await analyse(media.path('even.wav'))).summary.rangeLu).toBe(lu);
  });

  test.each([
    { title: '15: a quarter of the rate', expression: `0.5*sin(2*PI*12000*t)`, db: -6 },
    { title: '16: the same, between the samples', expression: `0.5*sin(2*PI*12000*t+PI/4)`, db: -6 },
    { title: '17: a sixth of the rate', expression: `0.5*sin(2*PI*8000*t+PI/3)`, db: -6 },
    { title: '19: over full scale', expression: `1.41*sin(2*PI*12000*t+PI/4)`, db: 3 },
  ])('has the true peak of EBU 3341, $title', async ({ expression, db }) => {
    // They begin and end gently, or the edge itself would peak.
    const gently = `min(1,min(t*20,(2-t)*20))*(${expression})`;
    await media.make('peak.wav', ...made(`${gently}|${gently}`, 's=48000:d=2'), '-c:a', 'pcm_f32le');
    const { truePeakDb = 0 } = (await analyse(media.path('peak.wav'))).summary;
    expect(truePeakDb).toBeGreaterThanOrEqual(db - 0.4);
    expect(truePeakDb).toBeLessThanOrEqual(db + 0.2);
  });

  test.each([
    { title: 'digital silence', expression: '0|0', seconds: 3, kinds: ['silence'] },
    { title: '100 ms', expression: '0.5*sin(2*PI*440*t)', seconds: 0.1, kinds: [] },
  ])('of $title gives numbers or tells that there are none', async ({ expression, seconds, kinds }) => {
    await media.make('little.wav', ...made(expression, `s=48000:d=${seconds}`));
    const { summary, events } = await analyse(media.path('little.wav'));
    expect(events.map(({ kind }) => kind)).toEqual(kinds);
    expect(summary.durationSeconds).toBeCloseTo(seconds, 6);
    expect(summary.integratedLufs).toBeUndefined();
    expect(summary.rangeLu).toBeUndefined();
    expect(Number.isNaN(summary.meanVolumeDb)).toBe(false);
  });

  test('of three hours takes no more memory than that of minutes', { timeout: 120_000 }, async () => {
    await media.make(
      'hours.flac',
      '-f',
      'lavfi',
      '-i',
      "aevalsrc='if(lt(mod(t,10),2),0,0.3)*sin(2*PI*100*t)':s=1000:d=10800",
    );
    const peaks = [0, 0];
    let silences = 0;
    for await (const chunk of through(
      decode(media.path('hours.flac'), { measurements: soundMeasurements }),
      createSoundAnalyser(),
    )) {
      if (chunk.type !== 'technical-event') continue;
      silences++;
      const part = chunk.timestamp < 1080 ? 0 : 1;
      peaks[part] = Math.max(peaks[part]!, process.memoryUsage().rss); // two parts
    }
    expect(silences).toBe(1080);
    expect((peaks[1]! - peaks[0]!) / 2 ** 20).toBeLessThan(64);
  });

  describeWithShared('of recordings', (shared) => {
    const names = [
      'big-buck-bunny-30s.webm',
      'audio/jazz_guitar.wav',
      'audio/train.wav',
      'audio/applause.wav',
      'audio/rain.wav',
    ];
    test.each(names)("has ffmpeg's own volume and loudness: %s", async (name) => {
      const path = `${shared}/media/${name}`;
      const { summary } = await analyse(path);
      const log = (filter: string) => {
        const args = ['-hide_banner', '-nostats', '-i', path, '-vn', '-af', filter, '-f', 'null', '-'];
        return execFileSync('sh', ['-c', 'exec ffmpeg "$@" 2>&1', 'sh', ...args], { encoding: 'utf8' });
      };
      const volume = log('volumedetect');
      const loudness = log('ebur128=peak=true').split('Summary').at(-1) ?? '';
      const said = (text: string, pattern: RegExp) => Number(pattern.exec(text)?.[1]);
      expect(Math.abs((summary.meanVolumeDb ?? 0) - said(volume, /mean_volume: (\S+)/))).toBeLessThanOrEqual(
        0.1,
      );
      expect(Math.abs((summary.maxVolumeDb ?? 0) - said(volume, /max_volume: (\S+)/))).toBeLessThanOrEqual(
        0.1,
      );
      expect(Math.abs((summary.integratedLufs ?? 0) - said(loudness, /I: +(\S+)/))).toBeLessThanOrEqual(0.1);
      expect(Math.abs((summary.rangeLu ?? 0) - said(loudness, /LRA: +(\S+)/))).toBeLessThanOrEqual(0.1);
      expect(Math.abs((summary.truePeakDb ?? 0) - said(loudness, /Peak: +(\S+)/))).toBeLessThanOrEqual(0.1);
    });

    test.each(['big-buck-bunny-30s.webm', 'car-detection.mp4'])(
      "has the original's moments: %s",
      async (name) => {
        const path = `${shared}/media/${name}`;
        const info = await probe(path);
        const stream = info.streams.find(({ type }) => type === 'video');
        const shots = await collect(keyframeShots(probePackets(path, stream!), path));
        const { durationSeconds = 0, startSeconds = 0 } = info;
        const finder = createActionFinder({ durationSeconds, startSeconds });
        const moments = await collect(through(decode(path, { measurements: soundMeasurements }), finder));
        const file = `${shared}/golden/seed-technical/${name.replace(/\.\w+$/, '')}_analysis.json`;
        const { audio_analysis: golden } = JSON.parse(readFileSync(file, 'utf8'));
        const heard = moments.flatMap((moment) => (moment.type === 'action-moment' ? [moment] : []));
        const found = heard.length > 0 ? heard : sceneMoments(shots);
        const roundDb = (level = Number.NaN) => Math.round(level * 10) / 10;
        expect(
          found.map(({ kind, timestamp, durationSeconds: duration, intensity, maxVolumeDb }) => ({
            time: timestamp + duration / 2 - startSeconds,
            type: kind,
            intensity,
            duration: kind === 'sound_section' ? duration : null,
            max_volume: maxVolumeDb === undefined ? null : roundDb(maxVolumeDb),
          })),
        ).toEqual(
          golden.action_moments.map(
            ({ time, intensity, duration, max_volume, ...rest }: Record<string, number | null>) => {
              const peak = KNOWN_PEAKS[String(max_volume)] ?? max_volume ?? null;
              return {
                ...rest,
                time: near(time ?? 0, 2), // packets' times are whole milliseconds
                intensity: near(peak === null ? (intensity ?? 0) : (peak + 30) / 30, 2),
                duration: duration === null ? null : near(duration ?? 0, 2),
                max_volume: peak,
              };
            },
          ),
        );
      },
    );
  });
});
