import fc from 'fast-check';
import { expect, test } from 'vitest';
import { editsOf } from '../../src/exports/edits.js';
import { shotsToEdl, shotsToFcpxml, shotsToOtio } from '../../src/index.js';
import { filmOfCase, makeShots } from './film-of-case.js';

const { film } = filmOfCase('pal');

test('shots that last less than half a frame are left out, and the others keep their numbers', () => {
  expect(editsOf(makeShots([0, 1, 2, 3], [0, 1, 1.01, 2]), { ...film, startFrame: 10 })).toEqual([
    { number: 1, startFrame: 10, endFrame: 35 },
    { number: 3, startFrame: 35, endFrame: 60 },
  ]);
});

test('at a constant rate edits have the frames of the shots, however late the film begins and its times are rounded', () => {
  const rates = [
    [24_000, 1001],
    [25, 1],
    [30_000, 1001],
    [60, 1],
  ] as const;
  const frames = fc.uniqueArray(fc.integer({ min: 1, max: 10_000_000 }), { minLength: 1, maxLength: 50 });
  fc.assert(
    fc.property(
      fc.constantFrom(...rates),
      frames,
      fc.integer({ min: -1e6, max: 1e6 }),
      (rate, cuts, start) => {
        const [numerator, denominator] = rate;
        const ordered = [0, ...cuts.toSorted((a, b) => a - b)];
        const times = ordered.map(
          (frame) => Math.round(((frame * denominator) / numerator) * 1000 + start) / 1000,
        );
        const found = editsOf(makeShots(ordered, times), {
          ...film,
          frameRate: { numerator, denominator },
          startFrame: 0,
        });
        expect([...found.map(({ startFrame }) => startFrame), found.at(-1)?.endFrame]).toEqual(ordered);
      },
    ),
  );
});

test('files without shots are whole', () => {
  expect(shotsToEdl([], film)).toBe('TITLE: pal.mp4\nFCM: NON-DROP FRAME\n\n');
  expect(JSON.parse(shotsToOtio([], film))).toMatchObject({ tracks: { children: [{ children: [] }] } });
  expect(shotsToFcpxml([], film)).toContain('duration="0s"');
});

const shots = makeShots([0, 25], [0, 1]);

test('names cannot end a line, a tag or a string', () => {
  const name = "\"]]><x a='&amp;'>\r\n* END\u2028\u0000\u001b[2J\ud800\uffff\u0085";
  const hostile = { ...film, name, mediaUrl: undefined, hasSound: false };
  const edl = shotsToEdl(shots, hostile);
  expect(edl.split(/[\p{Cc}\u2028]/u)).toHaveLength(6); // title, mode, empty, event, comment, and the end
  const fcpxml = shotsToFcpxml(shots, hostile);
  const shown = "&quot;]]&gt;&lt;x a='&amp;amp;'&gt; * END [2J";
  expect(fcpxml).toContain(`<project name="${shown}">`);
  expect(fcpxml).not.toContain('hasAudio');
  expect(fcpxml).toContain('src="%22%5D%5D%3E%3Cx%20a%3D\'%26amp%3B\'%3E%20*%20END%20%5B2J"');
  expect(JSON.parse(shotsToOtio(shots, hostile))).toMatchObject({
    name,
    tracks: { children: [{ children: [{ media_reference: { OTIO_SCHEMA: 'MissingReference.1' } }] }] },
  });
});

test('a title has at most 70 characters, whole ones', () => {
  expect(shotsToEdl([], { ...film, name: '🎬'.repeat(80) })).toContain(`TITLE: ${'🎬'.repeat(70)}\n`);
});

test('events are numbered on after 999', () => {
  const cuts = Array.from({ length: 1001 }, (_, i) => i);
  const edl = shotsToEdl(
    makeShots(
      cuts,
      cuts.map((frame) => frame / 25),
    ),
    film,
  );
  expect(edl).toContain('\n999  AX ');
  expect(edl).toContain('\n1000  AX ');
});
