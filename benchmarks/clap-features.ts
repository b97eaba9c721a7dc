// How long do the log-mel features of one window take, beside the network that hears them? Features are made on the main
// thread, on one core; the aim is at most 25 ms for 10 s at 48 kHz (1001 x 64).
//
//   npx tsx benchmarks/clap-features.ts MODEL-FOLDER [ROUNDS]
import { join } from 'node:path';
import { createInputWriter, inputShape, openClap } from '@deepffmpeg/clap';
import { openSession } from '@deepffmpeg/models';
import { describeMachine, median } from './support/measure.js';

const [folder = '', rounds = '20'] = process.argv.slice(2);
const { preprocessing, close } = await openClap(folder, { towers: 'text' });
await close();
const { sampleRate, windowSeconds } = preprocessing;
const shape = inputShape(preprocessing);
const samples = Float32Array.from({ length: Math.round(windowSeconds * sampleRate) }, (_, i) =>
  Math.sin(i ** 1.5 / 1000),
);
const data = new Float32Array(shape.reduce((a, b) => a * b, 1));
const write = createInputWriter(preprocessing);
const session = await openSession(join(folder, 'onnx', 'audio_model.onnx'));
const [input] = session.inputs;
const times = { features: [] as number[], network: [] as number[] };

for (let round = 0; round <= Number(rounds); round++) {
  const start = performance.now();
  write(samples, data, 0);
  const made = performance.now();
  await session.run({ [input?.name ?? '']: { data, shape: [1, ...shape] } });
  const heard = performance.now();
  if (round === 0) continue; // compiles and warms caches
  times.features.push(made - start);
  times.network.push(heard - made);
}
await session.close();

const show = (values: readonly number[]) =>
  `${median(values).toFixed(1)} ms (least ${Math.min(...values).toFixed(1)})`;
console.log(
  `${describeMachine()}; ${folder}; ${windowSeconds} s at ${sampleRate} Hz to [${shape.join(', ')}]: ` +
    `features ${show(times.features)}, network ${show(times.network)}`,
);
