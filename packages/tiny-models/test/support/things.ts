import { COLOURS, type Colour, SHAPES } from './pictures.js';
import { type Box, sceneOf } from './tiny-detector.js';

type Inside = (x: number, y: number) => boolean;

/** Shapes of about radius 1 around the origin: whether a point lies inside. */
const FORMS: Readonly<Record<string, Inside>> = {
  ...SHAPES,
  rectangle: (x, y) => Math.abs(x) < 1 && Math.abs(y) < 0.5,
  cross: (x, y) => Math.max(Math.abs(x), Math.abs(y)) < 1 && Math.min(Math.abs(x), Math.abs(y)) < 0.3,
  ring: (x, y) => Math.hypot(x, y) < 1 && Math.hypot(x, y) > 0.6,
};

export interface Thing {
  readonly form: string;
  readonly colour: string;
  /** Pixels. */
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/** Things on a ground, later ones in front. */
export function sceneWith(
  things: readonly Thing[],
  groundAt: (x: number, y: number) => Colour,
): Float32Array {
  return sceneOf((x, y) => {
    const shown = things.findLast((thing) =>
      FORMS[thing.form]!((x + 0.5 - thing.x) / thing.radius, (y + 0.5 - thing.y) / thing.radius),
    );
    return shown ? COLOURS[shown.colour]! : groundAt(x, y);
  });
}

/** What a thing fills. */
export function boxOf({ form, x, y, radius }: Thing): Box {
  const steps = Array.from({ length: 101 }, (_, i) => (i - 50) / 50);
  const inside = steps.flatMap((dy) =>
    steps.filter((dx) => FORMS[form]!(dx, dy)).map((dx) => [dx, dy] as const),
  );
  const across = inside.map(([dx]) => x + dx * radius);
  const down = inside.map(([, dy]) => y + dy * radius);
  return [Math.min(...across), Math.min(...down), Math.max(...across), Math.max(...down)];
}

/** A yellow disc with eyes and a mouth, as emoji have it. */
export const smileyAt = (centreX: number, centreY: number, radius: number) =>
  sceneOf((px, py): Colour => {
    const [x, y] = [(px - centreX) / radius, (py - centreY) / radius];
    if (Math.hypot(x, y) > 1) return [120, 160, 200];
    const isEye = Math.hypot((Math.abs(x) - 0.36) / 0.13, (y + 0.25) / 0.2) < 1;
    const isMouth = y > 0.12 && Math.hypot(x / 0.6, (y - 0.12) / 0.5) < 1;
    return isEye || isMouth ? [90, 50, 20] : [255, 205, 50];
  });
