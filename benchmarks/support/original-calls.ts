// The original's calls of ffmpeg and ffprobe, as its log tells them, without its inference.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type Ffmpeg, probe } from '@deepffmpeg/ffmpeg-filters';

const run = promisify(execFile);

/** Metadata, packets counted, volume, silence, keyframes, and one-second probes of the volume, each decoding picture and sound. */
export async function originalAnalysis(video: string, ffmpeg: Ffmpeg): Promise<void> {
  const { durationSeconds = 0 } = await probe(video, { ffmpeg });
  const ffprobe = ffmpeg.ffprobePath ?? 'ffprobe';
  const decode = (...args: string[]) =>
    run(ffmpeg.path, ['-v', 'info', '-i', video, ...args, '-f', 'null', '-']);
  await run(ffprobe, ['-v', 'quiet', '-print_format', 'json', '-show_format', '-show_streams', video]);
  const count = ['-count_packets', '-show_entries', 'stream=nb_read_packets'];
  await run(ffprobe, ['-v', 'error', '-select_streams', 'v:0', ...count, video]);
  await decode('-af', 'volumedetect');
  await decode('-vf', "select='eq(pict_type,I)',showinfo");
  await decode('-af', 'silencedetect=noise=-30dB:d=0.5');
  const probes = Math.floor(Math.min(20, Math.max(10, durationSeconds / 5)));
  for (let i = 0; i < probes; i++)
    await run(ffmpeg.path, [
      ...['-ss', String((i * durationSeconds) / probes), '-t', '1', '-i', video],
      ...['-af', 'volumedetect', '-f', 'null', '-'],
    ]);
}

/** What its filters for classification were given: every frame, and all of the sound, each scaled to what the models take. */
export async function originalClassification(video: string, ffmpeg: Ffmpeg): Promise<void> {
  const pictures = ['-vf', 'scale=224:224,format=rgb24'];
  const sound = ['-af', 'aresample=48000'];
  await run(ffmpeg.path, ['-v', 'info', '-i', video, ...pictures, ...sound, '-f', 'null', '-']);
}
