import { type EncodedLabelSet, MediaError, type PictureSize, refuseLonelyLabels } from '@deepffmpeg/core';

/** How a model wants its pictures: `preprocessing` of an opened CLIP model. */
export interface PictureInput {
  readonly resize: PictureSize;
  readonly rescale: number;
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/** How a model wants its sound: `preprocessing` of an opened CLAP model. */
export interface SoundInput {
  readonly sampleRate: number;
  readonly windowSeconds: number;
  readonly padding: 'pad' | 'repeat' | 'repeatpad';
  readonly logMel?: {
    readonly fftSize: number;
    readonly hopLength: number;
    readonly bands: number;
    readonly lowestHz: number;
    readonly highestHz: number;
    readonly scale: 'slaney' | 'htk';
    readonly channels: number;
  };
}

/** The first line of a texts file; the number goes up when an older filter could not read it. */
const MAGIC = 'deepffmpeg-texts 1';

/**
 * Writes what the filters `clip` and `clap` of the native ffmpeg read as their option `texts`: the labels, the embeddings of their
 * sentences, and how the model wants its pictures or sound. A head of lines, an empty line, then float32, little-endian, `[rows, dimension]`.
 *
 * @throws {MediaError} `ERR_LABELS` for names that no line can hold, and for a label that would always have probability 1.
 */
export function formatNativeTexts(labels: EncodedLabelSet, input: PictureInput | SoundInput): Uint8Array {
  const { labelSet, model, vectors, activation, logitScale, logitBias = 0, temperature = 1 } = labels;
  refuseLonelyLabels(labels);
  const rows = rowsOf(labels);
  const head = [
    MAGIC,
    `medium ${'resize' in input ? 'video' : 'audio'}`,
    `model ${model.replaceAll(/\s/g, ' ')}`,
    `kind ${labelSet.kind}`,
    `activation ${activation}`,
    `scale ${logitScale}`,
    `bias ${logitBias}`,
    `temperature ${temperature}`,
    `dimension ${vectors.length / rows.length}`,
    ...('resize' in input ? pictureLines(input) : soundLines(input)),
    ...rows,
  ];
  return Buffer.concat([Buffer.from(`${head.join('\n')}\n\n`), littleEndian(vectors)]);
}

function rowsOf({ labelSet, rowsPerLabel }: EncodedLabelSet): string[] {
  const places = labelSet.groups.flatMap(({ name, labels }) => labels.map((label) => ({ name, label })));
  return places.flatMap(({ name, label }, index) => {
    if (/[\t\n\r\0]/.test(name) || /[\n\r\0]/.test(label))
      throw new MediaError(
        'ERR_LABELS',
        `${labelSet.name}: ${JSON.stringify(`${name}: ${label}`)} holds a tab, a line break or NUL, which ffmpeg's filters cannot take`,
      );
    return Array.from({ length: rowsPerLabel?.[index] ?? 1 }, () => `row ${name}\t${label}`);
  });
}

function pictureLines({ resize, rescale, mean, std }: PictureInput): string[] {
  const squares = 'shortestEdge' in resize;
  const { width, height } = squares
    ? (resize.crop ?? { width: resize.shortestEdge, height: resize.shortestEdge })
    : resize;
  return [
    `width ${width}`,
    `height ${height}`,
    `shortest ${squares ? resize.shortestEdge : 0}`,
    `kernel ${resize.kernel ?? 'bicubic'}`,
    `rescale ${rescale}`,
    `mean ${mean.join(' ')}`,
    `std ${std.join(' ')}`,
  ];
}

function soundLines({ sampleRate, windowSeconds, padding, logMel }: SoundInput): string[] {
  const lines = [
    `rate ${sampleRate}`,
    `window ${Math.round(windowSeconds * sampleRate)}`,
    `padding ${padding}`,
  ];
  if (logMel === undefined) return lines;
  const { fftSize, hopLength, bands, lowestHz, highestHz, scale, channels } = logMel;
  return [...lines, `mel ${[fftSize, hopLength, bands, lowestHz, highestHz, scale, channels].join(' ')}`];
}

function littleEndian(numbers: Float32Array): Buffer {
  const bytes = Buffer.alloc(numbers.length * 4);
  for (const [i, number] of numbers.entries()) bytes.writeFloatLE(number, i * 4);
  return bytes;
}
