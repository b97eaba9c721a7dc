import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FfmpegLog } from '../src/ffmpeg-log.js';

function logOf(text: string): FfmpegLog {
  const log = new FfmpegLog();
  log.write(Buffer.from(text));
  log.end();
  return log;
}

describe('FfmpegLog', () => {
  test('counts what demuxers and decoders report as errors', () => {
    const log = logOf(
      '[mov,mp4,m4a @ 0x55] [error] stream 0, offset 0x2ec1d: partial file\n' +
        '[vist#0:0/h264 @ 0x1] [dec:h264 @ 0x2] [error] Error submitting packet\n' +
        '[error] Error while decoding stream #0:0\n',
    );
    expect(log.inputErrors).toBe(3);
    expect(log.inputErrorsText).toBe(
      'ffmpeg reported 3 errors in it, the first: [mov,mp4,m4a] stream 0, offset 0x2ec1d: partial file',
    );
    expect(logOf('[error] moov atom not found\n').inputErrorsText).toBe(
      'ffmpeg reported an error in it: moov atom not found',
    );
    expect(logOf('').inputErrorsText).toBeUndefined();
  });

  test('leaves out all lines of what is for information only', () => {
    const { tail } = logOf(
      '[Parsed_ebur128_0 @ 0x5] [info] Summary:\n\n  Integrated loudness:\n    I:         -70.0 LUFS\n' +
        '[error] Conversion failed\n  of all\nno level\n',
    );
    expect(tail).toBe('Conversion failed\n  of all\nno level');
  });

  test.each([
    { line: '[avi @ 0x5] [warning] Packet corrupt (stream = 0, dts = 100).\n', count: 1 },
    { line: '[in#0/wav @ 0x5] [warning] Packet corrupt (stream = 0, dts = NOPTS).\n', count: 1 },
    { line: '[mpegts @ 0x5] [warning] Packet corrupt (stream = 0, dts = 212400).\n', count: 0 },
    { line: '[in#0/mpegts @ 0x5] [warning] Packet corrupt (stream = 0, dts = 212400).\n', count: 0 },
  ])('counts a packet that is known to be cut, not the last of a joined stream: $line', ({ line, count }) => {
    expect(logOf(line).inputErrors).toBe(count);
  });

  test('takes the last packet for whole where nothing says how long the input is', () => {
    const cut = '[wav @ 0x5] [warning] Packet corrupt (stream = 0, dts = NOPTS).\n';
    const log = new FfmpegLog({ isOpenEnded: true });
    log.write(Buffer.from(cut));
    expect(log.inputErrors).toBe(0);
    log.write(Buffer.from('[pcm_s16le @ 0x5] [error] Invalid PCM packet\n'));
    expect(log.inputErrors).toBe(1);
    const ignored = '[wav @ 0x5] [warning] Ignoring maximum wav data size, file may be invalid\n';
    expect(logOf(ignored + cut).inputErrors).toBe(0);
  });

  test('takes no line of the name of the input for a message', () => {
    const path = '/films/n\n\n[mov] [error] boo\r[avi] [error] .mp4';
    const text =
      `[info] Input #0, mov, from 'file:${path}':\n[mov @ 0x5] [error] one\n` +
      '[mov] [error] boo\n' + // not behind the name's first line
      '[info] file:/films/n\n[mov] [error] boo!\n' + // another name
      `[error] file:${path}: Input/output error\n`;
    const log = new FfmpegLog({ path });
    for (const letter of text) log.write(Buffer.from(letter));
    log.end();
    expect(log.inputErrors).toBe(4);
    expect(log.inputErrorsText).toContain('the first: [mov] one');
    expect(log.tail).toContain('file:/films/n\n[mov] [error] boo\n[avi] [error] .mp4: Input/output error');
  });

  test('takes messages for those that they are, where a name begins with a line break', () => {
    const log = new FfmpegLog({ path: '\n[h264]' });
    log.write(Buffer.from('[info] x\n[h264] [error] one\n'));
    expect(log.inputErrors).toBe(1);
  });

  test('keeps no password of an address', () => {
    const log = logOf(
      '[in#0 @ 0x5] [error] Error opening input http://anna:s3:cret%40@host:80/a@b: 404\n' +
        'http://anna:s3:cret%40@host/film: Server returned 404 Not Found, after https://:s3:cret%40@other/x',
    );
    expect(log.tail).not.toContain('cret');
    expect(log.inputErrorsText).toContain(': [in#0] Error opening input http://anna:***@host:80/a@b: 404');
    expect(log.tail).toContain('https://:***@other/x');
  });

  test('knows when a duration is a guess', () => {
    expect(
      logOf('[mp3 @ 0x5] [warning] Estimating duration from bitrate, this may be inaccurate\n'),
    ).toMatchObject({
      guessesDuration: true,
      inputErrors: 0,
    });
    expect(logOf('[mp3 @ 0x5] [warning] invalid concatenated file\n').guessesDuration).toBe(false);
  });

  test('does not count warnings, news, and what the writing side reports', () => {
    const log = logOf(
      '[h264 @ 0x55] [warning] co located POCs unavailable\n' +
        '[info] Stream mapping:\n' +
        '[nut @ 0x55] [error] Application provided invalid dts\n' +
        '[Parsed_scale_0 @ 0x55] [error] x\n' +
        '[out#0/nut @ 0x1] [error] Error writing trailer\n',
    );
    expect(log.inputErrors).toBe(0);
    expect(log.tail).not.toContain('Stream mapping');
    expect(log.tail).toContain('co located POCs');
  });

  test.each([
    '[nut @ 0x5] [warning] Non-monotonous DTS in output stream 0:0; previous: 1000, current: 400; changing to 1001.\n',
    '[vost#0:0/rawvideo @ 0x5] [warning] Non-monotonic DTS; previous: 1000, current: 400; changing to 1001.\n',
  ])('finds times that run backwards', (line) => {
    expect(logOf(line.replace(/0:0/, '1:0')).largestStepBack(1)).toBe(600);
    expect(logOf(line.replace(/0:0/, '1:0')).largestStepBack(0)).toBe(0);
    expect(logOf(line).largestStepBack(0)).toBe(600);
  });

  test('gives the same for any chunking', () => {
    const bytes = Buffer.from(
      '[h264 @ 0x5] [error] gestört ✗\r\n[info] x\n[matroska @ 0x7] [error] File ended\n',
    );
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length), { maxLength: 20 }), (cuts) => {
        const log = new FfmpegLog();
        const places = [0, ...cuts.sort((a, b) => a - b), bytes.length];
        for (const [i, place] of places.entries()) log.write(bytes.subarray(places[i - 1] ?? 0, place));
        log.end();
        expect(log.inputErrorsText).toBe('ffmpeg reported 2 errors in it, the first: [h264] gestört ✗');
      }),
    );
  });

  test('keeps a bounded tail, also of one endless line', () => {
    const log = new FfmpegLog();
    for (let i = 0; i < 1000; i += 1) log.write(Buffer.alloc(1000, 'x'));
    log.write(Buffer.from('\n'));
    for (let i = 0; i < 1000; i += 1) log.write(Buffer.from(`[a @ 0x5] [error] ${'y'.repeat(100)}\n`));
    log.end();
    expect(log.tail.length).toBeLessThanOrEqual(16_384);
    expect(log.inputErrors).toBe(1000);
  });
});
