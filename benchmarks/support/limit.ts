// The limit of wall time: the larger of decoding alone, inference alone, and the sum of their processor time over the cores, since on few
// cores they compete. It does not count that both share caches and memory: how long the two take side by side with nothing between
// them is told too.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { median } from './measure.js';

const cores = availableParallelism();

/** A batch for a model. */
export interface Run {
  readonly session: InferenceSession;
  readonly input: Tensor;
}

/** Seconds. */
export interface Measure {
  readonly wall: number;
  readonly cpu: number;
}

/** What is compared. */
export interface Sides {
  /** The command that `decode` runs. */
  readonly command: { readonly path: string; readonly args: readonly string[] };
  /** The batches that the models are given. */
  readonly runs: readonly Run[];
  /** The whole way. */
  pipeline(): Promise<unknown>;
}

export function openBareSession(path: string): Promise<InferenceSession> {
  return InferenceSession.create(path, {
    intraOpNumThreads: cores,
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  });
}

export function inBatches<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  );
}

/** As many grey pictures, or whatever a network takes; what is in them does not change how long it works. */
export function batchesOf(
  session: InferenceSession,
  pictures: number,
  most: number,
  itemShape?: readonly number[],
): Run[] {
  const [batch, ...shape] = itemShape ? [undefined, ...itemShape] : shapeOf(session);
  const batchSize = batch ?? most;
  return Array.from({ length: Math.ceil(pictures / batchSize) }, (_, i) => {
    const size = Math.min(batchSize, pictures - i * batchSize);
    const length = shape.reduce((product, side) => product * side, size);
    return { session, input: new Tensor('float32', new Float32Array(length).fill(0.5), [size, ...shape]) };
  });
}

/** Pictures at a time, if the file fixes them; then their sizes, those that it leaves open being of the pictures that CLIP takes. */
function shapeOf({ inputMetadata: [input] }: InferenceSession): [number | undefined, ...number[]] {
  if (!input?.isTensor) throw new Error('no picture goes in');
  const [batch, ...sides] = input.shape;
  return [
    typeof batch === 'number' ? batch : undefined,
    ...sides.map((side) => (typeof side === 'number' ? side : 224)),
  ];
}

type Step = 'decode' | 'inference' | 'apart' | 'pipeline';
type Measures = Record<Step, Measure[]>;

/** Measures all sides in turn and prints how near the pipeline comes to the limit. */
export async function compareWithLimit(title: string, sides: Sides, rounds: number): Promise<void> {
  const steps = {
    decode: () => decodeAlone(sides.command),
    inference: () => timed(() => inferAlone(sides.runs)),
    apart: () => bothApart(sides),
    pipeline: () => timed(sides.pipeline),
  };
  const measures: Measures = { decode: [], inference: [], apart: [], pipeline: [] };
  for (let round = 0; round <= rounds; round++) {
    for (const [step, run] of Object.entries(steps) as [Step, () => Promise<Measure>][]) {
      const measured = await run();
      if (round > 0) measures[step].push(measured); // the first warms caches
    }
  }
  report(title, measures);
}

/** The output is thrown away. */
async function decodeAlone({ path, args }: Sides['command']): Promise<Measure> {
  const nothing = openSync('/dev/null', 'w');
  const start = performance.now();
  const child = spawn(path, ['-benchmark', ...args], { stdio: ['ignore', nothing, 'pipe', nothing] });
  let log = '';
  child.stderr?.on('data', (chunk) => {
    log += chunk;
  });
  await once(child, 'close');
  const wall = (performance.now() - start) / 1000;
  if (child.exitCode !== 0) throw new Error(log);
  const [, user, system] = /utime=([\d.]+)s stime=([\d.]+)s/.exec(log) ?? [];
  return { wall, cpu: Number(user) + Number(system) };
}

/** The same batches, with nothing around them. */
async function inferAlone(runs: readonly Run[]): Promise<void> {
  for (const { session, input } of runs) await session.run({ [session.inputNames[0] ?? '']: input });
}

/** Both at the same time, with nothing between them. */
async function bothApart({ command, runs }: Sides): Promise<Measure> {
  const start = performance.now();
  const parts = await Promise.all([decodeAlone(command), timed(() => inferAlone(runs))]);
  return { wall: (performance.now() - start) / 1000, cpu: parts.reduce((sum, part) => sum + part.cpu, 0) };
}

async function timed(work: () => Promise<unknown>): Promise<Measure> {
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return { wall: (performance.now() - start) / 1000, cpu: (user + system) / 1e6 };
}

function report(title: string, measures: Measures): void {
  const typical = (step: Step, what: keyof Measure) => median(measures[step].map((each) => each[what]));
  const [decodeWall, decodeCpu] = [typical('decode', 'wall'), typical('decode', 'cpu')];
  const [inferWall, inferCpu] = [typical('inference', 'wall'), typical('inference', 'cpu')];
  const [wall, cpu] = [typical('pipeline', 'wall'), typical('pipeline', 'cpu')];
  const apart = typical('apart', 'wall');
  const shared = (decodeCpu + inferCpu) / cores;
  const limit = Math.max(decodeWall, inferWall, shared);
  const show = (seconds: number) => seconds.toFixed(3);
  console.log(
    `${title}: decode ${show(decodeWall)} s (processor ${show(decodeCpu)}), inference ${show(inferWall)} s ` +
      `(${show(inferCpu)}), both over ${cores} cores ${show(shared)} s; pipeline ${show(wall)} s (own processor ${show(cpu)}), ` +
      `${(wall / limit).toFixed(2)} x the limit; the two side by side ${show(apart)} s, ${(wall / apart).toFixed(2)} x that`,
  );
}
