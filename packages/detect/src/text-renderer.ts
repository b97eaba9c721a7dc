import { createRequire } from 'node:module';
import type { Mask } from './canvas.js';
import { MaskCache } from './mask-cache.js';
import { ELLIPSIS, plainText } from './plain-text.js';

/** A film's labels and all probabilities of two digits fit many times over. */
const CACHE_BYTES = 8 << 20;
/** Stands before each text: it is as high as any letter, and shows where the base line is once the text has been cut to its ink. */
const STRUT = '|';
/** From left to right as a whole, whatever the text itself is. */
const [LEFT_TO_RIGHT, ISOLATE, END_ISOLATE] = ['\u200e', '\u2066', '\u2069'];
/** Pixels: Cairo, which draws the text, fails beyond. */
const MAX_WIDTH = 32_767;
/** In font sizes, with room to spare: DejaVu's widest letters and pictograms take about one. */
const MAX_CHARACTER_WIDTH = 2;

/** Renders words in one size of DejaVu Sans Bold, which comes along; for what it lacks, in the system's fonts. Words are cached. */
export class TextRenderer {
  /** Pixels from one line to the next. */
  readonly lineHeight: number;
  readonly #fontSize: number;
  /** So many characters are sure to fit into one drawing. A letter may be made of any number of them, as families of pictograms are. */
  readonly #maxLength: number;
  readonly #fontFile: string;
  readonly #cache = new MaskCache(CACHE_BYTES);

  /** @param fontSize - pixels. */
  constructor(fontSize: number) {
    this.#fontSize = fontSize;
    this.#maxLength = Math.floor(MAX_WIDTH / (MAX_CHARACTER_WIDTH * fontSize));
    this.lineHeight = Math.round(fontSize * 1.25);
    const require = createRequire(import.meta.url);
    this.#fontFile = require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf');
  }

  /** One line of text, `lineHeight` high; nothing for one that shows nothing. If it is wider than `maxWidth` pixels, or longer than can be drawn, its end gives way to an ellipsis. */
  async render(text: string, maxWidth = Number.POSITIVE_INFINITY): Promise<Mask | undefined> {
    const line = plainText(text);
    if (line === '' || maxWidth < 1) return undefined;
    if (line.length <= this.#maxLength) {
      const whole = await this.#renderLine(line);
      if (whole.width <= maxWidth) return whole.width === 0 ? undefined : whole;
    }
    const letters = [...new Intl.Segmenter().segment(line)]
      .filter(({ index, segment }) => index + segment.length <= this.#maxLength)
      .map(({ segment }) => segment);
    let best: Mask | undefined;
    for (let [fits, tooMany] = [-1, letters.length + 1]; tooMany - fits > 1; ) {
      const count = Math.floor((fits + tooMany) / 2);
      const cut = await this.#renderLine(letters.slice(0, count).join('').trimEnd() + ELLIPSIS);
      if (cut.width <= maxWidth) [fits, best] = [count, cut];
      else tooMany = count;
    }
    return best;
  }

  async #renderLine(line: string): Promise<Mask> {
    const known = this.#cache.get(line);
    if (known !== undefined) return known;
    const { default: sharp } = await import('sharp'); // a native library, which detection alone does not need
    const markup = line.replace(/[&<>]/g, (character) => ENTITIES[character]!); // those three
    const { data, info } = await sharp({
      text: {
        text: `${LEFT_TO_RIGHT}${STRUT}\u00a0${ISOLATE}${markup}${END_ISOLATE}`,
        font: `DejaVu Sans Bold ${this.#fontSize}px`,
        fontfile: this.#fontFile,
      },
    })
      .extractChannel(0)
      .raw()
      .toBuffer({ resolveWithObject: true });
    const mask = cutStrut({ width: info.width, height: info.height, data }, this.lineHeight);
    this.#cache.set(line, mask);
    return mask;
  }
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** What stands behind the strut, without white space around it, in a line whose middle is that of the strut. */
function cutStrut(mask: Mask, lineHeight: number): Mask {
  const inked = (x: number, y: number) => mask.data[y * mask.width + x]! > 0; // within the mask
  const rows = Array.from({ length: mask.height }, (_, y) => y);
  const columns = Array.from({ length: mask.width }, (_, x) => rows.some((y) => inked(x, y)));
  const strutEnd = columns.indexOf(false);
  const left = strutEnd < 0 ? mask.width : columns.indexOf(true, strutEnd);
  if (left < 0 || left >= mask.width) return { width: 0, height: lineHeight, data: new Uint8Array(0) };
  const width = columns.lastIndexOf(true) + 1 - left;
  const strutRows = rows.filter((y) => inked(Math.floor(strutEnd / 2), y));
  const middle = (strutRows[0]! + strutRows.at(-1)!) / 2; // the strut has ink
  const top = Math.round(middle - (lineHeight - 1) / 2);
  const data = new Uint8Array(width * lineHeight);
  for (const y of rows.slice(Math.max(0, top), top + lineHeight)) {
    const start = y * mask.width + left;
    data.set(mask.data.subarray(start, start + width), (y - top) * width);
  }
  return { width, height: lineHeight, data };
}
