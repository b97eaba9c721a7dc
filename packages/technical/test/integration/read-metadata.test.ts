import { rm, writeFile } from 'node:fs/promises';
import type { Shot } from '@deepffmpeg/core';
import { describeWithFfmpeg, testPicture } from '@deepffmpeg/test-kit';
import { expect, test } from 'vitest';
import { makeAnalysisDocument, readMetadata, scenesOf } from '../../src/index.js';

const x264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '25', '-bf', '2'];
const sound = ['-f', 'lavfi', '-i', 'sine=d=1'];

describeWithFfmpeg('readMetadata', (media) => {
  const read = async (name: string) => {
    const keyframes: number[] = [];
    const shots: Shot[] = [];
    const metadata = await readMetadata(media.path(name), {
      onKeyframe: (timestamp) => keyframes.push(timestamp),
      onKeyframeShot: (shot) => shots.push(shot),
    });
    const scenes = scenesOf(shots, 'keyframes', metadata.info);
    const parts = { inputFile: name, metadata, scenes, sceneThreshold: 0.3, sound: undefined };
    return { ...metadata, keyframes, document: makeAnalysisDocument(parts) };
  };

  test('tells the packets of an ordinary film, and its keyframes', async () => {
    await media.make('film.mp4', ...testPicture('s=64x48:r=25:d=3'), ...x264);
    const { packets, keyframes, document } = await read('film.mp4');
    expect(packets).toEqual({
      packetCount: 75,
      frameCount: 75,
      startSeconds: 0,
      endSeconds: 3,
      frameRateMode: 'constant',
      keyframeCount: 3,
      gop: { shortest: 25, mean: 25, longest: 25 },
    });
    expect(keyframes).toEqual([0, 1, 2]);
    expect(document.scene_analysis).toMatchObject({ total_frames: 75, scene_timestamps: [0, 1, 2] });
  });

  test.each(['mkv', 'mp4', 'ts', 'flv'])('tells a variable rate from a constant one: %s', async (ending) => {
    const constant = testPicture('s=64x48:r=24000/1001:d=2');
    await media.make(`constant.${ending}`, ...constant, ...x264);
    expect((await read(`constant.${ending}`)).packets?.frameRateMode).toBe('constant');
    const variable = ['-vf', "select='not(eq(mod(n,5),3))'", '-fps_mode', 'vfr'];
    await media.make(`variable.${ending}`, ...constant, ...variable, ...x264);
    expect((await read(`variable.${ending}`)).packets?.frameRateMode).toBe('variable');
  });

  test('finds HDR10 that only the pictures tell of', async () => {
    const params = 'log-level=none:transfer=smpte2084:max-cll=1000,400';
    const x265 = ['-c:v', 'libx265', '-pix_fmt', 'yuv420p10le', '-x265-params', params];
    await media.make('hdr.mp4', ...testPicture('s=64x48:r=25:d=0.2'), ...x265);
    const { info } = await read('hdr.mp4');
    expect(info.streams).toMatchObject([{ hdr: { kind: 'hdr10', contentLight: { maxContent: 1000 } } }]);
  });

  test('sound alone has no packets of video', async () => {
    await media.make('sound.m4a', ...sound);
    const { packets, keyframes, document } = await read('sound.m4a');
    expect([packets, keyframes]).toEqual([undefined, []]);
    expect(document.scene_analysis).toMatchObject({ total_frames: 0, scene_count: 0 });
    expect(document.audio_analysis.has_audio).toBe(true);
  });

  test('a cover picture is no video of its own', async () => {
    const cover = [
      '-map',
      '0',
      '-map',
      '1',
      '-c:v',
      'png',
      '-frames:v',
      '1',
      '-disposition:v:0',
      'attached_pic',
    ];
    await media.make('cover.mp3', ...sound, ...testPicture('s=16x16:d=1'), ...cover);
    const { packets, document } = await read('cover.mp3');
    expect(packets).toBeUndefined();
    expect(document.metadata.video_streams).toHaveLength(1);
    expect(document.system_info.details).not.toHaveProperty('resolution_class');
  });

  test('pictures without sound, one frame, 100 ms', async () => {
    await media.make('still.png', ...testPicture('s=64x48:d=1'), '-frames:v', '1');
    expect(await read('still.png')).toMatchObject({ packets: { packetCount: 1, frameRateMode: undefined } });
    await media.make('one.mp4', ...testPicture('s=64x48:r=25:d=1'), '-frames:v', '1', ...x264);
    expect(await read('one.mp4')).toMatchObject({
      packets: { frameCount: 1, gop: { longest: 1 } },
      document: { scene_analysis: { scene_timestamps: [0] }, audio_analysis: { has_audio: false } },
    });
    await media.make('short.mkv', ...testPicture('s=64x48:r=30:d=0.1'), ...x264);
    expect(await read('short.mkv')).toMatchObject({ packets: { frameCount: 3, frameRateMode: 'constant' } });
  });

  test('files without frames and without streams have documents, too', async () => {
    await writeFile(media.path('none.y4m'), 'YUV4MPEG2 W16 H16 F25:1 Ip A1:1 C420jpeg\n');
    const { packets, document } = await read('none.y4m');
    expect(packets).toMatchObject({ packetCount: 0, startSeconds: undefined, gop: undefined });
    expect(document.scene_analysis).toMatchObject({ scene_count: 0, detection_method: 'fallback' });

    await writeFile(media.path('bare.mp4'), bareMp4());
    const bare = await read('bare.mp4');
    expect(bare).toMatchObject({ packets: undefined, info: { streams: [] } });
    expect(bare.document.scene_analysis).toMatchObject({
      average_scene_duration: null,
      scene_frequency: null,
    });
  });

  test('no media and no file are ERR_INPUT, and an abort is an abort', async () => {
    await writeFile(media.path('text.mp4'), 'Hello, this is no film.\n'.repeat(99));
    await expect(read('text.mp4')).rejects.toMatchObject({ code: 'ERR_INPUT' });
    await rm(media.path('text.mp4'));
    await expect(read('text.mp4')).rejects.toMatchObject({ code: 'ERR_INPUT' });
    const aborted = readMetadata(media.path('film.mp4'), { signal: AbortSignal.abort() });
    await expect(aborted).rejects.toMatchObject({ name: 'AbortError' });
    const controller = new AbortController();
    const onKeyframe = () => controller.abort();
    const later = readMetadata(media.path('film.mp4'), { signal: controller.signal, onKeyframe });
    await expect(later).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('what a callback throws is the error', async () => {
    const enough = () => {
      throw new Error('enough');
    };
    await expect(readMetadata(media.path('film.mp4'), { onKeyframe: enough })).rejects.toThrow('enough');
    await expect(readMetadata(media.path('film.mp4'), { onKeyframeShot: enough })).rejects.toThrow('enough');
  });
});

/** An MP4 file that holds no stream. */
function bareMp4(): Buffer {
  const box = (type: string, ...parts: readonly Buffer[]) => {
    const size = Buffer.alloc(4);
    size.writeUInt32BE(8 + Buffer.concat(parts).length);
    return Buffer.concat([size, Buffer.from(type), ...parts]);
  };
  const header = Buffer.alloc(100); // version 0, times 0, without tracks
  header.writeUInt32BE(1000, 12); // ticks per second
  return Buffer.concat([
    box('ftyp', Buffer.from('isom\0\0\0\0isom')),
    box('moov', box('mvhd', header)),
    box('mdat'),
  ]);
}
