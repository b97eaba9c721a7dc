// Draws a film of moving shapes and hands it to ffmpeg, with a sound track if one is wanted, so that its content is
// known to the frame and to the sample.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { endianness } from 'node:os';
import { renderSound, SAMPLE_RATE } from './render-sound.mjs';

const WIDTH = 320;
const HEIGHT = 180;
const FPS = 10;

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

const scene = (colour, shape, ground, seconds = 3) => ({
  label: `${/^[aeiou]/.test(colour) ? 'an' : 'a'} ${colour} ${shape} on a ${ground} background`,
  seconds,
  colour: COLOURS[colour],
  shape: SHAPES[shape],
  ground: COLOURS[ground],
});

/** What the film shows, one after the other; each label says what is drawn. */
export const SCENES = [
  scene('red', 'circle', 'blue'),
  scene('yellow', 'square', 'black'),
  scene('green', 'triangle', 'white'),
  scene('orange', 'circle', 'purple'),
  scene('blue', 'square', 'yellow'),
];

/**
 * Renders the scenes to a file; ffmpeg chooses the codecs by its ending.
 *
 * @param sounds - what is to be heard, as in `SOUNDS`; without any the film has no sound track.
 */
export async function renderFilm(path, sounds = []) {
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
  for (const each of SCENES) {
    for (let frame = 0; frame < each.seconds * FPS; frame++) {
      if (!toSee.write(draw(each, frame / FPS)) && !toSee.destroyed)
        await Promise.race([once(toSee, 'drain'), ended]);
    }
  }
  toSee.end();
  const [status] = await ended;
  if (status !== 0) throw new Error(`ffmpeg could not write ${path} (status ${status})`);
}

/** One frame: the shape circles slowly about the centre. */
function draw({ colour, shape, ground }, time) {
  const pixels = Buffer.alloc(WIDTH * HEIGHT * 3);
  const size = HEIGHT * 0.27;
  const centreX = WIDTH / 2 + 18 * Math.cos(time * 2);
  const centreY = HEIGHT / 2 + 12 * Math.sin(time * 2);
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const [red, green, blue] = shape((x - centreX) / size, (y - centreY) / size) ? colour : ground;
      pixels.set([red, green, blue], (y * WIDTH + x) * 3);
    }
  }
  return pixels;
}
