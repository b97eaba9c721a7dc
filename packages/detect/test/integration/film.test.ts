import { join } from 'node:path';
import { type Detection, type Detections, through } from '@deepffmpeg/core';
import { decode } from '@deepffmpeg/ffmpeg-filters';
import { describeWithFfmpeg, describeWithShared, makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { expect, test } from 'vitest';
import { createObjectDetector, createTracker, openDetector } from '../../src/index.js';

/** What is found and followed in a film, without the frames. */
async function followIn(film: string, modelFolder: string): Promise<Omit<Detections, 'frame'>[]> {
  const model = await openDetector(modelFolder, {
    head: 'yolox',
    confidence: 0.1,
    cacheFolder: await makeTemporaryFolder(),
  });
  try {
    const frames = decode(film, { frames: { sample: 'all' } });
    const found: Omit<Detections, 'frame'>[] = [];
    for await (const { frame: _, ...detections } of through(
      frames,
      createObjectDetector({ model }),
      createTracker(),
    ))
      found.push(detections);
    return found;
  } finally {
    await model.close();
  }
}

/** The objects of each track, in order of time. */
function tracksOf(all: readonly Omit<Detections, 'frame'>[]): Detection[][] {
  const tracks = new Map<number | undefined, Detection[]>();
  for (const object of all.flatMap(({ objects }) => objects)) {
    const { trackId } = object.region;
    tracks.set(trackId, [...(tracks.get(trackId) ?? []), object]);
  }
  return [...tracks.values()];
}

const middleOf = ({ region }: Detection) => region.y + region.height / 2;

describeWithShared('objects of real pictures and video are followed', (shared) => {
  const model = join(shared, 'models/yolox-nano');

  describeWithFfmpeg('in films panned over a photograph', (media) => {
    const pan = (name: string, photo: string, crop: string) =>
      media.make(
        name,
        ...['-loop', '1', '-framerate', '12.5', '-i', join(shared, 'media/images', photo)],
        ...['-t', '4', '-vf', `crop=${crop}`, '-c:v', 'mjpeg', '-q:v', '2'],
      );

    test('two dogs, of which one goes out of the picture in part, keep an id each', async () => {
      const found = await followIn(await pan('dogs.avi', 'dogs.jpg', '480:420:40*t:0'), model);
      expect(found).toHaveLength(50);
      const dogs = tracksOf(found).filter(([first]) => first?.label === 'dog');
      expect(dogs.map((track) => track.length)).toEqual([50, 50]);
      for (const track of dogs) {
        // The window moves by 160 pixels; a box that is cut off at its edge moves by less.
        const moved = track.at(-1)!.region.x - track[0]!.region.x; // 50 objects
        expect(moved).toBeGreaterThan(-175);
        expect(moved).toBeLessThan(-90);
      }
    });

    test('a cat keeps its id', async () => {
      const found = await followIn(await pan('cat.avi', 'cat.jpg', '600:560:180+25*t:10*t'), model);
      const cats = tracksOf(found).filter(([first]) => first?.label === 'cat');
      expect(cats).toHaveLength(1);
      expect(cats[0]?.length).toBeGreaterThan(40);
    });
  });

  // Seen from above, this model takes cars for cell phones, suitcases and buses, and changes its mind on the way.
  describeWithFfmpeg('on a road', () => {
    test('cars move evenly one way, and nothing else is there for long', async () => {
      const found = await followIn(join(shared, 'media/car-detection.mp4'), model);
      for (const { objects } of found)
        expect(new Set(objects.map(({ region }) => region.trackId)).size).toBe(objects.length);
      const between16and17 = found.filter(({ timestamp }) => timestamp > 16 && timestamp < 17); // two cars pass each other
      expect(between16and17).toHaveLength(12);
      for (const { objects } of between16and17) expect(objects.length).toBeGreaterThanOrEqual(2);
      const tracks = tracksOf(found);
      const long = tracks.filter((track) => track.length >= 12);
      expect(tracks.length).toBeLessThan(12);
      expect(long.length).toBeGreaterThanOrEqual(4);
      for (const track of long) {
        const middles = track.map(middleOf);
        const steps = middles.slice(1).map((middle, i) => middle - middles[i]!); // one fewer than middles
        const direction = Math.sign(middles.at(-1)! - middles[0]!); // at least 12
        expect(Math.abs(middles.at(-1)! - middles[0]!)).toBeGreaterThan(80);
        for (const step of steps) {
          expect(step * direction).toBeGreaterThan(-2);
          expect(Math.abs(step)).toBeLessThan(40);
        }
      }
    });
  });
});
