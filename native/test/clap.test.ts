import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeBuilt, makeTexts, printed, rounded, run, SOUNDS, tiny } from './native-ffmpeg.js';

const torchTower = fileURLToPath(new URL('models/clap_audio_model.pt', import.meta.url));
/** Five seconds and a little: a tone, then noise. */
const TONE_THEN_NOISE =
  'sine=f=440:r=44100:d=2.5,aformat=channel_layouts=mono[a];anoisesrc=r=44100:d=2.6:a=0.5:s=7[b];[a][b]concat=v=0:a=1';

const windowsOf = (text: string) =>
  text
    .split(/^frame:/m)
    .slice(1)
    .map((frame) => ({
      start: Number(/clap\.start=(.*)/.exec(frame)?.[1]),
      duration: Number(/clap\.duration=(.*)/.exec(frame)?.[1]),
      best: /clap\.0\.label=(.*)/.exec(frame)?.[1],
      probabilities: /clap\.probabilities=(.*)/.exec(frame)?.[1]?.split(' ').map(Number) ?? [],
    }));

describeBuilt('clap', ['openvino'], () => {
  let made: Awaited<ReturnType<typeof makeTexts>>;
  let texts: string;
  let hear: (options?: string, source?: string) => Promise<string>;
  beforeAll(async () => {
    made = await makeTexts();
    texts = await made.make('clap', 'sounds', SOUNDS);
    hear = (options = '', source = TONE_THEN_NOISE) =>
      printed(source, `clap=model=${tiny.clap}:texts=${texts}:confidence=0${options}`, { kind: 'a' });
  });
  afterAll(() => made.remove());

  test('writes what it hears into the metadata of a frame for each window, the last one short', async () => {
    await expect(rounded(await hear(':temperature=4'))).toMatchFileSnapshot('expected/clap-labels.txt');
  });

  test('windows may overlap, or leave something out', async () => {
    const starts = async (options: string) =>
      windowsOf(await hear(options)).map(({ start, duration }) => [start, duration]);
    expect(await starts(':hop=1')).toEqual([
      [0, 2],
      [1, 2],
      [2, 2],
      [3, 2],
      [4, 1.1],
    ]);
    expect(await starts(':window=1:hop=2')).toEqual([
      [0, 1],
      [2, 1],
      [4, 1],
    ]);
    expect(await starts(':window=1.7')).toEqual([
      [0, 1.7],
      [1.7, 1.7],
      [3.4, 1.7],
    ]);
  });

  test.each([16000, 44100, 192000])('times of day are kept at %i Hz', async (rate) => {
    // Among the filters: what reads an input counts its times from 0.
    const filters = `asetpts=PTS+1700000000.25/TB,clap=model=${tiny.clap}:texts=${texts}`;
    const heard = await printed(`anoisesrc=r=${rate}:d=3:a=0.5:s=7`, filters, { kind: 'a' });
    expect(windowsOf(heard).map(({ start }) => start)).toEqual([1700000000.25, 1700000002.25]);
  });

  test('a moment that is left at the end is heard with what was before it', async () => {
    const source = 'anoisesrc=r=16000:d=2.1:a=0.5:s=7';
    const [, moment] = windowsOf(await hear(':all=1', source));
    const [, alone] = windowsOf(await hear(':all=1', source.replace('2.1', '4.1')));
    expect(moment).toMatchObject({ start: 2, duration: 0.1, best: 'noise' });
    expect(alone).toMatchObject({ start: 2, duration: 2 });
  });

  test('stereo is the mean of its channels, whatever the format: not 3 dB louder', async () => {
    // The filter hands on what it heard.
    const level = async (source: string) => {
      const heard = await hear(
        ',astats=metadata=1:measure_perchannel=none:measure_overall=RMS_level',
        source,
      );
      return Number(/Overall\.RMS_level=(.*)/.exec(heard)?.[1]);
    };
    const noise = 'anoisesrc=r=48000:d=1:a=0.5:s=7';
    const mono = await level(`${noise},aformat=sample_fmts=flt`);
    for (const format of ['fltp', 's32', 'dbl'])
      expect(await level(`${noise},pan=stereo|c0=c0|c1=c0,aformat=sample_fmts=${format}`)).toBeCloseTo(
        mono,
        2,
      );
    expect(await level(`${noise},pan=5.1|c0=c0|c1=c0|c2=c0|c3=c0|c4=c0|c5=c0`)).toBeCloseTo(mono, 2);
    expect(await level(`${noise},pan=stereo|c0=c0|c1=0*c0`)).toBeCloseTo(mono - 6.02, 1);
  });

  test('a short gap is heard as silence, at a long one windows begin anew', async () => {
    const gap = (seconds: number) =>
      hear('', `anoisesrc=r=16000:d=3:a=0.5:s=7,asetnsamples=1600,asetpts='PTS+gte(T,0.95)*${seconds}/TB'`);
    expect(windowsOf(await gap(0.3)).map(({ start, duration }) => [start, duration])).toEqual([
      [0, 2],
      [2, 1.3],
    ]);
    expect(windowsOf(await gap(5)).map(({ start, duration }) => [start, duration])).toEqual([
      [0, 1],
      [6, 2],
    ]);
  });

  test('times that jitter by less than a packet leave no gap', async () => {
    const source = "anoisesrc=r=16000:d=3:a=0.5:s=7,asetnsamples=1600,asetpts='PTS+mod(N/1600,3)*0.02/TB'";
    expect(windowsOf(await hear('', source)).map(({ start, duration }) => [start, duration])).toEqual([
      [0, 2],
      [2, 1],
    ]);
  });

  describeBuilt('with LibTorch', ['openvino', 'torch'], () => {
    test('both runtimes hear the same', async () => {
      const openvino = windowsOf(await hear(':all=1'));
      const torch = windowsOf(
        await printed(TONE_THEN_NOISE, `clap=model=${torchTower}:texts=${texts}:all=1:confidence=0`, {
          kind: 'a',
        }),
      );
      expect(torch.map(({ start }) => start)).toEqual([0, 2, 4]);
      for (const [w, { probabilities }] of openvino.entries())
        for (const [i, p] of probabilities.entries()) expect(torch[w]?.probabilities[i]).toBeCloseTo(p, 4);
    });
  });

  test('tells by the name of the option what is wrong', async () => {
    const failing = async (options: string) => {
      const args = ['-f', 'lavfi', '-i', 'anoisesrc=d=1', '-af', `clap=${options}`, '-f', 'null', '-'];
      const { code, stderr } = await run(args);
      expect(code).not.toBe(0);
      return stderr;
    };
    expect(await failing(`texts=${texts}`)).toContain('option model must be set');
    expect(await failing(`model=${tiny.clap}:texts=${texts}:window=3`)).toContain('option window');
    expect(await failing(`model=${tiny.clap}:texts=${texts}:window=0.00001`)).toContain('option window');
    expect(await failing(`model=${tiny.clap}:texts=${texts}:hop=0.00001`)).toContain('option hop');
    const colours = await made.make('clip', 'colours', ['red', 'blue']);
    expect(await failing(`model=${tiny.clap}:texts=${colours}`)).toContain('is for pictures');
    expect(await failing(`model=${tiny.clip}:texts=${texts}`)).toContain('option model');
  });
});
