// How long from the shell to the first result? Runs the built command on one still and on a video's first frame.
//
//   npm run build && npx tsx benchmarks/start-up.ts VIDEO PICTURE [ROUNDS]
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describeMachine, median } from './support/measure.js';

const [video = '', picture = '', rounds = '9'] = process.argv.slice(2);
const cli = fileURLToPath(new URL('../packages/cli/dist/index.js', import.meta.url));
const flags = ['--models', 'tiny', '--clip-labels', 'a red picture,a blue picture'];
console.log(describeMachine());

for (const args of [
  ['--version'],
  ['classify', picture, ...flags],
  ['classify', video, ...flags, '--sample', 'at:0.1'],
]) {
  const times = Array.from({ length: Number(rounds) + 1 }, () => {
    const start = performance.now();
    const { status, stderr } = spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    return performance.now() - start;
  }).slice(1); // the first warms caches
  console.log(
    `${args.slice(0, 2).join(' ')}: ${Math.round(median(times))} ms (least ${Math.round(Math.min(...times))})`,
  );
}
