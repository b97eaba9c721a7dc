import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { MediaError, readBoundedFile } from '@deepffmpeg/core';
import {
  describeTensors,
  openSession,
  type Session,
  type SessionOptions,
  type TensorInfo,
} from '@deepffmpeg/models';

/** Hears speech. Whoever opened it closes it; many stages may share it. */
export interface VoiceModel {
  /** Tells whose probabilities these are. */
  readonly id: string;
  /** Hz, of all it is given: the rate to ask a decoder for. */
  readonly sampleRate: number;
  /** Samples that it takes at once. */
  readonly frameLength: number;
  /** Begins to listen to a sound. */
  listen(): VoiceListener;
}

/**
 * Takes the frames of one sound in their order, each after the answer to the one before, and remembers what it heard. Returns the
 * probability that there is speech in the frame, 0 to 1. Every frame has `frameLength` samples: fill up the last one with silence.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS` for a frame of another length, `ERR_MODEL_OUTPUT`.
 */
export type VoiceListener = (
  frame: Float32Array,
  options?: { readonly signal?: AbortSignal },
) => Promise<number>;

/** A voice model that `openVoiceModel` loaded, and that is to be closed. */
export interface OpenedVoiceModel extends VoiceModel {
  /** Releases it, after the work in flight. */
  close(): Promise<void>;
}

const SAMPLE_RATE = 16_000;
/** 32 ms. */
const FRAME_LENGTH = 512;
/** The end of the frame before stands in front of each. */
const CONTEXT_LENGTH = 64;
/** Two layers of a recurrent network. */
const STATE_SHAPE = [2, 1, 128];
const STATE_LENGTH = 2 * 128;

/** 100 times the size of any known one. */
const MOST_BYTES = 2 ** 28;

/** What goes in and comes out; a size may be free instead. */
const expected = {
  inputs: [
    { name: 'input', type: 'float32', shapes: [[1, CONTEXT_LENGTH + FRAME_LENGTH]] },
    { name: 'state', type: 'float32', shapes: [STATE_SHAPE] },
    { name: 'sr', type: 'int64', shapes: [[], [1]] },
  ],
  outputs: [
    { name: 'output', type: 'float32', shapes: [[1, 1]] },
    { name: 'stateN', type: 'float32', shapes: [STATE_SHAPE] },
  ],
};

/**
 * Loads a voice activity model in the shape of Silero VAD 5 and 6: `silero_vad.onnx`, 2.3 MB, MIT.
 *
 * It takes float32 `input` `[batch, 64 + 512]` at 16 kHz, float32 `state` `[2, batch, 128]` and int64 `sr`, and gives
 * `output` `[batch, 1]`, a probability, and `stateN` for the next frame. Runs on one thread, if not told otherwise: it
 * is too small to share out.
 *
 * @throws {MediaError} `ERR_MODEL_CONFIG` when it has another shape, such as that of versions before 5, and what `openSession` throws.
 * @see https://github.com/snakers4/silero-vad, `OnnxWrapper`
 */
export async function openVoiceModel(path: string, options: SessionOptions = {}): Promise<OpenedVoiceModel> {
  const session = await openSession(path, { ...options, threads: options.threads ?? 1 });
  try {
    const sampleRateShape = checkSession(session);
    const digest = createHash('sha256').update(await readBoundedFile(path, MOST_BYTES, options));
    return {
      id: `${basename(path, '.onnx')}@${digest.digest('hex').slice(0, 12)}`,
      sampleRate: SAMPLE_RATE,
      frameLength: FRAME_LENGTH,
      listen: () => createListener(session, sampleRateShape),
      close: session.close,
    };
  } catch (error) {
    await session.close();
    throw error;
  }
}

function createListener(session: Session, sampleRateShape: readonly number[]): VoiceListener {
  const input = new Float32Array(CONTEXT_LENGTH + FRAME_LENGTH);
  const sampleRate = { data: BigInt64Array.of(BigInt(SAMPLE_RATE)), shape: sampleRateShape };
  let state = new Float32Array(STATE_LENGTH);

  return async (frame, { signal } = {}) => {
    if (frame.length !== FRAME_LENGTH)
      throw new MediaError(
        'ERR_INVALID_OPTIONS',
        `a frame of ${FRAME_LENGTH} samples was expected, ${frame.length} came`,
      );
    input.set(frame, CONTEXT_LENGTH);
    const feeds = {
      input: { data: input, shape: [1, input.length] },
      state: { data: state, shape: STATE_SHAPE },
      sr: sampleRate,
    };
    const { output, stateN } = await session.run(feeds, { fetches: ['output', 'stateN'], signal });
    input.copyWithin(0, FRAME_LENGTH);
    const [probability = Number.NaN] = output?.data instanceof Float32Array ? output.data : [];
    if (!(probability >= 0 && probability <= 1) || output?.data.length !== 1)
      throw wrongOutput(
        session,
        `gave the probability ${output?.data.join(', ')}; one of 0 to 1 was expected`,
      );
    if (!(stateN?.data instanceof Float32Array) || stateN.data.length !== STATE_LENGTH)
      throw wrongOutput(session, `gave a state of [${stateN?.shape}]; [${STATE_SHAPE}] was expected`);
    state = stateN.data;
    return probability;
  };
}

function wrongOutput({ path }: Session, problem: string): MediaError {
  return new MediaError('ERR_MODEL_OUTPUT', `${path} ${problem}`);
}

/** Returns how the sample rate is to be given. */
function checkSession({ path, inputs, outputs }: Session): readonly number[] {
  const fits = (infos: readonly TensorInfo[], wanted: typeof expected.inputs) =>
    infos.length === wanted.length && wanted.every((value) => infos.some((info) => isLike(info, value)));
  if (!fits(inputs, expected.inputs) || !fits(outputs, expected.outputs))
    throw new MediaError(
      'ERR_MODEL_CONFIG',
      `${path} turns ${describeTensors(inputs)} into ${describeTensors(outputs)}; a model like Silero VAD 5 was expected: input float32 ` +
        '[batch, 576], state float32 [2, batch, 128] and sr int64 [] into output float32 [batch, 1] and stateN float32 ' +
        '[2, batch, 128]',
    );
  return inputs.find(({ name }) => name === 'sr')?.shape.length === 1 ? [1] : [];
}

function isLike(info: TensorInfo, { name, type, shapes }: (typeof expected.inputs)[number]): boolean {
  const { shape } = info;
  const takes = (sizes: readonly number[]) =>
    shape.length === sizes.length && shape.every((size, i) => typeof size === 'string' || size === sizes[i]);
  return info.name === name && info.type === type && shapes.some(takes);
}
