import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { shotsToCsv, shotsToEdl, shotsToFcpxml, shotsToOtio } from '../../src/index.js';
import { caseNames, filmOfCase, goldenFolder } from './film-of-case.js';

/** What OpenTimelineIO and PySceneDetect made of the files: by tools/golden/shots_read_back.py, which tells their versions. */
interface ReadBack {
  /** SHA-256 of the file that was read. */
  readonly digest: string;
  /** First frame in the film, and number of frames, of each clip. */
  readonly clips: readonly (readonly [number, number])[];
  readonly name: string;
}

const readBack: {
  readonly files: Record<string, ReadBack>;
  readonly csv: Record<string, string>;
} = JSON.parse(readFileSync(new URL('read-back.json', goldenFolder), 'utf8'));

const formats = { edl: shotsToEdl, otio: shotsToOtio, fcpxml: shotsToFcpxml };

describe.each(caseNames)('%s', (caseName) => {
  const { film, shots, clips } = filmOfCase(caseName);

  describe.each(Object.entries(formats))('as %s', (ending, format) => {
    const fileName = `${caseName}.${ending}`;
    const text = format(shots, film);

    test('is the file that the reference read', async () => {
      await expect(text).toMatchFileSnapshot(fileURLToPath(new URL(fileName, goldenFolder)));
      expect(readBack.files[fileName]?.digest).toBe(createHash('sha256').update(text).digest('hex'));
    });

    test('has the frames of the shots, and the name of the film', () => {
      expect(readBack.files[fileName]?.clips).toEqual(clips);
      const line = film.name.replaceAll('\n', ' ');
      const name = { edl: line.slice(0, 70), otio: film.name, fcpxml: line }[ending];
      expect(readBack.files[fileName]?.name).toBe(name);
    });
  });
});

test.each(Object.entries(readBack.csv))('%s as CSV is what PySceneDetect writes', (caseName, csv) => {
  expect(shotsToCsv(filmOfCase(caseName).shots)).toBe(csv);
});
