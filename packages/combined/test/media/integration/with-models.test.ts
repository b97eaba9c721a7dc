import { join } from 'node:path';
import { openClap, soundSharePrompts } from '@deepffmpeg/clap';
import { openClip } from '@deepffmpeg/clip';
import { makeLabels } from '@deepffmpeg/core';
import { openDetector } from '@deepffmpeg/detect';
import { encodeLabels } from '@deepffmpeg/models';
import { analyseTechnical } from '@deepffmpeg/technical';
import { describeWithFfmpeg, describeWithShared } from '@deepffmpeg/test-kit';
import { tinyClapFolder, tinyClipFolder } from '@deepffmpeg/tiny-models';
import { expect, test } from 'vitest';
import { analyseMedia } from '../../../src/index.js';

const lavfi = (graph: string) => ['-f', 'lavfi', '-i', graph];

async function openTiny() {
  const [clip, clap] = await Promise.all([openClip(tinyClipFolder), openClap(tinyClapFolder)]);
  const colours = makeLabels(['a red picture', 'a green picture', 'a blue picture'], 'colours');
  const light = makeLabels(['a dark picture', 'a bright picture'], 'light');
  const vision = {
    model: clip,
    labelSets: [await encodeLabels(clip, colours), await encodeLabels(clip, light)],
  };
  const sounds = makeLabels(['a tone', 'noise', 'silence'], 'sounds');
  const labelSets = [await encodeLabels(clap, sounds), await encodeLabels(clap, soundSharePrompts)];
  return {
    vision,
    audio: { model: clap, labelSets },
    close: () => Promise.all([clip.close(), clap.close()]),
  };
}

describeWithFfmpeg('analyseMedia with small models', (media) => {
  test('sees and hears what is there, for several label sets of each model', async () => {
    const path = await media.make(
      'film.mkv',
      ...['red', 'lime', 'blue'].flatMap((colour) => lavfi(`color=${colour}:s=320x180:r=25:d=4`)),
      ...[...lavfi('sine=f=440:d=4'), ...lavfi('anoisesrc=d=4:a=0.5'), ...lavfi('anullsrc=d=4')],
      ...[
        '-filter_complex',
        '[0:v][1:v][2:v]concat=n=3:v=1[v];[3:a][4:a][5:a]concat=n=3:v=0:a=1,atrim=end=12[a]',
      ],
      ...['-map', '[v]', '-map', '[a]', '-c:v', 'ffv1', '-c:a', 'pcm_s16le'],
    );
    const { close, ...parts } = await openTiny();
    const { timeline, segments, soundShares, parts: outcomes } = await analyseMedia(path, parts);
    await close();
    expect(outcomes.map(({ status }) => status)).toEqual(['done', 'done', 'done', 'off']);
    const best = (labelSet: string) =>
      timeline.shots.filter((each) => each.labelSet === labelSet).map(({ labels: [first] }) => first?.label);
    expect(best('colours')).toEqual(['a red picture', 'a green picture', 'a blue picture']);
    expect(best('sounds')).toEqual(['a tone', 'noise', 'silence']);
    expect(best('light')).toHaveLength(3);
    expect(segments).toContainEqual(
      expect.objectContaining({ label: 'a red picture', timestamp: 0, durationSeconds: 4 }),
    );
    expect(soundShares?.speech).toBeLessThan(0.5);
  });

  describeWithShared('and shared films', (shared) => {
    test('all parts at once', { timeout: 180_000 }, async () => {
      const path = join(shared, 'media', 'big-buck-bunny-30s.webm');
      const detector = await openDetector(join(shared, 'models', 'yolox-nano', 'yolox_nano.onnx'), {
        head: 'yolox',
      });
      const { close, ...parts } = await openTiny();
      const analysis = await analyseMedia(path, { ...parts, objects: { model: detector } });
      await Promise.all([close(), detector.close()]);
      expect(analysis.parts.map(({ status }) => status)).toEqual(['done', 'done', 'done', 'done']);
      expect(analysis.technical).toEqual(await analyseTechnical(path));
      const shots = analysis.technical?.shots ?? [];
      expect(shots.length).toBeGreaterThan(1);
      expect(analysis.thumbnails.map(({ shot }) => shot)).toEqual(shots.map(({ index }) => index));
      for (const [i, { timestamp }] of analysis.thumbnails.entries()) {
        const { timestamp: begin = 0, durationSeconds = 0 } = shots[i] ?? {};
        expect(Math.abs(timestamp - begin - durationSeconds / 2)).toBeLessThan(0.2 + durationSeconds / 8);
      }
      const windows = analysis.timeline.windows.filter(({ labelSet }) => labelSet === 'colours');
      expect(windows.map(({ timestamp }) => timestamp)).toEqual([0, 10, 20]);
      for (const { labels } of windows)
        expect(labels.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 5);
      expect(analysis.soundShares?.music).toBeGreaterThan(0.8);
      for (const { points } of analysis.curves) expect(points.length).toBeGreaterThan(50);
    });
  });
});
