import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeOnnx, makeTemporaryFolder, type OnnxGraph } from '@deepffmpeg/test-kit';

/**
 * In the shape of Silero VAD: the mean of what it is given, and an eighth more with each frame that it remembers.
 */
export const voiceGraph: OnnxGraph = {
  inputs: [
    { name: 'input', type: 'float32', shape: ['batch', 'samples'] },
    { name: 'state', type: 'float32', shape: [2, 'batch', 128] },
    { name: 'sr', type: 'int64', shape: [] },
  ],
  outputs: [
    { name: 'output', type: 'float32', shape: ['batch', 1] },
    { name: 'stateN', type: 'float32', shape: [2, 'batch', 128] },
  ],
  nodes: [
    { op: 'ReduceMean', inputs: ['input'], output: 'mean', attributes: { axes: [1], keepdims: 1 } },
    { op: 'ReduceMean', inputs: ['state'], output: 'heard', attributes: { axes: [0, 2], keepdims: 0 } },
    { op: 'Add', inputs: ['mean', 'heard'], output: 'output' },
    { op: 'Add', inputs: ['state', 'eighth'], output: 'stateN' },
  ],
  weights: { eighth: { shape: [1], data: [0.125] } },
};

/** Writes a model file that goes when the test has finished. */
export async function makeVoiceModel(graph: OnnxGraph = voiceGraph): Promise<string> {
  const path = join(await makeTemporaryFolder(), 'voice.onnx');
  await writeFile(path, makeOnnx(graph));
  return path;
}
