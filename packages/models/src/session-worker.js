// One ONNX session in a thread of its own: onnxruntime-node loads and runs synchronously, and in the main thread
// that would hold up decoding, timers and Ctrl-C. Plain JavaScript, since a thread loads it as it stands.
import { parentPort, workerData } from 'node:worker_threads';

const { path, device, threads, gate } = workerData;

/**
 * Does native work, and lets the main thread know meanwhile: a process that ends in the middle of it would crash.
 * See keep-exit-clean.ts.
 */
async function guarded(work) {
  if (Atomics.compareExchange(gate, 0, 0, 1) !== 0) return new Promise(() => {}); // the process is ending
  try {
    return await work();
  } finally {
    Atomics.store(gate, 0, 0);
    Atomics.notify(gate, 0);
  }
}

const { default: ort } = await guarded(() => import('onnxruntime-node'));
ort.env.logLevel = 'fatal'; // errors are thrown as well; they need not be printed too

const open = (provider) =>
  ort.InferenceSession.create(path, {
    executionProviders: [provider],
    intraOpNumThreads: threads,
    logSeverityLevel: 4,
    // Waiting threads would spin and take the processor from ffmpeg, which decodes the next frames.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  });

/** Tells an unusable device from an unusable file by trying the file where every file works. */
async function explain(error) {
  if (device === 'cpu') return { reason: 'file', message: error.message };
  try {
    await guarded(async () => (await open('cpu')).release());
    return { reason: 'device', message: error.message };
  } catch (fileError) {
    return { reason: 'file', message: fileError.message };
  }
}

async function run(session, { id, feeds, fetches }) {
  const buffers = Object.values(feeds).map(({ data }) => data.buffer);
  const reply = { id, lent: buffers };
  try {
    const typeOf = (name) => session.inputMetadata.find((input) => input.name === name)?.type;
    const tensors = Object.entries(feeds).map(([name, { data, shape }]) => [
      name,
      new ort.Tensor(typeOf(name) ?? 'float32', data, shape),
    ]);
    const results = await guarded(() => session.run(Object.fromEntries(tensors), fetches));
    const outputs = Object.entries(results).map(([name, { data, dims }]) => [name, { data, shape: dims }]);
    const made = outputs.map(([, { data }]) => data.buffer);
    parentPort.postMessage({ ...reply, outputs: Object.fromEntries(outputs) }, [...buffers, ...made]);
  } catch (error) {
    parentPort.postMessage({ ...reply, message: error.message }, buffers);
  }
}

try {
  const session = await guarded(() => open(device));
  let last = Promise.resolve();
  parentPort.on('message', (request) => {
    last = last.then(async () => {
      if (request !== 'close') return run(session, request);
      await guarded(() => session.release());
      parentPort.close();
    });
  });
  parentPort.postMessage({ inputs: session.inputMetadata, outputs: session.outputMetadata });
} catch (error) {
  parentPort.postMessage({ failure: await explain(error) });
}
