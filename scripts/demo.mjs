// `npm run demo`: renders a short film whose content is known, has it classified by the tiny model, and compares.
// `npm run demo -- FILE`: classifies a file of one's own by what the tiny model knows: colours, light, shapes.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { renderFilm, SCENES } from './render-film.mjs';

/** Not in the film, so that the model has something to be wrong about. */
const OTHERS = [
  'a blue circle on a red background',
  'a yellow circle on a black background',
  'a green square on a white background',
  'a red triangle on a blue background',
  'a grey picture',
];

const root = fileURLToPath(new URL('..', import.meta.url));
const cli = join(root, 'packages/cli/dist/index.js');
const folder = join(root, 'demo-output');
mkdirSync(folder, { recursive: true });

const [own] = process.argv.slice(2);
if (own === undefined) await demo();
else classify(own, ['--clip-categories', join(root, 'examples/labels/looks.txt')], basename(own));

async function demo() {
  const film = join(folder, 'film.mp4');
  process.stdout.write(`Rendering ${SCENES.length} scenes of known content ...\n`);
  await renderFilm(film);
  const segments = classify(
    film,
    ['--clip-labels', [...SCENES.map(({ label }) => label), ...OTHERS].join(',')],
    'film',
  );

  let start = 0;
  const rows = SCENES.map(({ label, seconds }) => {
    const middle = start + seconds / 2;
    const found = segments.find((segment) => isAt(segment, middle))?.label ?? 'nothing';
    const row = { from: start, to: start + seconds, drawn: label, found, isRight: found === label };
    start += seconds;
    return row;
  });
  for (const { from, to, drawn, found, isRight } of rows)
    process.stdout.write(
      `${isRight ? 'right' : 'WRONG'}  ${from} to ${to} s: drawn ${drawn}, found ${found}\n`,
    );
  const right = rows.filter(({ isRight }) => isRight).length;
  process.stdout.write(`${right} of ${rows.length} scenes are right.\n`);
  if (right < rows.length) process.exitCode = 1;
}

function isAt({ timestamp, durationSeconds }, time) {
  return timestamp <= time && time < timestamp + durationSeconds;
}

/** Runs the program as a user would; it prints its tables. Returns the segments it wrote. */
function classify(file, labels, name) {
  const outputs = [
    ['--output-stats', `${name}.csv`],
    ['--output-scores', `${name}.jsonl`],
    ['--output-segments', `${name}.segments.json`],
  ].flatMap(([flag, path]) => [flag, join(folder, path)]);
  const args = ['classify', file, '--models', 'tiny', ...labels, '--sample', '2/s', ...outputs];
  const shown = args.map((arg) => (/[\s"'*?]/.test(arg) ? JSON.stringify(arg) : arg.replace(root, '')));
  process.stdout.write(`\n$ deepffmpeg ${shown.join(' ')}\n`);
  const { status } = spawnSync(process.execPath, [cli, ...args], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
  process.stdout.write(`Written to demo-output: ${name}.csv, ${name}.jsonl, ${name}.segments.json\n\n`);
  return JSON.parse(readFileSync(join(folder, `${name}.segments.json`), 'utf8'));
}
