import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { describeWithFfmpeg } from '@deepffmpeg/test-kit';
import { expect, test } from 'vitest';
import { formatWav, readWav } from '../../src/index.js';

const ffmpeg = process.env['DEEPFFMPEG_FFMPEG'] || 'ffmpeg';

/** What ffmpeg hears, as float32 of one channel. */
function decode(path: string, filters: string): Float32Array {
  const args = ['-v', 'error', '-i', path, '-af', filters, '-f', 'f32le', '-'];
  return new Float32Array(new Uint8Array(execFileSync(ffmpeg, args, { maxBuffer: 1 << 28 })).buffer);
}

const worst = (a: Float32Array, b: Float32Array) =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);

const noise = ['-f', 'lavfi', '-i', 'anoisesrc=color=pink:seed=7:duration=3:amplitude=0.9:sample_rate=44100'];
const one = 'aformat=sample_fmts=flt';
const mean = 'aformat=sample_fmts=fltp,pan=mono|c0=0.5*c0+0.5*c1';

describeWithFfmpeg('WAV, beside ffmpeg', (media) => {
  const files: { name: string; args: readonly string[]; filters?: string; tolerance?: number }[] = [
    ...['u8', 's16le', 's24le', 's32le', 'f32le', 'f64le', 'alaw', 'mulaw'].map((coding) => ({
      name: coding,
      args: ['-c:a', `pcm_${coding}`],
    })),
    { name: 'stereo', args: ['-ac', '2', '-c:a', 'pcm_s24le'], filters: mean, tolerance: 1e-7 },
    { name: 'rf64', args: ['-rf64', 'always'] },
    // wavefile cuts each part of a step by itself, ffmpeg their sum: they part, by a few of 16 bits' steps and seldom by more.
    { name: 'adpcm', args: ['-c:a', 'adpcm_ima_wav', '-ar', '22050'], tolerance: 0.003 },
  ];
  test.each(files)('reads $name as ffmpeg does', async ({ name, args, filters = one, tolerance = 0 }) => {
    const path = await media.make(`${name}.wav`, ...noise, ...args);
    const { data } = await readWav(path);
    const heard = decode(path, filters);
    expect(data).toHaveLength(heard.length);
    expect(worst(data, heard)).toBeLessThanOrEqual(tolerance);
  });

  test('resamples as the decode plan has ffmpeg do, but for the ends', async () => {
    const path = await media.make('plain.wav', ...noise, '-c:a', 'pcm_f32le');
    for (const sampleRate of [16_000, 48_000]) {
      const { data } = await readWav(path, { sampleRate });
      const heard = decode(path, `${one},aresample=${sampleRate}:resampler=swr:filter_size=64,${one}`);
      expect(data).toHaveLength(heard.length);
      // ffmpeg takes one sum for all phases of its filter, we take each phase's own.
      expect(worst(data.subarray(500, -500), heard.subarray(500, -500))).toBeLessThan(3e-5);
    }
  });

  test('ffmpeg reads what is written', async () => {
    const data = Float32Array.from({ length: 8000 }, (_, i) => Math.sin(i / 9));
    for (const format of ['float32', 'int16'] as const) {
      const path = media.path(`${format}.wav`);
      await writeFile(path, formatWav({ sampleRate: 16_000, data }, { format }));
      expect(worst(data, decode(path, one))).toBeLessThanOrEqual(format === 'int16' ? 1 / 32_768 : 0);
    }
  });

  test('reads what ffmpeg writes into a pipe', async () => {
    const path = await media.make('source.wav', ...noise);
    const piped = execFileSync(ffmpeg, ['-v', 'error', '-i', path, '-f', 'wav', '-'], { maxBuffer: 1 << 28 });
    expect(worst((await readWav(piped)).data, decode(path, one))).toBe(0);
  });
});
