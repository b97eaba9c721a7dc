// Compares tracks with the things that were drawn: whether each was followed from its first moment to its last by one track, and what it was taken for.
import { boxOf, FPS } from './render-film.mjs';

/** A track may begin a little late, and end early: its first and last frame of a scene are not asked about. */
const MARGIN_SECONDS = 0.3;

/**
 * Tells of each thing of each scene what was seen there.
 *
 * @param tracks - text in MOTChallenge's form: frame (from 1), track, left, top, width, height, ...
 * @param segments - those of the classified objects, each of a track.
 */
export function compareTracks(scenes, tracks, segments) {
  const boxes = tracks
    .trim()
    .split('\n')
    .map((line) => line.split(',').map(Number));
  const rows = [];
  let from = 0;
  for (const { seconds, things } of scenes) {
    const to = from + seconds;
    for (const thing of things) {
      const idAt = (time) => trackOf(boxes, Math.round((from + time) * FPS) + 1, boxOf(thing, time));
      const [first, middle, last] = [MARGIN_SECONDS, seconds / 2, seconds - MARGIN_SECONDS].map(idAt);
      const found = segments.find((each) => each.trackId === middle && isAt(each, (from + to) / 2))?.label;
      const isFollowed = middle !== undefined && first === middle && last === middle;
      const isRight = isFollowed && found === thing.label;
      const seen =
        found === undefined
          ? 'seen nothing'
          : `followed ${found}, ${isFollowed ? `track ${middle}` : 'by several tracks'}`;
      rows.push({
        from,
        isRight,
        text: `${isRight ? 'right' : 'WRONG'}  ${from} to ${to} s: drawn ${thing.label}, ${seen}`,
      });
    }
    from = to;
  }
  return rows;
}

const isAt = ({ timestamp, durationSeconds }, time) =>
  timestamp <= time && time < timestamp + durationSeconds;

/** The track whose box in a frame shares at least half with this one. */
function trackOf(boxes, frame, box) {
  return boxes.find(
    ([number, , left, top, width, height]) =>
      number === frame && shared([left, top, left + width, top + height], box) > 0.5,
  )?.[1];
}

/** Of the area of both, what both have. */
function shared(a, b) {
  const side = (axis) => Math.max(0, Math.min(a[axis + 2], b[axis + 2]) - Math.max(a[axis], b[axis]));
  const area = ([left, top, right, bottom]) => (right - left) * (bottom - top);
  const common = side(0) * side(1);
  return common / (area(a) + area(b) - common);
}
