import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { describeWithFfmpeg } from '@deepffmpeg/test-kit';
import { beforeAll, expect, test } from 'vitest';
import { runCommand } from '../run-command.js';

describeWithFfmpeg('combine with what it cannot use', (media) => {
  const combine = (...args: string[]) => runCommand(['combine', ...args]);
  const tiny = ['--models', 'tiny'];
  let film = '';
  beforeAll(async () => {
    film = await media.make('film.mkv', '-f', 'lavfi', '-i', 'testsrc=s=160x90:r=10:d=1', '-c:v', 'ffv1');
  });

  test.each([
    [['--models', 'tiny'], 'name at least one input'],
    [['x.mkv'], 'say which models'],
    [['x.mkv', '--models', 'tiny', '--report', 'y.mkv'], '--report y.mkv: the name must end in .html'],
    [['x.mkv', '--models', 'tiny', '--report-media', 'embed'], 'requires --report'],
    [['x.mkv', 'y.mkv', '--models', 'tiny', '--json', 'z.json'], '--json names the file of one input'],
    [['x.mkv', 'y.mkv', '--models', 'tiny', '--report', 'z.html'], 'names the page of one input'],
    [['x.mkv', '--models', 'tiny', '--track'], '--track requires --detect-model'],
    [['x.mkv', '--clap-model', 'm', '--clip-labels', 'a,b'], '--clip-labels requires --clip-model'],
    [['--from-existing', 'x.json'], '--from-existing and --classification-txt together'],
    [['x.mkv', '--models', 'tiny', '--scene-threshold', '0'], 'makes every frame a shot'],
    [['x.mkv', '--models', 'tiny', '--json', 'x.mkv'], 'would overwrite'],
    [['x.mkv', '--models', 'tiny', '-o', 'out', '--json', 'out/x_technical.json'], 'would overwrite'],
    [['x.mkv', '--models', 'tiny', '-o', 'o', '--json', 'o/x_report.html', '--report'], 'would overwrite'],
  ])('refuses %j', async (args, message) => {
    const { code, stderr } = await combine(...args);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });

  test('an empty stdin is told by its name, and leaves no folder', async () => {
    const { code, stderr } = await combine('-', ...tiny, '-o', media.path('empty'));
    expect([code, stderr]).toEqual([1, '- is empty\n']);
    expect(existsSync(media.path('empty'))).toBe(false);
  });

  test('bad rules and stored results are told with their place', async () => {
    const rules = media.path('rules.json');
    await writeFile(rules, '{\n  "pacing": 3\n}');
    const { code, stderr } = await combine(film, ...tiny, '--rules', rules);
    expect([code, stderr]).toEqual([2, expect.stringContaining(`${rules}:2: pacing`)]);
    await writeFile(media.path('old.json'), '{"input_file":"x"}');
    await writeFile(media.path('classes.csv'), 'stream_id,label,avg_probability,count\n0,Animation,2,1\n');
    const stored = ['--from-existing', media.path('old.json')];
    const old = await combine(...stored, '--classification-txt', media.path('classes.csv'));
    expect([old.code, old.stderr]).toEqual([1, expect.stringContaining('old.json: metadata')]);
  });
});
