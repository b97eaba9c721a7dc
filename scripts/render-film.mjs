// Draws a film of moving shapes and hands it to ffmpeg, with a sound track if one is wanted, so that its content is
// known to the frame and to the sample.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { endianness } from 'node:os';
import { renderSound, SAMPLE_RATE } from './render-sound.mjs';

const WIDTH = 320;
const HEIGHT = 180;
export const FPS = 10;

const COLOURS = {
  red: [220, 30, 30],
  blue: [30, 60, 210],
  green: [20, 140, 50],
  yellow: [245, 225, 40],
  white: [250, 250, 250],
  black: [8, 8, 8],
  purple: [125, 35, 140],
  orange: [250, 150, 20],
};

/** Whether a point lies in the shape; x and y from its centre, in units of its size. */
const SHAPES = {
  circle: (x, y) => x * x + y * y < 1,
  square: (x, y) => Math.abs(x) < 0.85 && Math.abs(y) < 0.85,
  triangle: (x, y) => y < 0.8 && y > -0.9 && Math.abs(x) < (y + 0.9) * 0.58,
};

const thing = (colour, shape, radius, at) => ({
  label: `${/^[aeiou]/.test(colour) ? 'an' : 'a'} ${colour} ${shape}`,
  colour: COLOURS[colour],
  isInside: SHAPES[shape],
  radius,
  at,
});

/** A shape that circles slowly about the centre. */
const scene = (colour, shape, ground, seconds = 3) => {
  const shown = thing(colour, shape, HEIGHT * 0.27, (time) => [
    WIDTH / 2 + 18 * Math.cos(time * 2),
    HEIGHT / 2 + 12 * Math.sin(time * 2),
  ]);
  return {
    label: `${shown.label} on a ${ground} background`,
    seconds,
    groundAt: () => COLOURS[ground],
    things: [shown],
  };
};

/** What the film shows, one after the other; each label says what is drawn. */
export const SCENES = [
  scene('red', 'circle', 'blue'),
  scene('yellow', 'square', 'black'),
  scene('green', 'triangle', 'white'),
  scene('orange', 'circle', 'purple'),
  scene('blue', 'square', 'yellow'),
];

const MOVING_SECONDS = 6;

/** Along a line from one side of the picture to the other, as far down as is said. */
const across = (from, to, y) => (time) => [from + ((to - from) * time) / MOVING_SECONDS, y];

/** Things that go their ways over a mottled ground: what is to be found, followed and told from one another. */
export const MOVING = {
  seconds: MOVING_SECONDS,
  groundAt: (x, y) => {
    const level = 168 + 14 * Math.sin(x / 23 + Math.sin(y / 17)) + 10 * Math.sin(y / 11 - x / 41);
    return [level, level, level - 12];
  },
  things: [
    thing('red', 'circle', 24, across(40, 190, 45)),
    thing('yellow', 'square', 26, across(130, 280, 48)),
    thing('blue', 'circle', 22, across(285, 120, 135)),
    thing('green', 'triangle', 27, across(190, 35, 134)),
  ],
};

/** Left, top, right and bottom of a thing, pixels, at a time of its scene. */
export function boxOf({ radius, at, isInside }, time) {
  const [x, y] = at(time);
  const steps = Array.from({ length: 81 }, (_, i) => (i - 40) / 40);
  const filled = steps.flatMap((dy) => steps.map((dx) => [dx, dy]).filter(([dx]) => isInside(dx, dy)));
  const [across, down] = [0, 1].map((axis) => filled.map((point) => point[axis]));
  const place = (centre, values, pick) => centre + radius * pick(...values);
  return [
    place(x, across, Math.min),
    place(y, down, Math.min),
    place(x, across, Math.max),
    place(y, down, Math.max),
  ];
}

/**
 * Renders scenes to a file; ffmpeg chooses the codecs by its ending.
 *
 * @param sounds - what is to be heard, as in `SOUNDS`; without any the film has no sound track.
 * @param scenes - what is to be seen, `SCENES` unless others are named.
 */
export async function renderFilm(path, sounds = [], scenes = SCENES) {
  const size = `${WIDTH}x${HEIGHT}`;
  const pictures = ['-f', 'rawvideo', '-pix_fmt', 'rgb24', '-s', size, '-r', String(FPS), '-i', 'pipe:0'];
  const sample = `f32${endianness().toLowerCase()}`;
  const sound = ['-f', sample, '-ar', String(SAMPLE_RATE), '-ac', '1', '-i', 'pipe:3'];
  const inputs = sounds.length === 0 ? pictures : [...pictures, ...sound];
  const args = ['-hide_banner', '-loglevel', 'error', '-y', ...inputs, '-pix_fmt', 'yuv420p', `file:${path}`];
  const ffmpeg = spawn(process.env.DEEPFFMPEG_FFMPEG ?? 'ffmpeg', args, {
    stdio: ['pipe', 'inherit', 'inherit', 'pipe'],
  });
  const ended = once(ffmpeg, 'close');
  const [toSee, , , toHear] = ffmpeg.stdio;
  for (const pipe of [toSee, toHear]) pipe.on('error', () => {}); // the status of ffmpeg tells
  toHear.end(Buffer.from(renderSound(sounds).buffer)); // a pipe of its own, so that neither waits for the other
  for (const each of scenes) {
    for (let frame = 0; frame < each.seconds * FPS; frame++) {
      if (!toSee.write(draw(each, frame / FPS)) && !toSee.destroyed)
        await Promise.race([once(toSee, 'drain'), ended]);
    }
  }
  toSee.end();
  const [status] = await ended;
  if (status !== 0) throw new Error(`ffmpeg could not write ${path} (status ${status})`);
}

/** One frame: the ground, and the things on it; the last one of several at a place is in front. */
function draw({ groundAt, things }, time) {
  const pixels = Buffer.alloc(WIDTH * HEIGHT * 3);
  const placed = things.map(({ at, ...each }) => ({ ...each, centre: at(time) }));
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const shown = placed.findLast(({ isInside, radius, centre: [centreX, centreY] }) =>
        isInside((x - centreX) / radius, (y - centreY) / radius),
      );
      const [red, green, blue] = shown?.colour ?? groundAt(x, y);
      pixels.set([red, green, blue], (y * WIDTH + x) * 3);
    }
  }
  return pixels;
}
