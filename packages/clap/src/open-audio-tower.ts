import { setImmediate as nextTurn } from 'node:timers/promises';
import { MediaError, throwIfAborted } from '@deepffmpeg/core';
import {
  describeTensors,
  embeddingLength,
  embeddingOutput,
  embeddingsOf,
  type MediaTower,
  notLonger,
  openSession,
  type Session,
  type SessionOptions,
} from '@deepffmpeg/models';
import type { Sound } from './audio-tower.js';
import { checkWindow } from './check-window.js';
import type { AudioPreprocessing } from './clap-model.js';
import { createInputWriter } from './create-input-writer.js';
import { inputShape } from './input-shape.js';
import type { ClapConfig } from './read-clap-config.js';

export interface AudioTowerOptions extends SessionOptions {
  readonly path: string;
  readonly config: ClapConfig;
  readonly preprocessing: AudioPreprocessing;
}

/** Loads the audio tower and checks it against the model's files. @throws {MediaError} `ERR_MODEL_CONFIG` and what `openSession` throws. */
export async function openAudioTower(options: AudioTowerOptions): Promise<MediaTower<Sound>> {
  const { path, config, preprocessing, ...sessionOptions } = options;
  const session = await openSession(path, sessionOptions);
  try {
    const checked = checkSession(session, config, preprocessing);
    return {
      dimension: checked.dimension,
      batchSize: checked.takesOne ? 1 : session.batchSize,
      embed: embedder(session, checked, preprocessing),
      close: session.close,
    };
  } catch (error) {
    await session.close();
    throw error;
  }
}

type Checked = ReturnType<typeof checkSession>;

function embedder(
  session: Session,
  { input, output, dimension, takesOne }: Checked,
  preprocessing: AudioPreprocessing,
): MediaTower<Sound>['embed'] {
  const write = createInputWriter(preprocessing);
  const shape = inputShape(preprocessing);
  const length = shape.reduce((a, b) => a * b, 1);

  const prepare = async (windows: readonly Sound[], signal?: AbortSignal) => {
    const data = new Float32Array(windows.length * length);
    for (const [i, window] of windows.entries()) {
      write(window.data, data, i * length);
      if (!data.subarray(i * length, (i + 1) * length).every(Number.isFinite))
        throw new MediaError('ERR_INPUT', `a window for ${session.path} holds samples that are not finite`);
      await nextTurn(); // each takes its time, and decoding goes on meanwhile
      throwIfAborted(signal);
    }
    return { data, shape: [windows.length, ...shape] };
  };

  const run = async (windows: readonly Sound[], signal?: AbortSignal) => {
    const feeds = {
      ...notLonger(session, windows.length),
      [input.name]: await prepare(windows, signal),
    };
    const results = await session.run(feeds, { fetches: [output.name], signal });
    return embeddingsOf(results, output, windows.length, dimension, session.path);
  };

  return async (windows, { signal } = {}) => {
    for (const window of windows) checkWindow(preprocessing, window, session.path);
    const perRun = takesOne ? 1 : Math.max(1, windows.length);
    const rows = new Float32Array(windows.length * dimension);
    for (let start = 0; start < windows.length; start += perRun) {
      rows.set(await run(windows.slice(start, start + perRun), signal), start * dimension);
    }
    return rows;
  };
}

function checkSession(session: Session, config: ClapConfig, preprocessing: AudioPreprocessing) {
  const { path, inputs } = session;
  const fail = (problem: string) => new MediaError('ERR_MODEL_CONFIG', `${path} ${problem}`);
  const { logMel } = preprocessing;
  const shape = inputShape(preprocessing);
  const wanted = `[batch, ${shape.join(', ')}]`;

  const [input, ...others] = inputs.filter(({ name, type }) => name !== 'is_longer' || type !== 'bool');
  if (!input || others.length > 0 || input.type !== 'float32' || input.shape.length !== shape.length + 1) {
    const hint = logMel
      ? 'for a network that takes samples write "audio" into deepffmpeg.json'
      : '"audio" in deepffmpeg.json is for a network that takes samples';
    throw fail(
      `takes ${describeTensors(inputs) || 'nothing'}; one float32 input ${wanted} was expected (${hint})`,
    );
  }
  const [batch, ...declared] = input.shape;
  if (declared.some((size, i) => typeof size === 'number' && size !== shape[i])) {
    const file = logMel ? 'preprocessor_config.json' : '"audio" in deepffmpeg.json';
    throw fail(`takes sounds of [${input.shape.join(', ')}], but ${file} makes ${wanted}`);
  }
  if (typeof batch === 'number' && batch !== 1)
    throw fail(`takes ${batch} sounds at a time; a free batch or one of 1 was expected`);
  if (logMel && config.bands !== undefined && config.bands !== logMel.bands) {
    throw fail(
      `belongs to a config.json with audio_config.num_mel_bins ${config.bands}, but preprocessor_config.json ` +
        `makes ${logMel.bands}`,
    );
  }
  const output = embeddingOutput(session);
  const dimension = embeddingLength(session, output, config.dimension);
  return { input, output, dimension, takesOne: batch === 1 };
}
