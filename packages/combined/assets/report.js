// @ts-check
// Puts the page together: the player, the buttons, light and dark, printing.

function playOrPause() {
  const { player } = state;
  if (!player) return;
  // A film that cannot be played says so by its `error` event.
  if (player.paused) player.play().catch(() => {});
  else player.pause();
}

function watchPlayer() {
  const player = byId('player');
  const play = byId('play');
  if (!(player instanceof HTMLMediaElement) || !play) return;
  // Players count in millionths: what a difference has beyond would lie before a part that begins just there.
  const tellPosition = () => setPosition(Number((player.currentTime - state.playerBegin).toFixed(6)));
  const follow = () => {
    tellPosition();
    if (!player.paused && !player.ended) requestAnimationFrame(follow);
  };
  const tell = () => {
    play.textContent = player.paused ? 'Play' : 'Pause';
  };
  player.addEventListener('loadedmetadata', () => {
    state.player = player;
    state.playerBegin = player.currentTime;
    play.hidden = false;
    setFault(false);
    if (state.position > 0) takePlayer();
  });
  player.addEventListener('play', follow);
  player.addEventListener('seeking', tellPosition);
  player.addEventListener('timeupdate', tellPosition);
  player.addEventListener('play', tell);
  player.addEventListener('pause', tell);
  player.addEventListener('error', () => {
    state.player = null;
    play.hidden = true;
    setFault(true);
  });
  play.addEventListener('click', playOrPause);
  watchFile(player);
  // It may have failed before this script ran.
  if (player.error) setFault(true);
  else if (player.readyState >= HTMLMediaElement.HAVE_METADATA)
    player.dispatchEvent(new Event('loadedmetadata'));
}

/** @param {boolean} isThere */
function setFault(isThere) {
  const fault = byId('player-fault');
  if (fault) fault.hidden = !isThere;
}

/** Takes a film that the user chooses, where it has moved. @param {HTMLMediaElement} player */
function watchFile(player) {
  const input = byId('player-file');
  let address = '';
  input?.addEventListener('change', () => {
    const file = input instanceof HTMLInputElement ? input.files?.[0] : undefined;
    if (!file) return;
    if (address) URL.revokeObjectURL(address);
    address = URL.createObjectURL(file);
    player.src = address;
  });
}

/** Every button with a time takes the player there. */
function watchJumps() {
  document.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest('button[data-time]') : null;
    const seconds = Number(button?.getAttribute('data-time') ?? Number.NaN);
    if (Number.isFinite(seconds)) goTo(seconds);
  });
}

function watchTheme() {
  const button = byId('theme');
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const root = document.documentElement;
  const isDark = () => (root.dataset['theme'] ? root.dataset['theme'] === 'dark' : dark.matches);
  const tell = () => {
    if (button) button.textContent = isDark() ? 'Light' : 'Dark';
    button?.setAttribute('aria-label', isDark() ? 'Use light colours' : 'Use dark colours');
    paintAll();
  };
  button?.addEventListener('click', () => {
    root.dataset['theme'] = isDark() ? 'light' : 'dark';
    tell();
  });
  dark.addEventListener('change', tell);
  tell();
}

/** Paper is light and narrower than a screen, and has all that there is; what is drawn is drawn for it. */
function watchPrint() {
  const root = document.documentElement;
  let theme = '';
  let { view } = state;
  /** @type {Element[]} */
  let opened = [];
  window.addEventListener('beforeprint', () => {
    theme = root.dataset['theme'] ?? '';
    root.dataset['theme'] = 'light';
    root.classList.add('printing');
    opened = [...document.querySelectorAll('details.reasons-more:not([open])')];
    for (const details of opened) details.setAttribute('open', '');
    for (const watcher of watchers.paper) watcher(true);
    ({ view } = state);
    state.view = { from: 0, to: data.durationSeconds };
    paintAll();
  });
  window.addEventListener('afterprint', () => {
    root.classList.remove('printing');
    for (const details of opened) details.removeAttribute('open');
    for (const watcher of watchers.paper) watcher(false);
    state.view = view;
    if (theme) root.dataset['theme'] = theme;
    else delete root.dataset['theme'];
    paintAll();
  });
}

/** @param {string} id @param {(host: HTMLElement) => void} build */
function fill(id, build) {
  const host = byId(id);
  if (host) build(host);
}

function start() {
  const tracks = byId('tracks');
  if (tracks) {
    buildTimeline(tracks);
    buildCurves(tracks);
    watchPointer(tracks);
    byId('zoom-in')?.addEventListener('click', () => zoom(0.5));
    byId('zoom-out')?.addEventListener('click', () => zoom(2));
    byId('zoom-all')?.addEventListener('click', () => showAround(0, data.durationSeconds));
  }
  const [now, time] = ['now', 'time'].map(byId);
  if (now) buildNow(now);
  fill('shot-list', buildShots);
  fill('shot-table', buildShotTable);
  fill('lane-table', buildLaneTable);
  fill('event-list', buildEvents);
  watchers.position.push(() => {
    if (time) time.textContent = clock(state.position);
  });
  watchJumps();
  watchTheme();
  watchPrint();
  watchPlayer();
  setPosition(0);
}

start();
