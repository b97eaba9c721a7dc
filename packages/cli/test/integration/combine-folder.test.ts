import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeWithFfmpeg } from '@deepffmpeg/test-kit';
import { beforeAll, expect, test } from 'vitest';
import { runCommand } from '../run-command.js';

describeWithFfmpeg('combine with a folder', (media) => {
  const lavfi = (...sources: string[]) => sources.flatMap((source) => ['-f', 'lavfi', '-i', source]);
  const tone = 'sine=f=440:d=3';
  const codecs = ['-c:v', 'ffv1', '-c:a', 'pcm_s16le', '-shortest'];
  const combine = (...args: string[]) => runCommand(['combine', ...args]);
  const tiny = ['--models', 'tiny'];
  let films = '';
  beforeAll(async () => {
    films = media.path('films');
    await mkdir(join(films, 'inner'), { recursive: true });
    await media.make('films/a.mkv', ...lavfi('testsrc=s=160x90:r=10:d=2', tone), ...codecs);
    await media.make('films/inner/a.avi', ...lavfi('color=blue:s=160x90:r=10:d=2'), '-c:v', 'mjpeg');
    await writeFile(join(films, 'broken.mp4'), 'no film');
  });

  test('a folder has a page of all, tells what failed, and is not done twice', async () => {
    const folder = media.path('many');
    const args = [films, ...tiny, '-o', folder, '--report'];
    const first = await combine(...args);
    expect(first.code).toBe(3);
    expect(first.stderr).toMatch(/broken\.mp4/);
    expect(first.stdout.match(/=== Combined/g)).toHaveLength(2);
    expect(first.stdout).toContain('\n2 of 3 films are done, 1 failed.\n');
    const index = readFileSync(join(folder, 'index.html'), 'utf8');
    for (const text of ['a_report.html', 'a.2_report.html', 'broken.mp4']) expect(index).toContain(text);

    const names = readdirSync(folder).sort();
    const second = await combine(...args);
    expect(second.code).toBe(3);
    expect(second.stdout).toBe(
      `\n2 of 3 films are done, 2 of them before, 1 failed.\nIndex: ${join(folder, 'index.html')}\n`,
    );
    expect(second.stderr.match(/done before/g)).toHaveLength(2);
    expect(readdirSync(folder).sort()).toEqual(names);
    const again = readFileSync(join(folder, 'index.html'), 'utf8');
    for (const text of ['a_report.html', 'a.2_report.html', 'broken.mp4']) expect(again).toContain(text);
    expect(again.match(/data:image\/jpeg/g)).toHaveLength(2);
  });

  test('does again what changed, what is gone, and what it is told to', async () => {
    const folder = media.path('again');
    const args = [films, ...tiny, '-o', folder];
    await combine(...args);
    const done = async (...more: string[]) =>
      (await combine(...args, ...more)).stderr.match(/done before/g)?.length ?? 0;
    expect(await done('--confidence', '0.2')).toBe(0);
    expect(await done('--confidence', '0.2')).toBe(2);
    await rm(join(folder, 'a_technical.json'));
    expect(await done('--confidence', '0.2')).toBe(1);
    await writeFile(join(folder, 'a.2_combined_analysis.json'), '{}');
    expect(await done('--confidence', '0.2')).toBe(1);
    expect(await done('--confidence', '0.2', '--redo')).toBe(0);
    await rename(join(films, 'broken.mp4'), join(films, 'zroken.mp4'));
    expect(await done('--confidence', '0.2')).toBe(2);
  });

  test('a model that cannot be had is told again, and not taken for one that nobody asked for', async () => {
    const args = [films, '--clap-model', 'tiny', '-o', media.path('lacking')];
    await combine(...args);
    const { stderr, stdout } = await combine(...args, '--clip-model', 'nobody/no-such-model');
    expect(stderr).not.toContain('done before');
    expect(stderr).toMatch(/no-such-model/);
    expect(stdout).toContain('in part');
  });

  test("a film by itself leaves other films' files alone, and is never taken for one of them", async () => {
    const folder = media.path('beside');
    await mkdir(media.path('films2'));
    await media.make('films2/a.mkv', ...lavfi('color=red:s=160x90:r=10:d=1', tone), ...codecs);
    const other = media.path('films2/a.mkv');
    const inner = join(films, 'inner');
    await combine(inner, ...tiny, '-o', folder);
    const first = readFileSync(join(folder, 'a_combined_analysis.json'));
    for (let run = 0; run < 2; run++) {
      const { stdout } = await combine(other, ...tiny, '-o', folder);
      expect(stdout).toContain('a.2_combined_analysis.json'); // done each time
    }
    expect(readFileSync(join(folder, 'a_combined_analysis.json')).equals(first)).toBe(true);
    expect((await combine(inner, ...tiny, '-o', folder)).stderr).toMatch(/done before/);
    const stored = (name: string) => join(folder, `a.2_${name}`);
    await rm(stored('combined_analysis.json')); // else it would be refused, as less is known now
    const { stdout } = await combine(
      ...[other, '--from-existing', stored('technical.json'), '-o', folder, '--report'],
      ...['--classification-txt', stored('classifications.txt')],
    );
    expect(stdout).toContain('a.2_combined_analysis.json');
    expect(existsSync(join(folder, 'a.2_report.html'))).toBe(true);
    expect(readFileSync(join(folder, 'a_combined_analysis.json')).equals(first)).toBe(true);
    expect((await combine(inner, ...tiny, '-o', folder)).stderr).toMatch(/done before/);
    // What another program put there is no result of this film.
    await writeFile(
      join(folder, 'a_combined_analysis.json'),
      readFileSync(join(folder, 'a.2_combined_analysis.json')),
    );
    expect((await combine(inner, ...tiny, '-o', folder)).stderr).not.toMatch(/done before/);
  });

  test('what is done is on the page, though the run is ended by an error', async () => {
    const folder = media.path('ended');
    await mkdir(media.path('three'));
    for (const name of ['a', 'b', 'c'])
      await media.make(`three/${name}.mkv`, ...lavfi('color=red:s=160x90:r=10:d=1'), '-c:v', 'ffv1');
    const args = [media.path('three'), ...tiny, '-o', folder, '--report'];
    await combine(...args);
    for (const name of ['index.html', 'b_combined_analysis.json', 'b_technical.json'])
      await rm(join(folder, name));
    await mkdir(join(folder, 'b_technical.json/in-the-way'), { recursive: true });
    const { code, stderr } = await combine(...args);
    expect([code, stderr]).toEqual([1, expect.stringContaining('b_technical.json')]);
    const index = readFileSync(join(folder, 'index.html'), 'utf8');
    expect(index).toContain('a_report.html');
    expect(index).toContain('c_report.html');
    expect(index).not.toContain('b_report.html');

    await rm(join(folder, 'index.html'));
    await mkdir(join(folder, 'index.html/in-the-way'), { recursive: true });
    const without = await combine(...args);
    expect(without.code).toBe(1);
    expect(without.stderr).toMatch(/warning: the page of what is done is missing: .*index\.html/);
    expect(without.stderr).toContain('b_technical.json');
  });

  test('a film that failed keeps its name', async () => {
    const folder = media.path('kept');
    await mkdir(media.path('bad'));
    await writeFile(media.path('bad/a.mkv'), 'no film');
    await combine(media.path('bad'), ...tiny, '-o', folder);
    const { stdout } = await combine(join(films, 'a.mkv'), ...tiny, '-o', folder);
    expect(stdout).toContain('a.2_combined_analysis.json');
  });

  test('what no page can have in it is refused before any film is looked at', async () => {
    const folder = media.path('embedded');
    const embed = [...tiny, '-o', folder, '--report', '--report-media', 'embed'];
    const refused = await combine(films, ...embed);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/a\.avi is of no format that browsers play: take --report-media link/);
    expect((await combine('-', ...embed)).stderr).toMatch(/- is no file/);
    const large = media.path('large.mp4');
    await writeFile(large, '');
    await truncate(large, 64 * 2 ** 20 + 1);
    expect((await combine(large, ...embed)).stderr).toMatch(/67108865 bytes, and a page takes/);
    expect(existsSync(folder)).toBe(false);
  });

  test('does again what was asked in other words', async () => {
    const folder = media.path('words');
    const args = [films, ...tiny, '-o', folder, '--clip-labels', 'red,blue'];
    await combine(...args);
    const done = async (...more: string[]) =>
      (await combine(...args, ...more)).stderr.match(/done before/g)?.length ?? 0;
    expect(await done('--clip-template', 'nothing of {}')).toBe(0);
    expect(await done('--clip-template', 'nothing of {}')).toBe(2);
  });

  test('goes on where it was interrupted', async () => {
    const folder = media.path('interrupted');
    const abort = new AbortController();
    const args = ['combine', films, ...tiny, '-o', folder, '--report'];
    const running = runCommand(args, { signal: abort.signal });
    const journal = join(folder, 'combine_run.jsonl');
    while (!existsSync(journal) || !readFileSync(journal, 'utf8').includes('fingerprint'))
      await new Promise((done) => setTimeout(done, 20));
    abort.abort();
    expect((await running).code).toBe(130);
    expect(readdirSync(folder).filter((name) => name.includes('.part'))).toEqual([]);
    expect(existsSync(join(folder, 'index.html'))).toBe(false);
    const { stdout, stderr } = await runCommand(args);
    expect(stderr.match(/done before/g)).toHaveLength(1);
    expect(stdout.match(/=== Combined/g)).toHaveLength(1);
    expect(readFileSync(join(folder, 'index.html'), 'utf8')).toContain('a.2_report.html');
  });
});
