import { createReadStream, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describeWithFfmpeg } from '@deepffmpeg/test-kit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCommand } from '../run-command.js';

describeWithFfmpeg('the password of an address', (media) => {
  const allowed = `Basic ${Buffer.from('bob:secret/').toString('base64')}`;
  const server = createServer((request, response) => {
    if (request.headers.authorization !== allowed)
      response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="films"' }).end();
    else if (request.url?.startsWith('/film.mkv')) createReadStream(media.path('film.mkv')).pipe(response);
    else response.writeHead(404).end();
  });
  const address = (name: string) =>
    `http://bob:secret%2F@127.0.0.1:${(server.address() as AddressInfo).port}/${name}`;
  const shown = (name: string) => address(name).replace('secret%2F', '***');

  beforeAll(async () => {
    await media.make(
      'film.mkv',
      ...['-f', 'lavfi', '-i', 'testsrc=s=160x90:r=10:d=2', '-f', 'lavfi', '-i', 'sine=d=2'],
      ...['-c:v', 'ffv1', '-c:a', 'pcm_s16le'],
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => void server.close());

  test.each<[string, (folder: string) => string[]]>([
    [
      'classify',
      (folder) => [
        ...['--models', 'tiny', '--clip-labels', 'a circle,a square', '--clap-labels', 'a tone,noise'],
        ...['--output-stats', join(folder, 'stats/'), '--output-scores', join(folder, 'scores.jsonl')],
        ...['--output-segments', join(folder, 'segments.json'), '--print-ffmpeg', '--json'],
      ],
    ],
    [
      'classify',
      (folder) => [
        ...['--detect-model', 'tiny', '--output-detections', join(folder, 'found.json'), '--sample', 'shots'],
        ...['--output-tracks', join(folder, 'tracks/'), '--visualization', join(folder, 'seen/')],
      ],
    ],
    ['embed', (folder) => ['--models', 'tiny', '--output', join(folder, 'film.jsonl')]],
    [
      'analyze',
      (folder) => ['-o', folder, '--export', 'csv,edl,otio,fcpxml,ffmetadata,vtt,qp', '--contact-sheet'],
    ],
    ['combine', (folder) => ['--models', 'tiny', '-o', folder, '--report']],
  ])('%s tells it nobody', async (command, flagsOf) => {
    const folder = media.path(`out-${Math.random()}`);
    await mkdir(folder);
    const inputs = [address('film.mkv'), address('missing.mkv')];
    const { code, stdout, stderr } = await runCommand([command, ...inputs, ...flagsOf(folder)]);
    expect(code, stderr).toBe(3); // one of the two is not there
    expect(stderr).toContain(shown('missing.mkv'));
    expect(stdout + stderr).not.toContain('secret');
    const paths = readdirSync(folder, { recursive: true }).map((path) => join(folder, String(path)));
    expect(paths).not.toEqual([]);
    expect(paths.join(' ')).not.toContain('secret');
    for (const path of paths.filter((each) => statSync(each).isFile()))
      expect(readFileSync(path, 'latin1').includes('secret'), path).toBe(false);
  });

  test('a page leads to the film without name and password', async () => {
    const folder = media.path('page');
    await runCommand(['combine', address('film.mkv'), '--models', 'tiny', '-o', folder, '--report']);
    const page = readFileSync(join(folder, 'film_report.html'), 'utf8');
    expect(page).toContain(address('film.mkv').replace('bob:secret%2F@', ''));
    expect(page).not.toContain('secret');
  });

  test.each([
    'http://bob:secret@127.0.0.1:99999/x.wav',
    'http://bob:secret/x@127.0.0.1/x.wav',
    'ftp://bob:secret@h/x',
  ])('is not told of %s, which is no address', async (wrong) => {
    const { code, stderr } = await runCommand(['analyze', wrong, '-o', media.path('wrong')]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/\*\*\*@/);
    expect(stderr).not.toContain('secret');
  });
});
