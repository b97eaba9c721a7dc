// Writes examples/output, a sample of each file that the program writes: of the demo's film, by the tiny models.
// `npm run demo` first; then `node scripts/write-samples.mjs`, whenever a format changes.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const cli = join(root, 'packages/cli/dist/index.js');
const output = '../examples/output';

const LABELS = [
  '--clip-labels',
  'a circle,a square,a triangle',
  '--clap-labels',
  'music,noise,a tone,clicks,silence',
];
const OBJECTS = ['--detect-model', 'tiny', '--track'];
const TINY = ['--models', 'tiny', '--audio-window', '1'];

/** What to run, and what its files hold. */
const SAMPLES = [
  {
    args: [
      'classify',
      'film.mp4',
      ...TINY,
      ...LABELS,
      '--output-stats',
      `${output}/film.csv`,
      '--output-scores',
      `${output}/film.jsonl`,
    ],
    files: ['film.csv', 'film.jsonl'],
  },
  ...['json', 'csv', 'vtt'].map((format) => ({
    args: [
      'classify',
      'film.mp4',
      ...TINY,
      ...LABELS,
      '--output-segments',
      `${output}/film.segments.${format}`,
    ],
    files: [`film.segments.${format}`],
  })),
  {
    args: [
      'classify',
      'film.mp4',
      ...OBJECTS,
      '--output-tracks',
      `${output}/film.tracks.txt`,
      '--output-detections',
      `${output}/film.detections.json`,
    ],
    files: ['film.tracks.txt', 'film.detections.json'],
  },
  {
    args: [
      'embed',
      'film.mp4',
      '--models',
      'tiny',
      '--only',
      'audio',

      '--output',
      `${output}/film.embeddings.jsonl`,
    ],
    files: ['film.embeddings.jsonl'],
  },
  {
    args: [
      'analyze',
      'film.mp4',
      '-o',
      output,
      '--contact-sheet',
      '--export',
      'csv,edl,otio,fcpxml,ffmetadata,vtt,qp',
    ],
    files: [
      'film_analysis.json',
      'film_contact_sheet.jpg',
      ...['csv', 'edl', 'otio', 'fcpxml', 'ffmetadata', 'vtt', 'qp'].map((format) => `film_shots.${format}`),
    ],
  },
  {
    args: ['combine', 'film.mp4', '--models', 'tiny', ...OBJECTS, '-o', output, '--report'],
    files: [
      'film_technical.json',
      'film_classifications.txt',
      'film_combined_analysis.json',
      'film_report.html',
    ],
  },
];

if (!existsSync(join(root, 'demo-output/film.mp4'))) {
  process.stderr.write('there is no demo-output/film.mp4: run "npm run demo" first\n');
  process.exit(1);
}
const folder = join(root, 'examples/output');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const sections = SAMPLES.map(({ args, files }) => {
  const { status } = spawnSync(process.execPath, [cli, ...args], {
    cwd: join(root, 'demo-output'),
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
  const shown = args.map((arg) =>
    /[\s,]/.test(arg) ? `"${arg}"` : arg.replace(`${output}/`, '').replace(output, '.'),
  );
  return `\`\`\`sh\ndeepffmpeg ${shown.join(' ')}\n\`\`\`\n\n${files.map((file) => `- [${file}](${file})`).join('\n')}\n`;
});
// Editing software wants whole paths; those of this machine tell nobody anything.
for (const name of ['film_shots.otio', 'film_shots.fcpxml']) {
  const text = readFileSync(join(folder, name), 'utf8');
  writeFileSync(join(folder, name), text.replaceAll(join(root, 'demo-output'), '/films'));
}
writeFileSync(
  join(folder, 'README.md'),
  `# What the files look like

Of the film that \`npm run demo\` renders, by the tiny models; written by \`scripts/write-samples.mjs\`. The report leads to the film, which is not here: its
player says so. The tiny models know colours, shapes, looks and kinds of sound: what the combined analysis says of type, quality and mood shows the form alone.

${sections.join('\n')}`,
);
