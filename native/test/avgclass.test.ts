import { execFileSync } from 'node:child_process';
import { lstat, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { COLOURS, describeBuilt, makeTexts, run, SOUNDS, tiny } from './native-ffmpeg.js';

const add = (label: string, probability: string, enable: string) =>
  `metadata=add:key=lavfi.clip.0.label:value=${label}:enable='${enable}',metadata=add:key=lavfi.clip.0.probability:value=${probability}:enable='${enable}'`;

describeBuilt('avgclass', [], () => {
  let made: Awaited<ReturnType<typeof makeTexts>>;
  beforeAll(async () => {
    made = await makeTexts();
  });
  afterAll(() => made.remove());

  const average = async (
    name: string,
    graph: string,
    maps: readonly string[],
    more: readonly string[] = [],
  ) => {
    const ran = await run([
      '-filter_complex',
      graph,
      ...maps.flatMap((map) => ['-map', map]),
      ...more,
      '-f',
      'null',
      '-',
    ]);
    return { ...ran, csv: await readFile(made.path(name), 'utf8').catch(() => undefined) };
  };

  test('writes the mean of each label over the frames where it was reported, in order of first appearance', async () => {
    const graph = `color=s=16x16:r=10:d=1,${add('b\\,"c', '0.25', 'lt(n,4)')},${add('a', '0.5', 'between(n,4,5)')},${add('a', '0.9', 'gte(n,9)')},avgclass=output_file=${made.path('one.csv')}[v]`;
    const { code, csv } = await average('one.csv', graph, ['[v]']);
    expect(code).toBe(0);
    expect(csv).toBe('stream_id,label,avg_probability,count\n0,"b,""c",0.2500,4\n0,a,0.6333,3\n');
  });

  describeBuilt('avgclass behind clip and clap', ['openvino'], () => {
    test('takes pictures and sound, which it hands on', async () => {
      const colours = await made.make('clip', 'colours', COLOURS);
      const sounds = await made.make('clap', 'sounds', SOUNDS);
      const graph =
        `color=red:s=64x64:r=2:d=3,clip=model=${tiny.clip}:texts=${colours}[v];` +
        `anoisesrc=r=16000:d=5:a=0.5:s=7,clap=model=${tiny.clap}:texts=${sounds}[a];` +
        `[v][a]avgclass=v=1:a=1:output_file=${made.path('both.csv')}[vo][ao]`;
      const { code, csv, stdout } = await average('both.csv', graph, ['[vo]', '[ao]'], ['-progress', '-']);
      expect(code).toBe(0);
      expect(csv?.replaceAll(/0\.\d{4}|1\.0000/g, 'P')).toBe(
        'stream_id,label,avg_probability,count\n0,red,P,6\n1,noise,P,3\n',
      );
      expect(stdout).toContain('frame=6');
    });
  });

  test('writes what came until then when the output ends before the input', async () => {
    const graph = `color=s=16x16:r=10,${add('a', '0.5', '1')},avgclass=output_file=${made.path('part.csv')}[v]`;
    const { code, csv } = await average('part.csv', graph, ['[v]'], ['-frames:v', '3']);
    expect(code).toBe(0);
    expect(csv).toMatch(/^stream_id,label,avg_probability,count\n0,a,0\.5000,[3-9]\n$/);
  });

  test('goes on where it was when ffmpeg builds its filters anew', async () => {
    const path = made.path('sizes.nut');
    const sizes = "color=s=64x64:r=10:d=1,scale=w='if(lt(n,5),64,32)':h=32:eval=frame";
    await run(['-f', 'lavfi', '-i', sizes, '-c:v', 'mjpeg', '-f', 'mjpeg', '-y', path]);
    const graph = `${add('a', '0.5', '1')},avgclass=output_file=${made.path('sizes.csv')}`;
    const { code, stderr } = await run(['-f', 'mjpeg', '-i', path, '-vf', graph, '-f', 'null', '-']);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(await readFile(made.path('sizes.csv'), 'utf8')).toContain('0,a,0.5000,10');
  });

  test('tells at once that a file cannot be written, and leaves none behind', async () => {
    for (const place of ['/nowhere/x.csv', made.folder]) {
      const graph = `color=d=1,avgclass=output_file=${place}[v]`;
      const { code, stderr } = await average('x', graph, ['[v]']);
      expect(code).not.toBe(0);
      expect(stderr).toContain(`option output_file: ${place} cannot be written`);
    }
    expect((await average('x', 'color=d=1,avgclass[v]', ['[v]'])).stderr).toContain(
      'option output_file must be set',
    );
    expect((await readdir(made.folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  const counted = 'stream_id,label,avg_probability,count\n0,a,0.5000,10\n';
  const counting = (path: string) =>
    `color=s=16x16:r=10:d=1,${add('a', '0.5', '1')},avgclass=output_file=${path}[v]`;

  test('follows a link, and leaves files of others alone', async () => {
    const [link, target, other] = ['link.csv', 'target.csv', 'target.csv.part'].map(made.path);
    await writeFile(target!, 'old');
    await writeFile(other!, 'precious');
    await symlink(target!, link!);
    expect(await average('link.csv', counting(link!), ['[v]'])).toMatchObject({ code: 0, csv: counted });
    expect((await lstat(link!)).isSymbolicLink()).toBe(true);
    expect(await readFile(target!, 'utf8')).toBe(counted);
    expect(await readFile(other!, 'utf8')).toBe('precious');
  });

  test('writes into a pipe, which stays one', async () => {
    const pipe = made.path('pipe');
    execFileSync('mkfifo', [pipe]);
    const read = readFile(pipe, 'utf8');
    await average('none', counting(pipe), ['[v]']);
    expect(await read).toBe(counted);
    expect((await lstat(pipe)).isFIFO()).toBe(true);
  });

  test('an older file does not stay where nothing was reported', async () => {
    await writeFile(made.path('stale.csv'), 'stale');
    const graph = `color=s=16x16:r=10,avgclass=output_file=${made.path('stale.csv')}[v]`;
    const { csv } = await average('stale.csv', graph, ['[v]'], ['-t', '1']);
    expect(csv).toBe('stream_id,label,avg_probability,count\n');
  });

  test('a file that cannot be written in the end fails the run', async () => {
    const { code, stderr } = await average('none', counting('/dev/full'), ['[v]']);
    expect(code).not.toBe(0);
    expect(stderr).toContain('/dev/full cannot be written: No space left on device');
  });

  test('frames of one input do not depend on those of another', async () => {
    const second = async (matrix: string, format: string) => {
      const graph =
        `testsrc2=s=64x64:r=4:d=1,format=${format},setparams=colorspace=${matrix}[a];` +
        'testsrc2=s=64x64:r=4:d=1,format=yuv444p,setparams=colorspace=smpte170m:range=pc[b];' +
        `[a][b]avgclass=v=2:output_file=${made.path('two.csv')}[ao][bo]`;
      const outputs = ['-map', '[ao]', '-f', 'null', '-', '-map', '[bo]', '-f', 'framemd5', '-'];
      const { code, stdout, stderr } = await run(['-filter_complex', graph, ...outputs]);
      expect({ code, stderr }).toMatchObject({ code: 0 });
      return stdout;
    };
    expect(await second('bt709', 'yuv420p')).toBe(await second('smpte170m', 'yuv444p'));
  });
});
