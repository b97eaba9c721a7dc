import { spawnSync } from 'node:child_process';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { createStage, MediaError, parallel } from '@deepffmpeg/core';
import { findFfmpeg } from '@deepffmpeg/ffmpeg-filters';
import { analyseTechnical, createTechnicalAnalyser } from '@deepffmpeg/technical';
import { describeWithFfmpeg, type MediaFolder } from '@deepffmpeg/test-kit';
import sharp from 'sharp';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import {
  type AnalyseMediaOptions,
  analyseMedia,
  combineAnalysis,
  type MediaAnalysis,
  type PartName,
  type VisionPart,
} from '../../../src/index.js';
import { analyseMediaWith } from '../../../src/media/analyse-media.js';
import { findsColours, hearsLoudness, seesColours } from '../make-parts.js';

const lavfi = (graph: string) => ['-f', 'lavfi', '-i', graph];
const lossless = ['-c:v', 'ffv1', '-c:a', 'pcm_s16le'];

/** Red, green and blue of two seconds each, with a grid; a tone for the first half, then nothing. */
async function makeFilm(media: MediaFolder, name: string): Promise<string> {
  const colour = (value: string) => lavfi(`color=${value}:s=320x180:r=25:d=2`);
  return media.make(
    name,
    ...[...colour('0xff0000'), ...colour('0x00ff00'), ...colour('0x0000ff')],
    ...lavfi("aevalsrc='if(lt(t,3),0.5*sin(2*PI*440*t),0)':s=16000:d=6"),
    ...[
      '-filter_complex',
      '[0:v][1:v][2:v]concat=n=3:v=1,drawgrid=w=80:h=60:c=black[v]',
      '-map',
      '[v]',
      '-map',
      '3:a',
      ...lossless,
    ],
  );
}

const everything = () => ({ vision: seesColours(), audio: hearsLoudness(), objects: findsColours() });
const statuses = ({ parts }: MediaAnalysis) => parts.map(({ part, status }) => `${part} ${status}`);
const reasonOf = ({ parts }: MediaAnalysis, part: PartName) =>
  parts.find((outcome) => outcome.part === part)?.reason;
const bestIn = (intervals: MediaAnalysis['timeline']['shots'], labelSet: string) =>
  intervals
    .filter((interval) => interval.labelSet === labelSet)
    .map(({ timestamp, labels: [best] }) => [timestamp, best?.label]);

describeWithFfmpeg('analyseMedia', (media) => {
  let film = '';
  let whole: MediaAnalysis;
  beforeAll(async () => {
    film = await makeFilm(media, 'film.mkv');
    whole = await analyseMedia(film, everything());
  }, 120_000);

  /** A program that writes down how it is called, and then does what the real one does, or what `instead` says. */
  async function spyOn(
    path: string,
    name: string,
    instead = '',
  ): Promise<{ path: string; calls(): Promise<string[]> }> {
    const [spy, log] = [media.path(name), media.path(`${name}.log`)];
    await writeFile(log, '');
    await writeFile(spy, `#!/bin/sh\necho "$*" >> '${log}'\n${instead}\nexec '${path}' "$@"\n`);
    await chmod(spy, 0o755);
    return {
      path: spy,
      calls: async () => (await readFile(log, 'utf8')).split('\n').filter((line) => line !== ''),
    };
  }

  test('counts as many labels as it is told to', async () => {
    const seen = async (mostLabels: number | undefined) => {
      const options = { vision: seesColours(), technical: false, confidence: 0, mostLabels } as const;
      return (await analyseMedia(film, options)).averages.map(({ label, count }) => `${label} ${count}`);
    };
    expect(await seen(undefined)).toEqual(['red 6', 'green 6', 'blue 6']);
    expect(await seen(1)).toEqual(['red 2', 'green 2', 'blue 2']);
  });

  test('tells what is seen, heard, found and measured', async () => {
    expect(statuses(whole)).toEqual(['technical done', 'vision done', 'audio done', 'objects done']);
    expect(whole.source).toBe(film);
    expect(
      whole.averages.map(({ modality, labelSet, label, count }) => [modality, labelSet, label, count]),
    ).toEqual([
      ['vision', 'colours', 'red', 2],
      ['vision', 'colours', 'green', 2],
      ['vision', 'colours', 'blue', 2],
      ['audio', 'levels', 'sound', 3],
      ['audio', 'sound shares', 'music', 3],
      ['audio', 'levels', 'silence', 3],
      ['audio', 'sound shares', 'other', 3],
    ]);
    const red = { labelSet: 'colours', label: 'red', timestamp: 0, durationSeconds: 2 };
    expect(whole.segments).toContainEqual(expect.objectContaining(red));
    expect(whole.segments).toContainEqual(expect.objectContaining({ ...red, labelSet: 'objects' }));
    expect(whole.objects.map(({ label, frames }) => [label, frames])).toEqual([
      ['red', 2],
      ['green', 2],
      ['blue', 2],
    ]);
    expect(whole.soundShares).toMatchObject({ speechToMusic: expect.closeTo(0, 6) });
    expect(whole.soundShares?.music).toBeCloseTo(0.5, 6);
    expect(whole.partialReason).toBeUndefined();
    expect(whole.curves.map(({ name }) => name)).toEqual([
      'loudness',
      'luma',
      'saturation',
      'change',
      'edge width',
    ]);
    expect(whole.technical?.shots.map(({ timestamp }) => timestamp)).toEqual([0, 2, 4]);
  });

  test('tells what holds in each shot, and in windows', async () => {
    expect(bestIn(whole.timeline.shots, 'colours')).toEqual([
      [0, 'red'],
      [2, 'green'],
      [4, 'blue'],
    ]);
    expect(bestIn(whole.timeline.shots, 'levels').map(([, label]) => label)).toEqual([
      'sound',
      expect.anything(), // half of each
      'silence',
    ]);
    const half = whole.timeline.shots.filter(
      ({ labelSet, timestamp }) => labelSet === 'levels' && timestamp === 2,
    );
    expect(half[0]?.labels.map(({ probability }) => probability)).toEqual([
      expect.closeTo(0.5, 3),
      expect.closeTo(0.5, 3),
      expect.closeTo(0, 3),
    ]);
    const { timeline } = await analyseMedia(film, {
      vision: seesColours(),
      timelineSeconds: 4,
      hasThumbnails: false,
    });
    expect(timeline.windows.map(({ timestamp, durationSeconds }) => [timestamp, durationSeconds])).toEqual([
      [0, 4],
      [4, 2],
    ]);
    expect(Object.keys(timeline.windows[0] ?? {})).not.toContain('type');
  });

  test('shows each shot', async () => {
    expect(
      whole.thumbnails.map(({ shot, timestamp, width, height }) => [shot, timestamp, width, height]),
    ).toEqual([
      [0, 1, 320, 180],
      [1, 3, 320, 180],
      [2, 5, 320, 180],
    ]);
    for (const [i, { jpeg }] of whole.thumbnails.entries()) {
      const { channels } = await sharp(jpeg).stats();
      expect(channels.map(({ mean }) => Math.round(mean / 255))).toEqual(
        [0, 1, 2].map((c) => Number(c === i)),
      );
    }
    const without = await analyseMedia(film, { hasThumbnails: false });
    expect(without.thumbnails).toEqual([]);
  });

  test('tells technically what a technical analysis tells', async () => {
    expect(whole.technical).toEqual(await analyseTechnical(film));
    for (const technical of [
      { shotRule: 'keyframes' },
      { shotRule: 'content', sceneThreshold: 0.2 },
    ] as const) {
      const vision = seesColours(undefined, { sample: { perSecond: 5 } });
      const analysis = await analyseMedia(film, { technical, vision });
      expect(analysis.technical).toEqual(await analyseTechnical(film, technical));
      expect(new Set(analysis.timeline.shots.map(({ timestamp }) => timestamp))).toEqual(
        new Set(analysis.technical?.shots.map(({ timestamp }) => timestamp)),
      );
      expect(analysis.thumbnails).toHaveLength(analysis.technical?.shots.length ?? -1);
    }
  });

  test('decodes once, whatever is asked for', async () => {
    const found = await findFfmpeg();
    const [decoder, prober] = [
      await spyOn(found.path, 'spy-ffmpeg'),
      await spyOn(found.ffprobePath ?? '', 'spy-ffprobe'),
    ];
    const ffmpeg = { ...found, path: decoder.path, ffprobePath: prober.path };
    const progress: number[] = [];
    const onProgress = ({ timestamp }: { timestamp: number }) => progress.push(timestamp);
    expect(await analyseMedia(film, { ...everything(), ffmpeg, onProgress })).toEqual(whole);
    const opened = (calls: readonly string[]) => calls.filter((call) => call.includes(`-i file:${film}`));
    expect(opened(await decoder.calls())).toHaveLength(1);
    expect(opened(await prober.calls())).toHaveLength(2); // what it is, and its packets
    expect(Math.max(...progress)).toBeGreaterThan(5);
  });

  test('measures in haste only what conclusions rest on', async () => {
    const parts = everything();
    const hasty = await analyseMedia(film, {
      ...parts,
      technical: { isLevelsOnly: true, shotRule: 'keyframes' },
    });
    const careful = await analyseMedia(film, { ...parts, technical: { shotRule: 'keyframes' } });
    const document = (analysis: MediaAnalysis) => combineAnalysis(analysis, { inputFile: film });
    const [mine, other] = [await document(hasty), await document(careful)];
    expect(mine.document.combined_insights).toEqual(other.document.combined_insights);
    expect(mine.technical).toEqual(other.technical);
    expect(hasty.technical?.events.map(({ kind }) => kind)).toEqual(['silence']);
    expect(hasty.technical?.picture).toBeUndefined();
    expect(hasty.technical?.sound?.integratedLufs).toBeUndefined();
    expect(hasty.curves).toEqual([]);
    expect(hasty.thumbnails).toHaveLength(careful.thumbnails.length);
    // Sound that is shorter than the pictures does not tell how long the film is, nor does what a film says that breaks off.
    await media.make(
      'short.mkv',
      ...lavfi('testsrc=s=64x48:r=10:d=8'),
      ...lavfi('sine=d=3'),
      '-g',
      '10',
      ...lossless,
    );
    await media.make('mute8.mkv', '-i', '{short.mkv}', '-an', '-c:v', 'copy');
    const bytes = await readFile(media.path('mute8.mkv'));
    await writeFile(media.path('broken.mkv'), bytes.subarray(0, bytes.length / 2));
    for (const name of ['short.mkv', 'broken.mkv']) {
      const [fast, slow] = await Promise.all(
        [true, false].map(async (isLevelsOnly) => {
          const technical = { isLevelsOnly, shotRule: 'keyframes' } as const;
          const options = { vision: seesColours(), technical, onPartial: () => {} };
          return (await document(await analyseMedia(media.path(name), options))).document;
        }),
      );
      expect(fast?.combined_insights).toEqual(slow?.combined_insights);
      expect(fast?.technical_analysis.scene_analysis).toEqual(slow?.technical_analysis.scene_analysis);
    }
    // Nothing is left to decode.
    const alone = {
      technical: { isLevelsOnly: true, shotRule: 'keyframes' },
      hasThumbnails: false,
    } as const;
    await media.make('mute.mkv', '-i', film, '-an', '-c:v', 'copy');
    expect((await analyseMedia(media.path('mute.mkv'), alone)).technical?.shots.length).toBeGreaterThan(0);
  });

  test('gives the same each time', async () => {
    expect(await analyseMedia(film, everything())).toEqual(whole);
  });

  test('each part can be had alone', async () => {
    const off = { technical: false } as const;
    const vision = await analyseMedia(film, { ...off, vision: seesColours() });
    expect(statuses(vision)).toEqual(['technical off', 'vision done', 'audio off', 'objects off']);
    expect(vision.averages).toEqual(whole.averages.filter(({ modality }) => modality === 'vision'));
    expect(vision).toMatchObject({
      technical: undefined,
      curves: [],
      thumbnails: [],
      timeline: { shots: [] },
    });
    expect(vision.timeline.windows).not.toEqual([]);
    const audio = await analyseMedia(film, { ...off, audio: hearsLoudness() });
    expect(audio.averages).toEqual(whole.averages.filter(({ modality }) => modality === 'audio'));
    expect(audio.soundShares).toEqual(whole.soundShares);
    const objects = await analyseMedia(film, { ...off, objects: findsColours() });
    expect(objects.objects).toEqual(whole.objects);
    const technical = await analyseMedia(film);
    expect(technical.technical).toEqual(whole.technical);
    expect(technical.curves).toEqual(whole.curves);
  });

  test('one frame can stand for each shot', async () => {
    const analysis = await analyseMedia(film, { vision: seesColours(undefined, { sample: 'shots' }) });
    expect(analysis.averages.map(({ label, count }) => [label, count])).toEqual([
      ['red', 1],
      ['green', 1],
      ['blue', 1],
    ]);
    expect(bestIn(analysis.timeline.shots, 'colours')).toEqual(bestIn(whole.timeline.shots, 'colours'));
    const refused = { vision: seesColours(undefined, { sample: 'shots' }), technical: false } as const;
    await expect(analyseMedia(film, refused)).rejects.toMatchObject({ code: 'ERR_INVALID_OPTIONS' });
  });

  test('objects can be followed', async () => {
    const objects = findsColours(undefined, { isTracking: true, confidence: 0.6 });
    const { tracks } = await analyseMedia(film, { technical: false, objects });
    expect(tracks.map(({ label, timestamp, count }) => [label, timestamp, count])).toEqual([
      ['red', 0, 50],
      ['green', 2, 50],
      ['blue', 4, 50],
    ]);
  });

  test('what counts as an object begins a track: from the confidence of labels on, or its own', async () => {
    const follow = async (found: number, own?: number, confidence?: number) => {
      const part = findsColours(
        undefined,
        { isTracking: true, sample: { perSecond: 5 }, confidence: own },
        found,
      );
      return (await analyseMedia(film, { technical: false, objects: part, confidence })).tracks.length;
    };
    expect(await follow(0.31)).toBe(3);
    expect(await follow(0.29)).toBe(0);
    expect(await follow(0.55, undefined, 0.54)).toBe(3);
    expect(await follow(0.55, 0.54)).toBe(3);
    expect(await follow(0.55, 0.56)).toBe(0);
  });

  describe('of what an input does not have', () => {
    test('sound alone', async () => {
      const path = await media.make('sound.wav', ...lavfi('sine=d=3'));
      const analysis = await analyseMedia(path, everything());
      expect(statuses(analysis)).toEqual([
        'technical done',
        'vision missing',
        'audio done',
        'objects missing',
      ]);
      expect(reasonOf(analysis, 'vision')).toMatch(/no video/);
      expect(analysis.technical?.sound?.integratedLufs).toBeLessThan(0);
      expect(analysis.curves.map(({ name }) => name)).toEqual(['loudness']);
      expect(analysis.averages).not.toEqual([]);
    });

    test('pictures alone', async () => {
      const path = await media.make('silent.mkv', ...lavfi('testsrc=s=64x64:r=10:d=3'), '-c:v', 'ffv1');
      const analysis = await analyseMedia(path, everything());
      expect(statuses(analysis)).toEqual(['technical done', 'vision done', 'audio missing', 'objects done']);
      expect(reasonOf(analysis, 'audio')).toMatch(/no audio/);
      expect(analysis.soundShares).toBeUndefined();
      expect(analysis.thumbnails).toHaveLength(1);
      expect(analysis.technical?.sound).toBeUndefined();
    });

    test('a sound stream that is not there is told of all that was to listen to it', async () => {
      const analysis = await analyseMedia(film, { ...everything(), audioStream: 9 });
      expect(statuses(analysis)).toEqual(['technical done', 'vision done', 'audio missing', 'objects done']);
      for (const part of ['technical', 'audio'] as const)
        expect(reasonOf(analysis, part)).toMatch(/no audio stream 9: it holds video .*, audio/);
      expect(analysis.technical?.sound).toBeUndefined();
      const alone = await analyseMedia(film, { technical: { isLevelsOnly: true }, audioStream: 9 });
      expect(reasonOf(alone, 'technical')).toMatch(/^no sound was measured: .* no audio stream 9/);
      expect(reasonOf(whole, 'technical')).toBeUndefined();
    });

    test('all that was asked for is an error', async () => {
      const path = media.path('silent.mkv');
      const sound = { technical: false, audio: hearsLoudness() } as const;
      await expect(analyseMedia(path, sound)).rejects.toMatchObject({ code: 'ERR_INPUT' });
      const both = { ...sound, vision: new MediaError('ERR_MODEL_MISSING', 'there is no model') };
      await expect(analyseMedia(path, both)).rejects.toMatchObject({ code: 'ERR_INPUT' });
    });
  });

  describe('of a part that fails', () => {
    /** When some has been found already. */
    const fault = (batch: number) => {
      if (batch === 2) throw new MediaError('ERR_MODEL_OUTPUT', 'the model broke');
    };

    test.each([
      ['vision', () => ({ ...everything(), vision: seesColours(fault) })],
      ['audio', () => ({ ...everything(), audio: hearsLoudness(fault) })],
      ['objects', () => ({ ...everything(), objects: findsColours(fault) })],
    ] as const)('in mid-run the others are whole: %s', async (part, options) => {
      const analysis = await analyseMedia(film, options());
      expect(analysis.parts).toContainEqual({ part, status: 'failed', reason: 'the model broke' });
      expectWithout(analysis, part);
    });

    test.each(['vision', 'audio', 'objects'] as const)('before the others are whole: %s', async (part) => {
      const missing = new MediaError('ERR_MODEL_MISSING', 'there is no model');
      const analysis = await analyseMedia(film, { ...everything(), [part]: missing });
      expect(analysis.parts).toContainEqual({ part, status: 'failed', reason: 'there is no model' });
      expectWithout(analysis, part);
    });

    const created =
      (transform: () => never[]): typeof createTechnicalAnalyser =>
      (options) => {
        const { signal } = options;
        const broken = createStage<'measurement', never>({ accepts: ['measurement'], transform }, { signal });
        return parallel(createTechnicalAnalyser(options), broken);
      };

    test('in mid-run the others are whole: technical', async () => {
      let count = 0;
      const broken = created(() => {
        if (count++ === 1000) throw new Error('the shots are lost');
        return [];
      });
      const analysis = await analyseMediaWith(film, everything(), broken);
      expect(count).toBeGreaterThan(1000);
      expectTechnicalFailed(analysis, 'the shots are lost');
    });

    test('when packets cannot be read the others are whole', async () => {
      const found = await findFfmpeg();
      const fails = 'case "$*" in *packet*) echo broken >&2; exit 1;; esac';
      const { path } = await spyOn(found.ffprobePath ?? '', 'no-packets', fails);
      const analysis = await analyseMedia(film, { ...everything(), ffmpeg: { ...found, ffprobePath: path } });
      expectTechnicalFailed(analysis, expect.stringMatching(/broken|ffprobe/));
    });

    test('what waits for its shots fails with it', async () => {
      const broken = created(() => {
        throw new Error('the shots are lost');
      });
      const options = { ...everything(), vision: seesColours(undefined, { sample: 'shots' }) };
      const analysis = await analyseMediaWith(film, options, broken);
      expect(statuses(analysis)).toEqual(['technical failed', 'vision failed', 'audio done', 'objects done']);
      expect(reasonOf(analysis, 'vision')).toMatch(/shots are lost/);
    });

    test('the last one ends the analysis at once, with its error', async () => {
      const progress: number[] = [];
      const onProgress = ({ timestamp }: { timestamp: number }) => progress.push(timestamp);
      const long = await media.make('long.mkv', ...lavfi('testsrc=s=320x180:r=25:d=120'), '-c:v', 'mpeg4');
      const options = () => ({ technical: false as const, vision: seesColours(fault), onProgress });
      await expect(analyseMedia(long, options())).rejects.toMatchObject({ message: 'the model broke' });
      expect(Math.max(...progress)).toBeLessThan(100);
      const all = { ...options(), audio: new MediaError('ERR_MODEL_MISSING', 'there is no model') };
      await expect(analyseMedia(long, all)).rejects.toMatchObject({
        code: 'ERR_MODEL_MISSING',
        message: expect.stringMatching(/vision: the model broke; audio: there is no model/),
      });
    });

    function expectWithout(analysis: MediaAnalysis, part: 'vision' | 'audio' | 'objects') {
      const isOf = (modality: string, labelSet: string) =>
        labelSet === 'objects' ? part === 'objects' : modality === part;
      const keep = <Each extends { modality: 'vision' | 'audio'; labelSet: string }>(list: readonly Each[]) =>
        list.filter(({ modality, labelSet }) => !isOf(modality, labelSet));
      expect(analysis).toEqual({
        ...whole,
        parts: analysis.parts,
        averages: keep(whole.averages),
        segments: keep(whole.segments),
        timeline: { shots: keep(whole.timeline.shots), windows: keep(whole.timeline.windows) },
        objects: part === 'objects' ? [] : whole.objects,
        soundShares: part === 'audio' ? undefined : whole.soundShares,
      });
    }

    function expectTechnicalFailed(analysis: MediaAnalysis, reason: string) {
      expect(analysis.parts).toContainEqual({ part: 'technical', status: 'failed', reason });
      expect(analysis).toEqual({
        ...whole,
        parts: analysis.parts,
        technical: undefined,
        thumbnails: [],
        curves: [],
        timeline: { shots: [], windows: whole.timeline.windows },
      });
    }
  });

  test('nothing asked for, and settings out of range, are refused', async () => {
    const refused: [AnalyseMediaOptions, RegExp][] = [
      [{ technical: false }, /nothing is asked for/],
      [{ confidence: 2 }, /confidence/],
      [{ timelineSeconds: 0 }, /timelineSeconds/],
      [{ technical: {}, ...{ windowSeconds: 2 } }, /windowSeconds/], // that is the sound's, in `audio`
      [{ segments: { enter: 0.2, exit: 0.5 }, vision: seesColours() }, /exit/],
      [{ vision: seesColours(undefined, { labelSets: [] }) }, /vision: .* at least one label set/],
      [{ audio: hearsLoudness(undefined, { windowSeconds: -1 }) }, /windowSeconds/],
      [{ technical: { sceneThreshold: 0.3 } }, /sceneThreshold/],
      [{ technical: { ...({ detectr: 'content' } as object) } }, /technical: .*"detectr"/],
      // As plain JavaScript may.
      [{ technical: { isLevelsOnly: 'yes' as unknown as boolean } }, /technical: isLevelsOnly/],
      [{ vision: {} as VisionPart }, /vision: model: expected an opened model/],
      [
        { vision: seesColours(undefined, { ...({ windowSeconds: 1 } as object) }) },
        /vision: .*"windowSeconds"/,
      ],
      [{ audio: hearsLoudness(undefined, { ...({ sample: 'all' } as object) }) }, /audio: .*"sample"/],
      [{ objects: findsColours(undefined, { ...({ tracking: true } as object) }) }, /objects: .*"tracking"/],
    ];
    for (const [options, message] of refused)
      await expect(analyseMedia(film, options)).rejects.toMatchObject({
        code: 'ERR_INVALID_OPTIONS',
        message: expect.stringMatching(message),
      });
    await expect(analyseMedia(media.path('none.mkv'))).rejects.toMatchObject({ code: 'ERR_INPUT' });
  });

  test('an input that breaks off is told, or fails', async () => {
    const cut = media.path('cut.mkv');
    const bytes = await readFile(film);
    await writeFile(cut, bytes.subarray(0, bytes.length / 2));
    await expect(analyseMedia(cut, everything())).rejects.toMatchObject({ code: 'ERR_PARTIAL_INPUT' });
    const reasons: string[] = [];
    const analysis = await analyseMedia(cut, {
      ...everything(),
      onPartial: (reason) => reasons.push(reason),
    });
    expect(reasons).toEqual([analysis.partialReason]);
    expect(analysis.averages).not.toEqual([]);
  });

  test('a file may have any name', { timeout: 240_000 }, async () => {
    const names = ['-i .mkv', "a'b;$(x) &.mkv", '%03d [v]:,=.mkv', 'file:http:\n☃.mkv', 'concat:a|b.mkv'];
    for (const name of names) {
      const path = await makeFilm(media, name);
      const analysis = await analyseMedia(path, everything());
      expect({ ...analysis, technical: undefined }).toMatchObject({
        source: path,
        parts: whole.parts,
        timeline: whole.timeline,
      });
    }
  });

  describe('an abort', () => {
    const isLeft = (path: string) => spawnSync('pgrep', ['-f', `file:${path}`], { encoding: 'utf8' }).stdout;

    test.each([
      ['while it looks at the input', 0],
      ['while a model works', 1],
    ])('%s leaves nothing behind', async (_, batches) => {
      const path = await makeFilm(media, `abort-${batches}.mkv`);
      const controller = new AbortController();
      if (batches === 0) setTimeout(() => controller.abort(), 20);
      const stall = async (_batch: number, signal: AbortSignal | undefined) => {
        setTimeout(() => controller.abort(), 20);
        await sleep(30_000, undefined, { signal });
      };
      const running = analyseMedia(path, {
        ...everything(),
        vision: seesColours(stall),
        signal: controller.signal,
      });
      await expect(running).rejects.toMatchObject({ name: 'AbortError' });
      expect(isLeft(path)).toBe('');
    });

    test('while it looks for keyframes, which it does beside the decoding, leaves nothing behind', async () => {
      const path = await makeFilm(media, 'abort-keyframes.mkv');
      const found = await findFfmpeg();
      const decoder = await spyOn(found.path, 'watched-ffmpeg');
      const slowly = 'case "$*" in *packet=*) exec sleep 30;; esac';
      const prober = await spyOn(found.ffprobePath ?? '', 'slow-ffprobe', slowly);
      const controller = new AbortController();
      const running = analyseMedia(path, {
        ...everything(),
        technical: { isLevelsOnly: true, shotRule: 'keyframes' },
        ffmpeg: { ...found, path: decoder.path, ffprobePath: prober.path },
        signal: controller.signal,
      });
      const isDecoding = async () => expect((await decoder.calls()).join()).toContain(path);
      await vi.waitFor(isDecoding, { timeout: 20_000 });
      controller.abort();
      await expect(running).rejects.toMatchObject({ name: 'AbortError' });
      expect(isLeft(path)).toBe('');
    });

    test('before the start does nothing', async () => {
      const signal = AbortSignal.abort();
      await expect(analyseMedia(film, { ...everything(), signal })).rejects.toMatchObject({
        name: 'AbortError',
      });
    });
  });
});
