// @ts-check
// What is drawn on the canvases of the time line: lanes and their axis.

/** What is not wider than that is drawn together with what is beside it. */
const THIN_PIXELS = 2;
/** Pixels between two times on the axis, at least. */
const TICK_PIXELS = 80;
const TICK_SECONDS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400];

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} width
 * @param {number} height
 * @param {LaneGroup} group
 * @param {Lane} lane
 */
function paintLane(context, width, height, group, lane) {
  const rowHeight = height / lane.rows;
  const [ink, plain] = ['--ink', '--accent'].map(styleColour);
  const isNamed = group.labels.length > 0;
  context.font = labelFont();
  const parts = visibleParts(lane, width);
  const covered = coveredItems(parts);
  for (const [item, x, right] of parts) {
    const [, , label, strength, rowAt] = item;
    const [top, wide] = [rowAt * rowHeight + 1, Math.max(THIN_PIXELS, right - x - 1)];
    context.fillStyle = isNamed ? labelColour(label) : (plain ?? '');
    context.globalAlpha = 0.18 + 0.3 * clamp(strength, 0, 1);
    context.fillRect(x, top, wide, rowHeight - 2);
    context.globalAlpha = 1;
    context.fillRect(x, top + rowHeight - 5, wide, 3);
    if (isNamed && !covered.has(item))
      paintText(context, nameOf(group, lane, item), x, right, top + (rowHeight - 4) / 2, ink);
  }
}

/**
 * The parts of a lane within the view and where they are drawn. Of those that are too thin to be seen side by side, the label that holds
 * for the most of their common time stands for all.
 * @param {Lane} lane
 * @param {number} width
 * @returns {[item: LaneItem, left: number, right: number][]}
 */
function visibleParts(lane, width) {
  const { from, to } = state.view;
  /** @type {[LaneItem, number, number][]} */
  const parts = [];
  /** By column and row: seconds of each label, and its last part. @type {Map<number, Map<number, [seconds: number, item: LaneItem]>>} */
  const thin = new Map();
  for (const item of lane.items) {
    const [start, end, label, , rowAt] = item;
    if (end < from || start > to) continue;
    const [x, right] = [xOf(start, width), xOf(end, width)];
    if (right - x >= THIN_PIXELS) {
      parts.push([item, Math.max(-2, x), Math.min(width + 2, right)]);
      continue;
    }
    const key = Math.floor(x / THIN_PIXELS) * lane.rows + rowAt;
    const labels = thin.get(key) ?? new Map();
    thin.set(key, labels.set(label, [(labels.get(label)?.[0] ?? 0) + end - start, item]));
  }
  for (const [key, labels] of thin) {
    const [, item] = [...labels.values()].reduce((most, next) => (next[0] > most[0] ? next : most));
    const x = Math.floor(key / lane.rows) * THIN_PIXELS;
    parts.push([item, x, x + THIN_PIXELS]);
  }
  return parts;
}

/** Those that lie over each other in one row, where there was no room: so would their names. @param {[item: LaneItem, left: number, right: number][]} parts */
function coveredItems(parts) {
  /** @type {Set<LaneItem>} */
  const covered = new Set();
  /** The farthest part of each row. @type {Map<number, { item: LaneItem, right: number }>} */
  const farthest = new Map();
  for (const [item, left, right] of parts) {
    if (right - left <= THIN_PIXELS) continue;
    const before = farthest.get(item[4]);
    if (before && left < before.right - THIN_PIXELS) covered.add(before.item).add(item);
    if (!before || right > before.right) farthest.set(item[4], { item, right });
  }
  return covered;
}

/** Only where it fits: a name that is cut off reads like another. */
function paintText(
  /** @type {CanvasRenderingContext2D} */ context,
  /** @type {string} */ text,
  /** @type {number} */ left,
  /** @type {number} */ right,
  /** @type {number} */ middle,
  /** @type {string | undefined} */ ink,
) {
  const room = right - Math.max(0, left) - 8;
  if (room < 8 || context.measureText(text).width > room) return;
  context.fillStyle = ink ?? '';
  context.textBaseline = 'middle';
  context.fillText(text, Math.max(0, left) + 4, middle);
}

/** @param {CanvasRenderingContext2D} context @param {number} width */
function paintAxis(context, width) {
  const { from, to } = state.view;
  const fits = (/** @type {number} */ step) => (width * step) / (to - from || 1) >= TICK_PIXELS;
  const step = TICK_SECONDS.find(fits) ?? 28_800;
  const [line, ink] = ['--line', '--quiet'].map(styleColour);
  context.font = labelFont();
  context.textBaseline = 'top';
  for (let i = Math.ceil(from / step); i * step <= to; i++) {
    const x = Math.round(xOf(i * step, width)) + 0.5;
    context.fillStyle = line ?? '';
    context.fillRect(x, AXIS_HEIGHT - 8, 1, 8);
    const text = tickText(i * step, step);
    const { width: wide } = context.measureText(text);
    context.fillStyle = ink ?? '';
    context.fillText(text, clamp(x - wide / 2, 0, width - wide), 2);
  }
}

/** With tenths where ticks are closer than a second, beyond an hour, too: times elsewhere have none there, and ten ticks would read alike. */
function tickText(/** @type {number} */ seconds, /** @type {number} */ step) {
  const tenths = Math.round(seconds * 10);
  const whole = clock(Math.floor(tenths / 10)).replace(/\.\d$/, '');
  return step < 1 ? `${whole}.${tenths % 10}` : whole;
}

const labelFont = () => `11px ${getComputedStyle(document.body).fontFamily}`;

/** @param {number} seconds @param {number} width */
const xOf = (seconds, width) =>
  ((seconds - state.view.from) / (state.view.to - state.view.from || 1)) * width;

/** @param {number} fraction */
const timeAt = (fraction) => state.view.from + fraction * (state.view.to - state.view.from);
