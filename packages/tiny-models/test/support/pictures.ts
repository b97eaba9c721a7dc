import { SIZE } from './tiny-clip.js';

export type Colour = readonly [number, number, number];

/** The 11 basic colours as CSS values: what users and ffmpeg call by these names. */
export const COLOURS: Readonly<Record<string, Colour>> = {
  black: [0, 0, 0],
  white: [255, 255, 255],
  grey: [128, 128, 128],
  red: [255, 0, 0],
  orange: [255, 165, 0],
  yellow: [255, 255, 0],
  green: [0, 128, 0],
  blue: [0, 0, 255],
  purple: [128, 0, 128],
  pink: [255, 192, 203],
  brown: [165, 42, 42],
};
export const NAMES: readonly string[] = Object.keys(COLOURS);

type Point = readonly [x: number, y: number];
type Inside = (x: number, y: number) => boolean;

/** Shapes of about radius 1 around the origin, y downwards: whether a point lies inside. */
export const SHAPES: Readonly<Record<string, Inside>> = {
  circle: (x, y) => Math.hypot(x, y) < 1,
  square: (x, y) => Math.max(Math.abs(x), Math.abs(y)) < 0.85,
  triangle: polygon([0, 1, 2].map((i) => onCircle(i / 3, 1))),
  star: polygon(Array.from({ length: 10 }, (_, i) => onCircle(i / 10, i % 2 === 0 ? 1 : 0.42))),
};

function onCircle(turn: number, radius: number): Point {
  return [radius * Math.sin(2 * Math.PI * turn), -radius * Math.cos(2 * Math.PI * turn)];
}

/** Even-odd rule. */
function polygon(corners: readonly Point[]): Inside {
  return (x, y) => {
    let inside = false;
    corners.forEach(([ax, ay], i) => {
      const [bx, by] = corners[(i + 1) % corners.length]!;
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
    });
    return inside;
  };
}

/** Model input (float32 `[3, 64, 64]`, -1 to 1) of a picture whose colour is given for each point. */
export function pictureOf(colourAt: (x: number, y: number) => Colour): Float32Array {
  const values = new Float32Array(3 * SIZE * SIZE);
  for (let y = 0; y < SIZE; y++) {
    for (let x = 0; x < SIZE; x++) {
      const colour = colourAt(x, y);
      for (let c = 0; c < 3; c++) values[(c * SIZE + y) * SIZE + x] = colour[c]! / 127.5 - 1;
    }
  }
  return values;
}

/** A frame of one of the named colours. */
export const flat = (name: string): Float32Array => pictureOf(() => COLOURS[name]!);

/** The same picture under noise: amplitude 1 is the whole range. Its values repeat from run to run. */
export function noisy(picture: Float32Array, amplitude: number): Float32Array {
  const random = randomNumbers(7);
  return picture.map((value) => Math.max(-1, Math.min(1, value + (random() - 0.5) * 4 * amplitude)));
}

/** A linear congruential generator (Numerical Recipes): numbers from 0 to 1, the same for the same seed. */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A shape in the middle, 4 x 4 samples a pixel. */
export function shapeOn(shape: string, colour: string, ground: string, radius = 20): Float32Array {
  const inside = SHAPES[shape]!;
  const steps = [0.125, 0.375, 0.625, 0.875];
  return pictureOf((x, y) => {
    const hits = steps.flatMap((dy) =>
      steps.filter((dx) => inside((x + dx - SIZE / 2) / radius, (y + dy - SIZE / 2) / radius)),
    );
    const share = hits.length / 16;
    const mix = (c: 0 | 1 | 2) => Math.round(COLOURS[colour]![c] * share + COLOURS[ground]![c] * (1 - share));
    return [mix(0), mix(1), mix(2)];
  });
}
