import { makeClapFolder, makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { expect, test } from 'vitest';
import { readAudioPreprocessing } from '../src/read-audio-preprocessing.js';

async function read(preprocessor: object) {
  const path = await makeClapFolder(await makeTemporaryFolder(), { preprocessor });
  return readAudioPreprocessing({ path, name: 'made' }, {});
}

/** As laion/clap-htsat-unfused has it. */
const published = {
  chunk_length_s: 10,
  feature_size: 64,
  fft_window_size: 1024,
  frequency_max: 14000,
  frequency_min: 50,
  hop_length: 480,
  max_length_s: 10,
  n_fft: 1024,
  nb_frequency_bins: 513,
  nb_max_frames: 1000,
  nb_max_samples: 480000,
  sampling_rate: 48000,
};

test('reads a published file', async () => {
  expect(await read(published)).toEqual({
    sampleRate: 48000,
    windowSeconds: 10,
    padding: 'repeatpad',
    logMel: {
      fftSize: 1024,
      hopLength: 480,
      bands: 64,
      lowestHz: 50,
      highestHz: 14000,
      scale: 'slaney',
      channels: 1,
    },
  });
});

test('fusion means the other mel scale, four times', async () => {
  const { logMel } = await read({ ...published, truncation: 'fusion' });
  expect(logMel).toMatchObject({ scale: 'htk', channels: 4 });
});

test.each(['max_length_s', 'nb_max_samples', 'chunk_length_s'] as const)(
  'takes the window from %s alone',
  async (name) => {
    const others = { max_length_s: undefined, nb_max_samples: undefined, chunk_length_s: undefined };
    const { windowSeconds } = await read({ ...published, ...others, [name]: published[name] });
    expect(windowSeconds).toBe(10);
  },
);

test('takes the size of a transform from its old name', async () => {
  expect((await read({ ...published, fft_window_size: undefined })).logMel?.fftSize).toBe(1024);
});

test('takes the word of deepffmpeg.json for a network that takes samples', async () => {
  const audio = { sampleRate: 44100, windowSeconds: 7, padding: 'repeat' } as const;
  expect(await readAudioPreprocessing({ path: '/nowhere', name: 'made' }, { audio })).toEqual(audio);
});

test.each([
  {
    fields: { feature_extractor_type: 'Wav2Vec2FeatureExtractor' },
    message: /ClapFeatureExtractor.*"audio"/,
  },
  { fields: { sampling_rate: undefined }, message: /preprocessor_config\.json: sampling_rate/ },
  { fields: { feature_size: undefined }, message: /feature_size/ },
  { fields: { hop_length: 0 }, message: /hop_length/ },
  { fields: { frequency_max: undefined }, message: /frequency_max/ },
  { fields: { frequency_min: 900 }, message: /frequency_min 900 is not below frequency_max 780/ },
  { fields: { padding: 'reflect' }, message: /padding/ },
  { fields: { truncation: 'center' }, message: /truncation/ },
  { fields: { fft_window_size: 400 }, message: /power of two.*400/ },
  { fields: { fft_window_size: 1 }, message: /power of two.*1/ },
  { fields: { fft_window_size: undefined }, message: /fft_window_size or n_fft/ },
  { fields: { n_fft: 64 }, message: /fft_window_size says 32 samples, n_fft 64 samples/ },
  { fields: { nb_max_samples: 480000 }, message: /max_length_s says 0\.1 s, nb_max_samples 300 s/ },
  {
    fields: { max_length_s: undefined, nb_max_samples: undefined },
    message: /max_length_s or nb_max_samples or chunk_length_s/,
  },
  { fields: { fft_window_size: 512 }, message: /160 samples is too short for transforms of 512/ },
  { fields: { ...published, hop_length: 1 }, message: /16 million/ },
])('refuses $fields', async ({ fields, message }) => {
  await expect(read(fields)).rejects.toMatchObject({ code: 'ERR_MODEL_CONFIG' });
  await expect(read(fields)).rejects.toThrow(message);
});
