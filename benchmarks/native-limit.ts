// How much slower is the filter clip of the native ffmpeg than a bare loop of the same runtime over the same tower? Frames have the model's
// size, so that nothing but the filter is between; labels are made up. Each round runs all of them one after the other, since the machine
// is never quiet; the last columns are medians over rounds of the bare loop's time over the filter's. Needs gcc.
//
//   npx tsx benchmarks/native-limit.ts TOWER SIDE DIMENSION [ROUNDS] [FRAMES] [THREADS]      (TOWER: .onnx, .xml or .pt)
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { formatNativeTexts, nativeFfmpegPath } from '@deepffmpeg/ffmpeg-filters';
import { describeMachine, median } from './support/measure.js';

const [tower = '', side = '224', dimension = '512', rounds = '5', frames = '64', ...more] =
  process.argv.slice(2);
const ffmpeg = nativeFfmpegPath() ?? 'none';
const [threads = String(availableParallelism())] = more;
const folder = await mkdtemp(join(tmpdir(), 'native-limit-'));
const loop = join(folder, 'loop');
const library = `libdeepffmpeg_${tower.endsWith('.pt') ? 'torch' : 'openvino'}.so`;

interface Way {
  readonly name: string;
  readonly batch: string;
  /** 0: the bare loop. */
  readonly labels: number;
}
const ways: readonly Way[] = [
  { name: 'bare loop, batch 1', batch: '1', labels: 0 },
  { name: 'clip, batch 1, 4 labels', batch: '1', labels: 4 },
  { name: 'clip, batch 1, 98 labels', batch: '1', labels: 98 },
  { name: 'bare loop, batch 8', batch: '8', labels: 0 },
  { name: 'clip, batch 8, 98 labels', batch: '8', labels: 98 },
];

try {
  await build();
  console.log(`${describeMachine()}; ${tower}, ${frames} frames, ${threads} threads, ${rounds} rounds`);
  const found: number[][] = ways.map(() => []);
  for (let round = 0; round < Number(rounds); round++)
    for (const [i, way] of ways.entries())
      found[i]!.push(way.labels === 0 ? await bare(way) : await filtered(way)); // one a way
  for (const [i, { name, batch, labels }] of ways.entries()) {
    const base = found[ways.findIndex((way) => way.batch === batch && way.labels === 0)]!; // each batch has its loop
    const ratio = median(found[i]!.map((each, round) => base[round]! / each)); // as many rounds
    const each = found[i]!.map((ms) => ms.toFixed(1)).join(', ');
    console.log(
      `${name}: ${median(found[i]!).toFixed(1)} ms a frame${labels ? `, ${ratio.toFixed(2)} x the bare loop` : ''} (${each})`,
    );
  }
} finally {
  await rm(folder, { recursive: true });
}

async function build(): Promise<void> {
  const source = fileURLToPath(new URL('native-bare-loop.c', import.meta.url));
  const headers = fileURLToPath(new URL('../native/src', import.meta.url));
  await promisify(execFile)('gcc', ['-O2', '-I', headers, '-o', loop, source, '-ldl']);
  const resize = { width: Number(side), height: Number(side) };
  for (const count of new Set(ways.map(({ labels }) => labels).filter((labels) => labels > 0))) {
    const names = Array.from({ length: count }, (_, i) => `label ${i}`);
    const vectors = Float32Array.from({ length: count * Number(dimension) }, (_, i) => Math.sin(i) / 16);
    const labels = {
      labelSet: { name: 'made', kind: 'labels' as const, groups: [{ name: 'labels', labels: names }] },
      ...{ model: 'made', vectors, activation: 'softmax' as const, logitScale: 100 },
    };
    const input = { resize, rescale: 1 / 255, mean: [0.5, 0.5, 0.5], std: [0.3, 0.3, 0.3] };
    await writeFile(join(folder, `${count}.texts`), formatNativeTexts(labels, input));
  }
}

/** Milliseconds a frame. */
async function bare({ batch }: Way): Promise<number> {
  const path = join(ffmpeg, '../../lib', library);
  const { stdout } = await promisify(execFile)(loop, [path, tower, side, dimension, threads, batch, frames]);
  return Number(stdout);
}

/** Milliseconds a frame, by ffmpeg's own clock: from the end of the network's first run to that of its last, so that no start counts. */
async function filtered({ batch, labels }: Way): Promise<number> {
  const all = Number(frames) + Number(batch);
  const clip = `clip=model=${tower}:texts=${join(folder, `${labels}.texts`)}:batch=${batch}:confidence=0:top=1`;
  const source = `color=red:s=${side}x${side}:r=25,format=rgb24,trim=end_frame=${all}`;
  const graph = `${clip},settb=1/1000000,setpts=RTCTIME,metadata=print:file=-`;
  const args = [
    ...['-hide_banner', '-loglevel', 'error', '-f', 'lavfi', '-i', source],
    ...['-filter_threads', threads, '-vf', graph, '-fps_mode', 'passthrough'],
  ];
  const { stdout } = await promisify(execFile)(ffmpeg, [...args, '-f', 'null', '-']);
  const times = [...stdout.matchAll(/^frame:.* pts:(\d+)/gm)].map(([, time]) => Number(time));
  if (times.length !== all) throw new Error(`${times.length} frames came, ${all} were expected`);
  return (times.at(-1)! - times[0]!) / 1000 / Number(frames); // as many as were counted
}
