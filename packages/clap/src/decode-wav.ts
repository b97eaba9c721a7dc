import wavefile from 'wavefile';
import type { WavSamples } from './find-wav-samples.js';

/** Some 1.5 s at 44.1 kHz: between two pieces, others have their turn. */
const PIECE_SAMPLES = 2 ** 16;

/** How many samples each channel has. Of a last block that is cut, only ADPCM's samples count. */
export function countWavSamples({ coding, data, blockBytes }: WavSamples): number {
  if (coding !== 'ima-adpcm') return Math.floor(data.length / blockBytes);
  const rest = data.length % blockBytes;
  return Math.floor(data.length / blockBytes) * adpcmLength(blockBytes) + adpcmLength(rest);
}

/**
 * Gives the mean of the channels, piece by piece, as float32: integers of n bits divided by 2^(n-1).
 *
 * wavefile sees one piece at a time, never the file: it would follow whatever sizes a file claims, and hold eight
 * bytes for each sample.
 */
export function* decodeWav(samples: WavSamples): Generator<Float32Array> {
  const { coding, data, blockBytes, channels } = samples;
  const blockSamples = coding === 'ima-adpcm' ? adpcmLength(blockBytes) : channels;
  const pieceBytes = blockBytes * Math.max(1, Math.floor(PIECE_SAMPLES / blockSamples));
  const end = coding === 'ima-adpcm' ? data.length : data.length - (data.length % blockBytes);
  for (let start = 0; start < end; start += pieceBytes) {
    const piece = data.subarray(start, Math.min(start + pieceBytes, end));
    yield meanOf(decoders[coding](piece, samples), channels, scales[coding](samples.bits));
  }
}

type Decoder = (piece: Uint8Array, samples: WavSamples) => Float64Array;

const decoders: Record<WavSamples['coding'], Decoder> = {
  integer(piece, { bits, ...samples }) {
    const values = openPiece(`${bits}`, piece, samples).getSamples(true);
    return bits === 8 ? values.map((value) => value - 128) : values;
  },
  /** Not by wavefile, which takes 18 ms for a second of one channel: it reads floats as texts of bits. */
  float(piece, { bits, isBigEndian }) {
    const view = new DataView(piece.buffer, piece.byteOffset, piece.byteLength);
    const width = bits / 8;
    return Float64Array.from({ length: piece.length / width }, (_, i) =>
      bits === 32 ? view.getFloat32(i * width, !isBigEndian) : view.getFloat64(i * width, !isBigEndian),
    );
  },
  'a-law'(piece, samples) {
    const wav = openPiece('8a', piece, samples);
    wav.fromALaw();
    return wav.getSamples(true);
  },
  'mu-law'(piece, samples) {
    const wav = openPiece('8m', piece, samples);
    wav.fromMuLaw();
    return wav.getSamples(true);
  },
  'ima-adpcm': decodeAdpcm,
};

/** What is loudest, by the bits of a sample. Companded samples stand for 16 bits. */
const scales: Record<WavSamples['coding'], (bits: number) => number> = {
  integer: (bits) => 2 ** (bits - 1),
  float: () => 1,
  'a-law': () => 2 ** 15,
  'mu-law': () => 2 ** 15,
  'ima-adpcm': () => 2 ** 15,
};

/** Samples of an ADPCM block: the header's one, then two in a byte. */
function adpcmLength(blockBytes: number): number {
  return blockBytes < 4 ? 0 : 1 + 2 * (blockBytes - 4);
}

/** The last of ADPCM's table. */
const MOST_STEP = 88;

/** wavefile 11 gives the header's sample twice, and leaves the last block out. */
function decodeAdpcm(piece: Uint8Array, samples: WavSamples): Float64Array {
  const { blockBytes } = samples;
  const blocks = Math.ceil(piece.length / blockBytes);
  const filled = new Uint8Array((blocks + 1) * blockBytes);
  filled.set(piece);
  const wav = openPiece('4', filled, samples);
  wav.fromIMAADPCM();
  const given = wav.getSamples(true);
  const length = adpcmLength(blockBytes);
  const values = new Float64Array(
    (blocks - 1) * length + adpcmLength(piece.length - (blocks - 1) * blockBytes),
  );
  for (let block = 0; block < blocks; block++) {
    const step = filled[block * blockBytes + 2]!; // in range, as every block has a header or is filled up
    if (step > MOST_STEP)
      throw new Error(`a block of it is damaged: it begins with step ${step} of ${MOST_STEP}`);
    const start = block * (length + 1) + 1;
    const room = values.length - block * length;
    values.set(given.subarray(start, start + Math.min(length, room)), block * length);
  }
  return values;
}

function openPiece(
  bitDepth: string,
  piece: Uint8Array,
  { channels, blockBytes, isBigEndian }: Omit<WavSamples, 'bits'>,
) {
  const wav = new wavefile.WaveFile();
  // It checks the rate against the channels, and needs it for nothing else.
  wav.fromScratch(channels, 8000, bitDepth, [], { container: isBigEndian ? 'RIFX' : 'RIFF' });
  Object.assign(wav.fmt, { blockAlign: blockBytes });
  Object.assign(wav.data, { samples: piece, chunkSize: piece.length });
  return wav;
}

function meanOf(values: Float64Array, channels: number, scale: number): Float32Array {
  const mean = new Float32Array(values.length / channels);
  for (let i = 0; i < mean.length; i++) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) sum += values[i * channels + channel]!; // in range
    mean[i] = sum / channels / scale;
  }
  return mean;
}
