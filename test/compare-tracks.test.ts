import { expect, test } from 'vitest';
// @ts-expect-error the script is plain JavaScript, so that a fresh clone can run it
import { compareTracks } from '../scripts/compare-tracks.mjs';
// @ts-expect-error the same
import { boxOf, FPS, MOVING } from '../scripts/render-film.mjs';

type Box = [number, number, number, number];
interface Thing {
  readonly label: string;
}
const { seconds, things } = MOVING as { seconds: number; things: Thing[] };
const frames = Array.from({ length: seconds * FPS }, (_, i) => i);

/** The tracks of one who saw everything; `idOf` names the track of a thing in a frame. */
const linesOf = (idOf: (thing: number, frame: number) => number) =>
  frames.flatMap((frame) =>
    things.map((thing, i) => {
      const [left, top, right, bottom] = boxOf(thing, frame / FPS) as Box;
      return [frame + 1, idOf(i, frame), left, top, right - left, bottom - top, 0.9, -1, -1, -1].join(',');
    }),
  );
const segmentsOf = (labels: readonly string[]) =>
  labels.map((label, i) => ({ trackId: i + 1, label, timestamp: 0, durationSeconds: seconds }));
const truth = things.map(({ label }) => label);
const rightOf = (lines: readonly string[], labels: readonly string[]) =>
  compareTracks([MOVING], `${lines.join('\n')}\n`, segmentsOf(labels)).map(
    ({ isRight }: { isRight: boolean }) => isRight,
  );

test('a thing that one track follows and that has its label is right', () => {
  expect(
    rightOf(
      linesOf((thing) => thing + 1),
      truth,
    ),
  ).toEqual(things.map(() => true));
});

test.each([
  ['another label', linesOf((thing) => thing + 1), ['a blue circle', ...truth.slice(1)]],
  ['a track that begins late', linesOf((thing, frame) => (thing === 0 && frame < 20 ? 9 : thing + 1)), truth],
  [
    'a track that changes on the way',
    linesOf((thing, frame) => (thing === 0 && frame > 40 ? 9 : thing + 1)),
    truth,
  ],
  ['no box in its place', linesOf((thing) => thing + 1).filter((_, i) => i % things.length !== 0), truth],
])('%s is wrong, of that thing alone', (_, lines, labels) => {
  expect(rightOf(lines, labels)).toEqual([false, ...things.slice(1).map(() => true)]);
});
