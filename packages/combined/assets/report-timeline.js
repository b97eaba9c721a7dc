// @ts-check
// The time line: an axis, a strip of shots and a lane for each unit of labels, drawn on canvases, so that a film of any
// length has as few elements as a short one.

const AXIS_HEIGHT = 26;
const PICTURE_HEIGHT = data.thumbnails.length > 0 ? 44 : 0;
const STRIP_HEIGHT = PICTURE_HEIGHT + 20;
const ROW_HEIGHT = 20;
const NARROW_ROW = 14;
/** What is not wider than that is drawn together with what is beside it. */
const THIN_PIXELS = 2;
/** Pixels between two times on the axis, at least. */
const TICK_PIXELS = 80;
const TICK_SECONDS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400];

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
  for (const group of data.groups) tracks.append(groupRows(group));
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

function positionText() {
  const shot = shotAt(state.position);
  const labels = data.groups.flatMap((group) =>
    group.lanes
      .slice(0, 1)
      .flatMap((lane) => itemsAt(lane, state.position).map((item) => nameOf(group, lane, item))),
  );
  return [
    `${clock(state.position)} of ${clock(data.durationSeconds)}`,
    shot >= 0 ? `shot ${shot + 1}` : '',
    ...labels.slice(0, 4),
  ]
    .filter(Boolean)
    .join(', ');
}

/** @param {HTMLElement} axis @param {HTMLElement} tracks */
function trackBox(axis, tracks) {
  const box = axis.getBoundingClientRect();
  return { left: box.left - tracks.getBoundingClientRect().left, width: box.width };
}

/** @param {string} title @param {HTMLElement} track */
const row = (title, track) =>
  make('div', { class: 'row' }, make('div', { class: 'row-title' }, title), track);

/** @param {LaneGroup} group */
function groupRows(group) {
  const head = make('h3', { class: 'group-title' }, make('bdi', {}, group.title), ' ');
  head.append(make('small', {}, make('bdi', {}, group.detail)));
  const block = make('div', { class: 'group' }, head);
  if (group.labels.length > 0) block.append(legend(group));
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

/** @param {LaneGroup} group @param {Lane} lane */
function laneTrack(group, lane) {
  const height = lane.rows * (group.labels.length > 0 ? ROW_HEIGHT : NARROW_ROW);
  const track = make('div', { class: 'track' });
  addCanvas(track, height, (context, width) => paintLane(context, width, height, group, lane), lane.summary);
  whenPointed(track, (seconds, fraction) => {
    const rowAt = Math.floor(fraction * lane.rows);
    const found = itemsAt(lane, seconds).filter(([, , , , itemRow]) => itemRow === rowAt);
    return found.map((item) => {
      const [start, end, , strength] = item;
      return `${nameOf(group, lane, item)} ${percent(strength)}, ${clock(start)} – ${clock(end)}`;
    });
  });
  return track;
}

function shotStrip() {
  const track = make('div', { class: 'track' });
  const kinds = new Map();
  for (const { kind } of data.shots) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  const named = [...kinds].filter(([kind]) => kind).map(([kind, count]) => `${count} by ${kind}`);
  const summary = `${data.shots.length} shots${named.length > 0 ? `, beginning ${named.join(', ')}` : ''}`;
  const strip = new Filmstrip();
  addCanvas(track, STRIP_HEIGHT, (context, width) => strip.paint(context, width), summary);
  whenPointed(track, (seconds) => {
    const shot = data.shots[shotAt(seconds)];
    return shot ? [`Shot ${shot.number}, ${clock(shot.start)} – ${clock(shot.end)} ${shot.kind}`] : [];
  });
  return track;
}

/** Pictures of the shots side by side, as many as there is room for. */
class Filmstrip {
  /** Decoded ones by place in `thumbnails`. @type {Map<number, HTMLImageElement>} */
  #images = new Map();
  #isWaiting = false;

  /** @param {CanvasRenderingContext2D} context @param {number} width */
  paint(context, width) {
    this.#pictures(context, width);
    paintShots(context, width);
  }

  /** @param {CanvasRenderingContext2D} context @param {number} width */
  #pictures(context, width) {
    const [first] = data.thumbnails;
    if (!first) return;
    const step = Math.max(8, (PICTURE_HEIGHT * first.width) / first.height);
    let place = -1;
    for (let x = 0; x < width; x += step) {
      const shot = shotAt(timeAt((x + step / 2) / width));
      while ((data.thumbnails[place + 1]?.shot ?? Number.POSITIVE_INFINITY) <= shot) place++;
      const image = place >= 0 ? this.#image(place) : undefined;
      // A picture that is damaged stays away.
      if (image?.complete && image.naturalWidth > 0) context.drawImage(image, x, 0, step - 1, PICTURE_HEIGHT);
    }
  }

  /** @param {number} place */
  #image(place) {
    const known = this.#images.get(place);
    if (known) return known;
    // Some hundred are as many as a wide screen shows; the oldest go.
    if (this.#images.size > 300) this.#images.delete(this.#images.keys().next().value ?? 0);
    const image = new Image();
    image.src = thumbnailSource(place);
    this.#images.set(place, image);
    image.addEventListener('load', () => this.#repaintSoon());
    return image;
  }

  #repaintSoon() {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    requestAnimationFrame(() => {
      this.#isWaiting = false;
      paintAll();
    });
  }
}

/** @param {number} place */
const thumbnailSource = (place) => `data:image/jpeg;base64,${data.thumbnails[place]?.jpeg ?? ''}`;

/** Their lengths in two shades, with the number, and how each begins. @param {CanvasRenderingContext2D} context @param {number} width */
function paintShots(context, width) {
  const top = PICTURE_HEIGHT;
  const [even, odd, ink, accent] = ['--shot-even', '--shot-odd', '--ink', '--accent'].map(styleColour);
  context.font = labelFont();
  const last = shotAt(state.view.to);
  for (let i = Math.max(0, shotAt(state.view.from)); i <= last; i++) {
    const shot = data.shots[i];
    if (!shot) continue;
    const [x, end] = [xOf(shot.start, width), xOf(shot.end, width)];
    // Too narrow ones are one band.
    context.fillStyle = (i % 2 === 0 || end - x < 1 ? even : odd) ?? '';
    context.fillRect(x, top + 2, Math.max(1, end - x), 16);
    const isSudden = ['', 'start', 'cut', 'keyframe'].includes(shot.kind);
    if (!isSudden && end - x > 10) paintRise(context, x, top + 2, accent);
    paintText(context, isSudden ? `${shot.number}` : `${shot.number} ${shot.kind}`, x, end, top + 10, ink);
  }
}

/** Marks a shot that comes up gradually, by a fade or dissolve. */
function paintRise(
  /** @type {CanvasRenderingContext2D} */ context,
  /** @type {number} */ x,
  /** @type {number} */ top,
  /** @type {string | undefined} */ colour,
) {
  context.fillStyle = colour ?? '';
  context.beginPath();
  context.moveTo(x - 4, top + 16);
  context.lineTo(x + 4, top + 16);
  context.lineTo(x + 4, top + 10);
  context.fill();
}

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
  for (const [item, x, right] of visibleParts(lane, width)) {
    const [, , label, strength, rowAt] = item;
    const [top, wide] = [rowAt * rowHeight + 1, Math.max(THIN_PIXELS, right - x - 1)];
    context.fillStyle = isNamed ? labelColour(label) : (plain ?? '');
    context.globalAlpha = 0.18 + 0.3 * clamp(strength, 0, 1);
    context.fillRect(x, top, wide, rowHeight - 2);
    context.globalAlpha = 1;
    context.fillRect(x, top + rowHeight - 5, wide, 3);
    if (isNamed) paintText(context, nameOf(group, lane, item), x, right, top + (rowHeight - 4) / 2, ink);
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
    const text = step < 1 ? clock(i * step) : clock(i * step).replace(/\.\d$/, '');
    const { width: wide } = context.measureText(text);
    context.fillStyle = ink ?? '';
    context.fillText(text, clamp(x - wide / 2, 0, width - wide), 2);
  }
}

const labelFont = () => `11px ${getComputedStyle(document.body).fontFamily}`;

/** @param {number} seconds @param {number} width */
const xOf = (seconds, width) =>
  ((seconds - state.view.from) / (state.view.to - state.view.from || 1)) * width;

/** @param {number} fraction */
const timeAt = (fraction) => state.view.from + fraction * (state.view.to - state.view.from);

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

/** Tells what is under the pointer. @param {HTMLElement} track @param {(seconds: number, fraction: number) => string[]} tell */
function whenPointed(track, tell) {
  track.addEventListener('pointermove', (event) => {
    const box = track.getBoundingClientRect();
    const tip = byId('tip');
    const tracks = byId('tracks')?.getBoundingClientRect();
    if (!tip || !tracks) return;
    const seconds = timeAt((event.clientX - box.left) / box.width);
    const lines = tell(seconds, (event.clientY - box.top) / box.height);
    tip.hidden = lines.length === 0;
    tip.replaceChildren(...lines.slice(0, 4).map((line) => make('div', { dir: 'auto' }, line)));
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
