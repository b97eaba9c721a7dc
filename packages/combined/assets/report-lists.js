// @ts-check
// What holds now, and the lists of shots and events, a page of each at a time.

const SHOTS_A_PAGE = 24;
const ROWS_A_PAGE = 25;
/** Pieces of one unit that are named at once. */
const MOST_NAMED = 3;
/** Labels under the picture of a shot; the table has all. */
const MOST_CHIPS = 3;

/** Tells what holds at the position, at most some times a second. @param {HTMLElement} list */
function buildNow(list) {
  let last = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let later;
  const tell = () => {
    last = performance.now();
    later = undefined;
    const time = byId('now-time');
    if (time) time.textContent = clock(state.position);
    const known = facts();
    list.replaceChildren(
      ...(known.length > 0 ? known : [nothing]).map(([name, value]) =>
        make('div', {}, make('dt', {}, isolated(name)), make('dd', {}, ...value)),
      ),
    );
  };
  watchers.position.push(() => {
    later ??= setTimeout(tell, Math.max(0, 120 - (performance.now() - last)));
  });
  tell();
}

/** @typedef {[name: string, value: (string | Node)[]]} Fact */

/** @type {Fact} */
const nothing = ['Nothing', ['is known of this time']];

/** @returns {Fact[]} */
function facts() {
  const { position } = state;
  if (isUnread(position)) return [['Not read', [`the film broke off at ${clock(data.readSeconds)}`]]];
  const shot = data.shots[shotAt(position)];
  /** @type {Fact[]} */
  const found = shot ? [['Shot', [`${shot.number} of ${data.shots.length}, ${kindText(shot)}`]]] : [];
  for (const group of data.groups) {
    const names = holdingAt(group, position).map(({ lane, item }) =>
      make(
        'span',
        {},
        isolated(nameOf(group, lane, item)),
        group.labels.length > 0 ? ` ${percent(item[3])}` : '',
      ),
    );
    const named = first(names, MOST_NAMED).flatMap((name, i) => (i > 0 ? [', ', name] : [name]));
    if (named.length > 0) found.push([group.title, named]);
  }
  for (const curve of data.curves) {
    const value = valueAt(curve, position);
    if (value !== undefined) found.push([curve.title, [value]]);
  }
  return found;
}

/**
 * The first of some texts, and how many there are besides.
 * @template Text
 * @param {Text[]} texts
 * @param {number} most
 * @returns {(Text | string)[]}
 */
const first = (texts, most) =>
  texts.length > most ? [...texts.slice(0, most), `${texts.length - most} more`] : texts;

/** @param {PageData['shots'][number]} shot */
const kindText = ({ start, end, kind }) =>
  `${lengthOf(end - start)}${['', 'start'].includes(kind) ? '' : `, ${kind}`}`;

/** @param {HTMLElement} host */
function buildShots(host) {
  const pictures = new Map(data.thumbnails.map(({ shot }, place) => [shot, place]));
  paged(host, data.shots.length, SHOTS_A_PAGE, 'Shots', (from, to) => {
    const list = make('ol', { class: 'shots', start: String(from + 1) });
    for (const [i, shot] of data.shots.slice(from, to).entries())
      list.append(make('li', {}, shotButton(shot, pictures.get(from + i))));
    return list;
  });
}

/** @param {PageData['shots'][number]} shot @param {number | undefined} picture */
function shotButton(shot, picture) {
  const button = make('button', { type: 'button', class: 'shot', 'data-time': String(shot.start) });
  const thumbnail = picture === undefined ? undefined : data.thumbnails[picture];
  if (thumbnail && picture !== undefined)
    button.append(
      make('img', {
        alt: '',
        width: String(thumbnail.width),
        height: String(thumbnail.height),
        src: thumbnailSource(picture),
      }),
    );
  else if (data.thumbnails.length > 0) button.append(make('span', { class: 'no-picture' }));
  button.append(
    make('span', { class: 'shot-line' }, make('b', {}, `Shot ${shot.number}`), ` ${clock(shot.start)}`),
    make('span', { class: 'shot-line quiet' }, kindText(shot)),
  );
  for (const text of labelsOf(shot).slice(0, MOST_CHIPS))
    button.append(make('span', { class: 'chip', dir: 'auto' }, text));
  return button;
}

/** The best label of each unit in a shot, where there is such a lane. @param {PageData['shots'][number]} shot */
const labelsOf = (shot) =>
  data.groups.flatMap((group) => {
    const lane = group.lanes.find(({ title }) => title.startsWith('By shot'));
    const item = lane?.items.find(([start, end]) => start <= shot.start + 1e-3 && shot.start + 1e-3 < end);
    return lane && item ? [`${group.title}: ${nameOf(group, lane, item)}`] : [];
  });

/** The shots in words, with the best label of each unit. @param {HTMLElement} host */
function buildShotTable(host) {
  pagedTable(
    host,
    'Shots in a table',
    ['Shot', 'From', 'Length', 'Begins by', 'Labels'],
    data.shots,
    (shot) => [
      String(shot.number),
      jumpButton(shot.start, `shot ${shot.number}`),
      lengthOf(shot.end - shot.start),
      shot.kind,
      labelsOf(shot).join(', '),
    ],
  );
}

/** What the lanes of labels and objects draw, in words. @param {HTMLElement} host */
function buildLaneTable(host) {
  const parts = data.groups
    .filter(({ labels }) => labels.length > 0)
    .flatMap((group) => group.lanes.flatMap((lane) => lane.items.map((item) => ({ group, lane, item }))));
  pagedTable(
    host,
    'Labels over time',
    ['From', 'Label', 'Of', 'Length', 'Strength'],
    parts,
    ({ group, lane, item }) => {
      const [start, end, , strength] = item;
      const name = nameOf(group, lane, item);
      return [
        jumpButton(start, name),
        name,
        `${group.title}, ${lane.title}`,
        lengthOf(end - start),
        percent(strength),
      ];
    },
  );
}

/** @param {HTMLElement} host */
function buildEvents(host) {
  const caption = 'Technical events and moments of sound';
  pagedTable(
    host,
    caption,
    ['From', 'Event', 'Length', 'Measured'],
    data.events,
    ({ start, end, kind, detail }) => [
      jumpButton(start, kind),
      kind,
      end > start ? lengthOf(end - start) : '',
      detail,
    ],
  );
}

/**
 * @template Row
 * @param {HTMLElement} host
 * @param {string} caption
 * @param {string[]} heads
 * @param {readonly Row[]} rows
 * @param {(row: Row) => (string | Node)[]} cellsOf
 */
function pagedTable(host, caption, heads, rows, cellsOf) {
  paged(host, rows.length, ROWS_A_PAGE, caption, (from, to) => {
    const body = make('tbody');
    for (const row of rows.slice(from, to))
      body.append(
        make(
          'tr',
          {},
          ...cellsOf(row).map((cell) => make('td', {}, typeof cell === 'string' ? isolated(cell) : cell)),
        ),
      );
    const head = make('tr', {}, ...heads.map((name) => make('th', { scope: 'col' }, name)));
    const table = make(
      'table',
      { class: 'list' },
      make('caption', {}, caption),
      make('thead', {}, head),
      body,
    );
    return make('div', { class: 'scroll', role: 'region', tabindex: '0', 'aria-label': caption }, table);
  });
}

/**
 * Shows some of a list at a time, so that the page stays small; on paper all of it.
 * @param {HTMLElement} host
 * @param {number} count
 * @param {number} size
 * @param {string} name
 * @param {(from: number, to: number) => HTMLElement} render
 */
function paged(host, count, size, name, render) {
  if (count === 0) return;
  let from = 0;
  const place = make('output', { class: 'quiet' });
  const back = make('button', { type: 'button', 'aria-label': `${name}: earlier ones` }, 'Earlier');
  const on = make('button', { type: 'button', 'aria-label': `${name}: later ones` }, 'Later');
  const content = make('div');
  const show = () => {
    const to = Math.min(count, from + size);
    content.replaceChildren(render(from, to));
    place.textContent = `${from + 1} to ${to} of ${count}`;
    [back.disabled, on.disabled] = [from === 0, to === count];
  };
  /** Goes on from the other button where one has nothing more to do: without it the keyboard's place would be lost. */
  const keepFocus = () => {
    if (back.disabled) on.focus();
    else if (on.disabled) back.focus();
  };
  back.addEventListener('click', () => {
    from = Math.max(0, from - size);
    show();
    keepFocus();
  });
  on.addEventListener('click', () => {
    from += size;
    show();
    keepFocus();
  });
  host.append(content);
  show();
  if (count <= size) return;
  host.append(make('div', { class: 'pager' }, back, place, on));
  watchers.paper.push((isPaper) => {
    if (!isPaper) show();
    else if (!host.closest('details:not([open])')) content.replaceChildren(render(0, count));
  });
}
