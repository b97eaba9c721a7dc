import { MediaError, type Picture, resizePicture } from '@deepffmpeg/core';
import {
  describeTensors,
  embeddingLength,
  embeddingOutput,
  embeddingsOf,
  type MediaTower,
  openSession,
  type Session,
  type SessionOptions,
  type TensorInfo,
} from '@deepffmpeg/models';
import type { PicturePreprocessing } from './clip-model.js';
import { createPixelWriter } from './create-pixel-writer.js';
import { finalSize } from './final-size.js';
import type { ClipConfig } from './read-clip-config.js';

export interface ImageTowerOptions extends SessionOptions {
  readonly path: string;
  readonly config: ClipConfig;
  readonly preprocessing: PicturePreprocessing;
}

/** Loads the image tower and checks it against the model's files. @throws {MediaError} `ERR_MODEL_CONFIG` and what `openSession` throws. */
export async function openImageTower(options: ImageTowerOptions): Promise<MediaTower<Picture>> {
  const { path, config, preprocessing, device, threads, signal } = options;
  const session = await openSession(path, { device, threads, signal });
  try {
    const { input, output, dimension } = checkSession(session, config, preprocessing);
    return {
      dimension,
      batchSize: session.batchSize,
      embed: embedder(session, input, output, dimension, preprocessing),
      close: session.close,
    };
  } catch (error) {
    await session.close();
    throw error;
  }
}

function embedder(
  session: Session,
  input: TensorInfo,
  output: TensorInfo,
  dimension: number,
  preprocessing: PicturePreprocessing,
): MediaTower<Picture>['embed'] {
  const { width, height } = finalSize(preprocessing.resize);
  const write = createPixelWriter(preprocessing);
  const pictureLength = 3 * width * height;
  let batch = new Float32Array(0); // one for all runs, since a run copies it at once

  return async (pictures, { signal } = {}) => {
    if (pictures.length === 0) return new Float32Array(0);
    const length = pictures.length * pictureLength;
    if (batch.length < length) batch = new Float32Array(length);
    pictures.forEach((picture, i) => {
      write(resizePicture(picture, preprocessing.resize), batch, i * pictureLength);
    });
    const pixels = { data: batch.subarray(0, length), shape: [pictures.length, 3, height, width] };
    const results = await session.run({ [input.name]: pixels }, { fetches: [output.name], signal });
    return embeddingsOf(results, output, pictures.length, dimension, session.path);
  };
}

function checkSession(session: Session, config: ClipConfig, { resize }: PicturePreprocessing) {
  const { path, inputs } = session;
  const fail = (problem: string) => new MediaError('ERR_MODEL_CONFIG', `${path} ${problem}`);
  const { width, height } = finalSize(resize);

  const [input, ...others] = inputs;
  if (!input || others.length > 0 || input.type !== 'float32' || input.shape.length !== 4) {
    const declared = describeTensors(inputs) || 'nothing';
    throw fail(`takes ${declared}; one float32 input [batch, 3, height, width] was expected`);
  }
  const wanted = [undefined, 3, height, width];
  if (input.shape.some((size, i) => i > 0 && typeof size === 'number' && size !== wanted[i])) {
    throw fail(
      `takes pictures of [${input.shape.join(', ')}], but preprocessor_config.json makes [batch, 3, ${height}, ${width}]`,
    );
  }
  if (typeof input.shape[0] === 'number')
    throw fail(`takes ${input.shape[0]} pictures at a time; a free batch was expected`);
  if (config.imageSize !== undefined && (config.imageSize !== height || config.imageSize !== width)) {
    throw fail(
      `belongs to a config.json with vision_config.image_size ${config.imageSize}, but preprocessor_config.json ` +
        `makes ${width}x${height}`,
    );
  }
  const output = embeddingOutput(session);
  return { input, output, dimension: embeddingLength(session, output, config.dimension) };
}
