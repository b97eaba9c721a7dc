// @ts-check
// The strip of shots: their pictures, their lengths, and how each begins.

const PICTURE_HEIGHT = data.thumbnails.length > 0 ? 44 : 0;
const STRIP_HEIGHT = PICTURE_HEIGHT + 20;
/** How wide the strip is on paper. */
const PAPER_PIXELS = 506;

function shotStrip() {
  const track = make('div', { class: 'track' });
  const kinds = new Map();
  for (const { kind } of data.shots) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  const named = [...kinds].filter(([kind]) => kind).map(([kind, count]) => `${count} by ${kind}`);
  const count = `${data.shots.length} ${data.shots.length === 1 ? 'shot' : 'shots'}`;
  const summary = `${count}${named.length > 0 ? `, beginning ${named.join(', ')}` : ''}`;
  const strip = new Filmstrip();
  addCanvas(track, STRIP_HEIGHT, (context, width) => strip.paint(context, width), summary);
  whenPointed(track, (seconds) => {
    const shot = data.shots[shotAt(seconds)];
    return shot && !isUnread(seconds)
      ? [[`Shot ${shot.number}, ${clock(shot.start)} – ${clock(shot.end)} ${shot.kind}`]]
      : [];
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
    // A picture that is damaged stays away.
    for (const [x, image] of this.#imagesAcross(width, step))
      if (image.complete && image.naturalWidth > 0) context.drawImage(image, x, 0, step - 1, PICTURE_HEIGHT);
    this.#imagesAcross(PAPER_PIXELS, step); // a printer waits for none
    // The last may reach beyond what was read.
    if (isUnread(state.view.to)) context.clearRect(xOf(data.readSeconds, width), 0, width, PICTURE_HEIGHT);
  }

  /** @param {number} width @param {number} step @returns {[x: number, image: HTMLImageElement][]} */
  #imagesAcross(width, step) {
    /** @type {[number, HTMLImageElement][]} */
    const found = [];
    let place = -1;
    for (let x = 0; x < width; x += step) {
      const seconds = timeAt((x + step / 2) / width);
      if (isUnread(seconds)) break;
      const shot = shotAt(seconds);
      while ((data.thumbnails[place + 1]?.shot ?? Number.POSITIVE_INFINITY) <= shot) place++;
      // Not each shot has one: that of an earlier shot stands for none that it is not beside.
      const end = data.shots[data.thumbnails[place]?.shot ?? -1]?.end ?? 0;
      if (place >= 0 && end > timeAt(x / width)) found.push([x, this.#image(place)]);
    }
    return found;
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
    const text = isSudden ? `${shot.number}` : `${shot.number} ${shot.kind}`;
    paintText(context, text, x, Math.min(width, end), top + 10, ink);
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
