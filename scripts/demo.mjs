// `npm run demo`: renders a short film whose pictures and sounds are known, has it classified by the tiny models, compares, and ends with a page of
// all analyses. `npm run demo -- FILE`: the same for a file of one's own, by what the models know: colours, light; kinds of sound, loudness.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compareTracks } from './compare-tracks.mjs';
import { MOVING, renderFilm, SCENES } from './render-film.mjs';
import { SOUNDS } from './render-sound.mjs';

/** Not in the film, so that the models have something to be wrong about. */
const NOT_SHOWN = [
  'a blue circle on a red background',
  'a yellow circle on a black background',
  'a green square on a white background',
  'a red triangle on a blue background',
  'a grey picture',
];
const NOT_PLAYED = ['speech', 'a loud low tone', 'loud music', 'quiet noise'];

/** Cut out without any surroundings, a square would be a flat colour. */
const AROUND = ['--crop-margin', '0.3'];
const NO_THING = ['a green circle', 'a red square', 'a blue triangle'];
const SILENCE = SOUNDS.find(({ label }) => label === 'silence');
const OBJECTS = ['--detect-model', 'tiny', '--track'];

/** The program has done what it could: an input broke off, or has no pictures or no sound. */
const SOME_FAILED = 3;

const root = fileURLToPath(new URL('..', import.meta.url));
const cli = join(root, 'packages/cli/dist/index.js');
const folder = join(root, 'demo-output');
mkdirSync(folder, { recursive: true });

const [own] = process.argv.slice(2);
if (own === undefined) await demo();
else classifyOwn(own);

async function demo() {
  const film = join(folder, 'film.mp4');
  const scenes = [...SCENES, MOVING];
  process.stdout.write(`Rendering ${scenes.length} scenes of known pictures and sounds ...\n`);
  await renderFilm(film, [...SOUNDS, { ...SILENCE, seconds: MOVING.seconds }], scenes);
  const labelsOf = (parts, others) => [...parts.map(({ label }) => label), ...others].join(',');
  const looks = ['--clip-labels', labelsOf(SCENES, NOT_SHOWN)];
  // A window of sound begins with each scene: in one that straddles two, no label would be right.
  const sounds = ['--clap-labels', labelsOf(SOUNDS, NOT_PLAYED), '--audio-window', '1'];
  const status = classify(film, [...looks, ...sounds], 'film');
  if (status !== 0) process.exit(status);

  const segments = JSON.parse(readFileSync(join(folder, 'film.segments.json'), 'utf8'));
  const rows = [
    ...compare(SCENES, segments, { modality: 'vision', made: 'drawn', perceived: 'seen' }),
    ...compare(SOUNDS, segments, { modality: 'audio', made: 'played', perceived: 'heard' }),
  ].sort((a, b) => a.from - b.from);
  for (const { text } of rows) process.stdout.write(`${text}\n`);
  const followed = follow(film, scenes);
  for (const { text } of followed) process.stdout.write(`${text}\n`);
  const all = [...rows, ...followed];
  const right = all.filter(({ isRight }) => isRight).length;
  process.stdout.write(`${right} of ${all.length} are right.\n`);
  const reported = report(film, [...looks, ...sounds, ...OBJECTS], 'film');
  process.exitCode = right < all.length ? 1 : reported;
}

/** Finds the things, follows them, and has each compared with what there is: find, follow, tell "a red circle" from "a blue circle". */
function follow(film, scenes) {
  process.stdout.write('\nNow each thing by itself: found, followed, and compared with the labels.\n');
  const labels = [...new Set(scenes.flatMap(({ things }) => things.map(({ label }) => label)))];
  const names = { tracks: 'film.tracks.txt', segments: 'film.objects.json' };
  const outputs = [
    '--output-tracks',
    join(folder, names.tracks),
    '--output-segments',
    join(folder, names.segments),
  ];
  const looks = [...AROUND, '--clip-labels', [...labels, ...NO_THING].join(',')];
  const status = run(['classify', film, '--models', 'tiny', ...OBJECTS, ...looks, ...outputs]);
  if (status !== 0) process.exit(status);
  process.stdout.write(`Written to demo-output: ${names.tracks}, ${names.segments}\n\n`);
  const [tracks, segments] = [names.tracks, names.segments].map((name) =>
    readFileSync(join(folder, name), 'utf8'),
  );
  return compareTracks(scenes, tracks, JSON.parse(segments));
}

/** What was made, and what was found in the middle of it. */
function compare(parts, segments, { modality, made, perceived }) {
  const perceptions = segments.filter((segment) => segment.modality === modality);
  let start = 0;
  return parts.map(({ label, seconds }) => {
    const [from, to] = [start, start + seconds];
    start = to;
    const found = perceptions.find((segment) => isAt(segment, (from + to) / 2))?.label ?? 'nothing';
    const isRight = found === label;
    const text = `${isRight ? 'right' : 'WRONG'}  ${from} to ${to} s: ${made} ${label}, ${perceived} ${found}`;
    return { from, isRight, text };
  });
}

function isAt({ timestamp, durationSeconds }, time) {
  return timestamp <= time && time < timestamp + durationSeconds;
}

function classifyOwn(file) {
  const labels = join(root, 'examples/labels');
  const looks = ['--clip-categories', join(labels, 'looks.txt')];
  const sounds = ['--clap-categories', join(labels, 'sounds.txt')];
  const status = classify(file, [...looks, ...sounds], basename(file));
  if (status === SOME_FAILED)
    process.stdout.write(
      'The file has no pictures, no sound, or breaks off, as told above; what it has was classified.\n',
    );
  else if (status !== 0) process.exit(status);
  process.exitCode = report(file, [], basename(file));
}

/** It prints its tables. Returns its exit code. */
function classify(file, flags, name) {
  const outputs = [
    ['--output-stats', `${name}.csv`],
    ['--output-scores', `${name}.jsonl`],
    ['--output-segments', `${name}.segments.json`],
  ].flatMap(([flag, path]) => [flag, join(folder, path)]);
  const status = run(['classify', file, '--models', 'tiny', ...flags, '--sample', '2/s', ...outputs]);
  if (status === 0 || status === SOME_FAILED)
    process.stdout.write(`Written to demo-output: ${name}.csv, ${name}.jsonl, ${name}.segments.json\n\n`);
  return status;
}

/** All analyses, and a page of them. Returns the exit code. */
function report(file, flags, name) {
  const page = join(folder, `${name}.html`);
  process.stdout.write(
    '\nNow all analyses at once, with a page to look at. Type, quality and mood need larger models: what the tiny ones say of them shows the form alone.\n',
  );
  const args = ['combine', file, '--models', 'tiny', ...flags, '--sample', '2/s'];
  const status = run([...args, '--output-dir', folder, '--report', page]);
  if (status === 0 || status === SOME_FAILED)
    process.stdout.write(`\nThe page: demo-output/${name}.html; open it in a browser.\n`);
  return status;
}

/** Runs the program once, as a user would, and shows how. */
function run(args) {
  const shown = args.map((arg) => (/[\s"'*?]/.test(arg) ? JSON.stringify(arg) : arg.replace(root, '')));
  process.stdout.write(`\n$ deepffmpeg ${shown.join(' ')}\n`);
  return spawnSync(process.execPath, [cli, ...args], { stdio: 'inherit' }).status ?? 1;
}
