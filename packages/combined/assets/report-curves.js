// @ts-check
// Measurements over time, drawn by uPlot along the same axis as the lanes.

const CURVE_HEIGHT = 84;
/** Room for the numbers beside a curve: `--gutter` of the style. */
const NUMBERS_PIXELS = 44;

/** @param {HTMLElement} tracks */
function buildCurves(tracks) {
  if (data.curves.length === 0) return;
  const block = make('div', { class: 'group' }, make('h3', { class: 'group-title' }, 'Measured'));
  const charts = data.curves.map((curve) => {
    const track = make('div', { class: 'track', role: 'img', 'aria-label': curve.summary });
    const title = make('div', { class: 'row-title' }, make('bdi', {}, curve.title), ' ');
    title.append(make('small', {}, make('bdi', {}, curve.unit)));
    block.append(make('div', { class: 'row curve' }, title, track));
    whenPointed(track, (seconds) => {
      const value = isUnread(seconds) ? undefined : valueAt(curve, seconds);
      return value === undefined ? [] : [[`${curve.title} ${value}, ${clock(seconds)}`]];
    });
    return { curve, track };
  });
  tracks.querySelector('.cursor')?.before(block);
  const plots = charts.map(({ curve, track }) => ({ track, plot: plotOf(curve, track) }));
  painters.push(() => {
    for (const { track, plot } of plots) {
      plot.setSize({ width: track.clientWidth + NUMBERS_PIXELS, height: CURVE_HEIGHT });
      // Draws anew, also in other colours.
      plot.setScale('x', { min: state.view.from, max: state.view.to });
    }
  });
}

/** @param {PageData['curves'][number]} curve @param {HTMLElement} track */
function plotOf({ times, values }, track) {
  /** @type {uPlot.Axis} */
  const numbers = {
    size: NUMBERS_PIXELS,
    splits: (_plot, _axis, least, most) => roundValues(least, most),
    gap: 6,
    font: labelFont(),
    stroke: () => styleColour('--quiet'),
    grid: { stroke: () => styleColour('--line'), width: 1 },
    ticks: { show: false },
  };
  return new uPlot(
    {
      width: Math.max(1, track.clientWidth) + NUMBERS_PIXELS,
      height: CURVE_HEIGHT,
      padding: [8, 0, 8, 0],
      legend: { show: false },
      cursor: { show: false },
      scales: { x: { time: false, auto: false, min: state.view.from, max: state.view.to } },
      axes: [{ show: false }, numbers],
      series: [{}, { stroke: () => styleColour('--accent'), width: 1.5, points: { show: false } }],
    },
    [[...times], [...values]],
    track,
  );
}

/** Two to five round values between two others: with fewer a curve tells no size. @param {number} least @param {number} most */
function roundValues(least, most) {
  const wide = most - least;
  if (!(wide > 0)) return [least];
  const power = 10 ** Math.floor(Math.log10(wide));
  const step =
    [5, 2, 1, 0.5, 0.2]
      .map((part) => part * power)
      .find((size) => multiplesOf(size, least, most).length >= 2) ?? power / 10;
  return multiplesOf(step, least, most);
}

/** @param {number} size @param {number} least @param {number} most */
function multiplesOf(size, least, most) {
  const first = Math.ceil(least / size);
  return Array.from(
    { length: Math.max(0, Math.floor(most / size) - first + 1) },
    (_, i) => (first + i) * size,
  );
}

/** The value nearest to a time; none well before the first or after the last. @param {PageData['curves'][number]} curve @param {number} seconds */
function valueAt({ times, values, unit }, seconds) {
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const usual = times.length > 1 ? (last - first) / (times.length - 1) : 0;
  if (seconds < first - 2 * usual || seconds > last + 2 * usual) return undefined;
  let [low, high] = [0, times.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) < seconds) low = middle + 1;
    else high = middle;
  }
  const isBeforeNearer = low > 0 && seconds - (times[low - 1] ?? 0) < (times[low] ?? 0) - seconds;
  const value = values[isBeforeNearer ? low - 1 : low];
  return value === null || value === undefined ? undefined : `${value} ${unit}`;
}
