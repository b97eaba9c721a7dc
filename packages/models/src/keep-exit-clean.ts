/** States of a thread's gate. The thread goes from idle to working and back; only the end of the process stops it. */
const idle = 0;
const working = 1;
const stopped = 2;

const gates = new Set<Int32Array>();

/**
 * Makes the end of the process wait for a thread's native work, at most one run or the loading of a model.
 *
 * When a process ends, Node breaks off its threads; onnxruntime-node's binding then finds no JavaScript to return to,
 * throws, and aborts the process with status 134 in place of its own.
 *
 * @param gate - one number in shared memory: 0 while the thread is idle, 1 while it works.
 * @returns what to call when the thread has ended.
 */
export function keepExitClean(gate: Int32Array): () => void {
  if (gates.size === 0) process.on('exit', waitForAll);
  gates.add(gate);
  return () => {
    gates.delete(gate);
    if (gates.size === 0) process.off('exit', waitForAll);
  };
}

function waitForAll(): void {
  for (const gate of gates) {
    while (Atomics.compareExchange(gate, 0, idle, stopped) === working) Atomics.wait(gate, 0, working);
  }
}
