// @ts-check
// The time line: an axis, a strip of shots and a lane for each unit of labels, drawn on canvases, so that a film of any
// length has as few elements as a short one.

const AXIS_HEIGHT = 26;
const ROW_HEIGHT = 20;
const NARROW_ROW = 14;
/** Of what is told under the pointer. */
const MOST_LINES = 4;
/** What is drawn, each anew when the view, the width or the colours change. @type {(() => void)[]} */
const painters = [];

/** Built where there is a film of any length. @param {HTMLElement} tracks */
function buildTimeline(tracks) {
  const axis = make('div', {
    id: 'axis',
    class: 'track axis',
    role: 'slider',
    tabindex: '0',
    'aria-label': 'Position in the film',
    'aria-describedby': 'timeline-help',
    'aria-valuemin': '0',
    'aria-valuemax': data.durationSeconds.toFixed(1),
  });
  addCanvas(axis, AXIS_HEIGHT, paintAxis);
  tracks.append(row('', axis));
  if (data.shots.length > 0) tracks.append(row('Shots', shotStrip()));
  if (data.groups.some(({ oneLeads }) => oneLeads))
    tracks.append(
      legendCaption(
        'Percentages: how much of the time each label leads, by segments where there are any, else by shot, else by window.',
      ),
    );
  for (const group of data.groups) tracks.append(groupRows(group));
  if (data.readSeconds < data.durationSeconds) shadeUnread(tracks, axis);
  const cursor = make('div', { class: 'cursor', 'aria-hidden': 'true' });
  tracks.append(cursor, make('div', { class: 'tip', id: 'tip', 'aria-hidden': 'true', hidden: '' }));

  const place = () => {
    const { from, to } = state.view;
    const { left, width } = trackBox(axis, tracks);
    cursor.style.transform = `translateX(${left + (width * (state.position - from)) / (to - from || 1)}px)`;
    axis.setAttribute('aria-valuenow', state.position.toFixed(1));
    axis.setAttribute('aria-valuetext', positionText());
  };
  watchers.position.push(place);
  watchers.view.push(paintAll, place);
  new ResizeObserver(() => {
    paintAll();
    place();
  }).observe(tracks);
  axis.addEventListener('keydown', moveByKey);
}

/** Shades what was not read, through all lanes. @param {HTMLElement} tracks @param {HTMLElement} axis */
function shadeUnread(tracks, axis) {
  const shade = make('div', { class: 'unread', role: 'note' }, 'not read');
  tracks.append(shade);
  painters.push(() => {
    const { left, width } = trackBox(axis, tracks);
    const from = clamp(xOf(data.readSeconds, width), 0, width);
    shade.style.left = `${left + from}px`;
    shade.style.width = `${width - from}px`;
  });
}

function positionText() {
  const shot = shotAt(state.position);
  const labels = data.groups
    .filter((group) => group.labels.length > 0)
    .flatMap((group) => holdingAt(group, state.position).map(({ lane, item }) => nameOf(group, lane, item)));
  return [
    `${clock(state.position)} of ${clock(data.durationSeconds)}`,
    isUnread(state.position) ? 'not read' : shot >= 0 ? `shot ${shot + 1}` : '',
    ...labels.slice(0, 4),
  ]
    .filter(Boolean)
    .join(', ');
}

/** @param {HTMLElement} axis @param {HTMLElement} tracks */
function trackBox(axis, tracks) {
  const box = axis.getBoundingClientRect();
  return { left: box.left - tracks.getBoundingClientRect().left - tracks.clientLeft, width: box.width };
}

/** @param {string} title @param {HTMLElement} track */
const row = (title, track) =>
  make('div', { class: 'row' }, make('div', { class: 'row-title' }, title), track);

/** @param {LaneGroup} group */
function groupRows(group) {
  const head = make('h3', { class: 'group-title' }, make('bdi', {}, group.title), ' ');
  if (group.detail) head.append(make('small', {}, make('bdi', {}, group.detail)));
  if (group.origin) head.title = group.origin;
  const block = make('div', { class: 'group' }, head);
  if (group.labels.length > 0) block.append(legend(group));
  if (group.labels.length > 0 && !group.oneLeads)
    block.append(legendCaption('Percentages: of the time that all are followed, added up.'));
  for (const lane of group.lanes) block.append(row(lane.title, laneTrack(group, lane)));
  return block;
}

/** @param {LaneGroup} group */
function legend({ labels }) {
  const list = make('ul', { class: 'legend' });
  for (const [i, { label, share }] of labels.slice(0, LABEL_COLOURS.length).entries()) {
    const swatch = make('span', { class: 'swatch', 'aria-hidden': 'true' });
    swatch.style.background = labelColour(i);
    list.append(make('li', {}, swatch, make('bdi', {}, label), make('small', {}, ` ${percent(share)}`)));
  }
  const others = labels.length - LABEL_COLOURS.length;
  if (others > 0) {
    const swatch = make('span', { class: 'swatch', 'aria-hidden': 'true' });
    swatch.style.background = OTHER_COLOUR;
    list.append(make('li', {}, swatch, others === 1 ? '1 more label' : `${others} more labels`));
  }
  return list;
}

/** @param {string} text */
const legendCaption = (text) => make('p', { class: 'legend-caption' }, make('small', {}, text));

/** @param {LaneGroup} group @param {Lane} lane */
function laneTrack(group, lane) {
  const height = lane.rows * (group.labels.length > 0 ? ROW_HEIGHT : NARROW_ROW);
  const track = make('div', { class: 'track' });
  addCanvas(track, height, (context, width) => paintLane(context, width, height, group, lane), lane.summary);
  whenPointed(track, (seconds, fraction, reach) => {
    const rowAt = Math.floor(fraction * lane.rows);
    const inRow = (/** @type {LaneItem} */ [, , , , itemRow]) => itemRow === rowAt;
    const holding = itemsAt(lane, seconds).filter(inRow);
    // What is drawn wider than it is has to be found where it is drawn.
    const found = holding.length > 0 ? holding : thinItemsNear(lane, seconds, reach).filter(inRow);
    return found.map((item) => {
      const [start, end, , strength] = item;
      const name = isolated(nameOf(group, lane, item));
      return [name, ` ${percent(strength)}, ${clock(start)} – ${clock(end)}`];
    });
  });
  return track;
}

/**
 * @param {HTMLElement} track
 * @param {number} height
 * @param {(context: CanvasRenderingContext2D, width: number) => void} paint
 * @param {string} [summary] - what the drawing says, for who does not see it; without one it says nothing of its own
 */
function addCanvas(track, height, paint, summary) {
  const canvas = make('canvas', summary ? { role: 'img', 'aria-label': summary } : { 'aria-hidden': 'true' });
  canvas.style.height = `${height}px`;
  track.append(canvas);
  painters.push(() => {
    const width = track.clientWidth;
    const scale = window.devicePixelRatio || 1;
    [canvas.width, canvas.height] = [Math.round(width * scale), Math.round(height * scale)];
    const context = canvas.getContext('2d');
    if (!context || width === 0) return;
    context.scale(scale, scale);
    paint(context, width);
  });
}

function paintAll() {
  for (const paint of painters) paint();
}

/**
 * Tells what is under the pointer.
 * @param {HTMLElement} track
 * @param {(seconds: number, fraction: number, reach: number) => (string | Node)[][]} tell - `reach`: how long what is thin seems to last
 */
function whenPointed(track, tell) {
  track.addEventListener('pointermove', (event) => {
    const box = track.getBoundingClientRect();
    const tip = byId('tip');
    const tracks = byId('tracks')?.getBoundingClientRect();
    if (!tip || !tracks) return;
    const seconds = timeAt((event.clientX - box.left) / box.width);
    const reach = (THIN_PIXELS / box.width) * (state.view.to - state.view.from);
    const lines = tell(seconds, (event.clientY - box.top) / box.height, reach);
    tip.hidden = lines.length === 0;
    tip.replaceChildren(...first(lines, MOST_LINES).map((line) => make('div', {}, ...[line].flat())));
    const left = clamp(event.clientX - tracks.left + 12, 0, Math.max(0, tracks.width - tip.offsetWidth));
    tip.style.transform = `translate(${left}px, ${box.bottom - tracks.top + 4}px)`;
  });
  track.addEventListener('pointerleave', () => {
    const tip = byId('tip');
    if (tip) tip.hidden = true;
  });
}

/** Goes to where the pointer is pressed, and follows it while it is held. @param {HTMLElement} tracks */
function watchPointer(tracks) {
  let isHeld = false;
  const follow = (/** @type {PointerEvent} */ event) => {
    const box = byId('axis')?.getBoundingClientRect();
    if (box && box.width > 0) goTo(timeAt(clamp((event.clientX - box.left) / box.width, 0, 1)));
  };
  tracks.addEventListener('pointerdown', (event) => {
    const isTrack = event.target instanceof Element && event.target.closest('.track');
    if (!isTrack || event.button !== 0) return;
    isHeld = true;
    follow(event);
    byId('axis')?.focus({ preventScroll: true });
  });
  // The focus would go to what is pressed, which takes no keys.
  tracks.addEventListener('mousedown', (event) => {
    if (isHeld) event.preventDefault();
  });
  window.addEventListener('pointermove', (event) => {
    if (isHeld) follow(event);
  });
  for (const end of ['pointerup', 'pointercancel'])
    window.addEventListener(end, () => {
      isHeld = false;
    });
}

/** @param {KeyboardEvent} event */
function moveByKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const step = event.shiftKey ? 10 : 1;
  const shot = shotAt(state.position);
  /** @type {Record<string, () => void>} */
  const moves = {
    ArrowLeft: () => goTo(state.position - step),
    ArrowDown: () => goTo(state.position - step),
    ArrowRight: () => goTo(state.position + step),
    ArrowUp: () => goTo(state.position + step),
    PageUp: () => goTo(data.shots[Math.max(0, shot - 1)]?.start ?? 0),
    PageDown: () => goTo(data.shots[shot + 1]?.start ?? data.durationSeconds),
    Home: () => goTo(0),
    End: () => goTo(data.durationSeconds),
    ' ': playOrPause,
    '+': () => zoom(0.5),
    '=': () => zoom(0.5),
    '-': () => zoom(2),
  };
  const move = Object.hasOwn(moves, event.key) ? moves[event.key] : undefined;
  if (!move) return;
  event.preventDefault();
  move();
}
