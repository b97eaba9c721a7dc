// @ts-check
// What all parts of the page share: the data, the time where the player is, and the part of the film that is shown.

/** @typedef {import('../src/report/page-data.js').PageData} PageData */
/** @typedef {import('../src/report/page-data.js').LaneGroup} LaneGroup */
/** @typedef {import('../src/report/page-data.js').Lane} Lane */
/** @typedef {import('../src/report/page-data.js').LaneItem} LaneItem */

/** @type {PageData} */
const data = JSON.parse(document.getElementById('data')?.textContent ?? '');

/** Okabe and Ito's colours, which people with any kind of colour vision tell apart; further labels are grey. */
const LABEL_COLOURS = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00', '#b8a800'];
const OTHER_COLOUR = '#8a8f98';

const SHORTEST_VIEW = Math.min(1, data.durationSeconds);

const state = {
  /** Seconds. */
  position: 0,
  /** What the time line shows. */
  view: { from: 0, to: data.durationSeconds },
  /** @type {HTMLMediaElement | null} */
  player: null,
  /** Where the player has the film's begin: some count from there, others on the film's own clock. */
  playerBegin: 0,
};

/** @type {{ position: (() => void)[], view: (() => void)[], paper: ((isPaper: boolean) => void)[] }} */
const watchers = { position: [], view: [], paper: [] };

/** Goes to a time, and takes the player along. @param {number} seconds */
function goTo(seconds) {
  setPosition(seconds);
  takePlayer();
}

/** Takes the player to the position. */
function takePlayer() {
  if (state.player) state.player.currentTime = state.playerBegin + state.position;
}

/** @param {number} seconds */
function setPosition(seconds) {
  state.position = clamp(seconds, 0, data.durationSeconds);
  const { from, to } = state.view;
  if (state.position < from || state.position > to) showAround(state.position, to - from);
  for (const watcher of watchers.position) watcher();
}

/** Shows so many seconds around a time. @param {number} middle @param {number} length */
function showAround(middle, length) {
  const long = clamp(length, SHORTEST_VIEW, data.durationSeconds);
  const from = clamp(middle - long / 2, 0, data.durationSeconds - long);
  state.view = { from, to: from + long };
  for (const watcher of watchers.view) watcher();
}

/** @param {number} factor */
const zoom = (factor) => showAround(state.position, (state.view.to - state.view.from) * factor);

/** Whether the film broke off before that. @param {number} seconds */
const isUnread = (seconds) => data.readSeconds < data.durationSeconds && seconds > data.readSeconds;

/** Number of the shot that is shown at a time; -1 before the first. @param {number} seconds */
function shotAt(seconds) {
  let [low, high] = [0, data.shots.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((data.shots[middle]?.start ?? 0) <= seconds + ROUNDING_SECONDS) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Lanes have thousandths of a second, and buttons lead to times as they are. */
const ROUNDING_SECONDS = 1e-3;

/** What holds at a time; what does not last, as a cut, at its own time alone. @param {Lane} lane @param {number} seconds */
function itemsAt(lane, seconds) {
  const time = seconds + ROUNDING_SECONDS;
  return lane.items.filter(
    ([start, end]) => start <= time && (time < end || seconds <= start + ROUNDING_SECONDS),
  );
}

/** What lasts for less than a reach and lies within it, the nearest first. @param {Lane} lane @param {number} seconds @param {number} reach */
const thinItemsNear = (lane, seconds, reach) =>
  lane.items
    .filter(([start, end]) => end - start < reach && Math.abs(start - seconds) < reach)
    .toSorted(([first], [second]) => Math.abs(first - seconds) - Math.abs(second - seconds));

/**
 * What holds at a time, with its lane: of labels that answer one question, the strongest of the finest lane that tells of that time.
 * @param {LaneGroup} group
 * @param {number} seconds
 * @returns {{ lane: Lane, item: LaneItem }[]}
 */
function holdingAt(group, seconds) {
  const found = group.lanes.map((lane) => itemsAt(lane, seconds).map((item) => ({ lane, item })));
  if (!group.oneLeads) return found.flat();
  const finest = found.findLast((items) => items.length > 0) ?? [];
  return finest.toSorted((a, b) => b.item[3] - a.item[3]).slice(0, 1);
}

/** @param {LaneGroup} group @param {Lane} lane @param {LaneItem} item */
const nameOf = (group, lane, [, , label]) => group.labels[label]?.label ?? lane.title;

/** @param {number} label */
const labelColour = (label) => LABEL_COLOURS[label] ?? OTHER_COLOUR;

/** @param {number} share */
const percent = (share) => `${Math.round(share * 100)} %`;

/** As the report writes times. @param {number} seconds */
function clock(seconds) {
  const tenths = Math.round(Math.max(0, seconds) * 10);
  const whole = Math.floor(tenths / 10);
  const two = (/** @type {number} */ value) => String(value).padStart(2, '0');
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}.${tenths % 10}`;
}

/** As the report writes lengths, but for a tenth where there is none, since they stand below each other. @param {number} seconds */
function lengthOf(seconds) {
  if (seconds < 0.1) return `${Number(seconds.toFixed(3))} s`;
  if (Number(seconds.toFixed(1)) < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round(whole / 60);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** @param {number} value @param {number} least @param {number} most */
const clamp = (value, least, most) => Math.min(most, Math.max(least, value));

/**
 * Makes an element. Text goes in as text: nothing of the data is ever read as markup.
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, string>} attributes
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** A text from outside that keeps to its place in a line, as the report has it: only what is long is broken within a word. @param {string} text */
const isolated = (text) => make('bdi', /\S{25}/.test(text) ? { class: 'long' } : {}, text);

/** @param {string} id */
const byId = (id) => document.getElementById(id);

/** A colour of the style, as it is in light or dark. @param {string} name */
function styleColour(name) {
  const probe = make('span');
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/** @param {number} seconds @param {string} about */
const jumpButton = (seconds, about = '') =>
  make(
    'button',
    {
      type: 'button',
      class: 'jump',
      'data-time': String(seconds),
      'aria-label': `Go to ${clock(seconds)}${about && `: ${about}`}`,
    },
    clock(seconds),
  );
