import { expect, test } from 'vitest';
import { shotsToCsv } from '../../src/index.js';
import { makeShots } from './film-of-case.js';

const HEADER =
  'Scene Number,Start Frame,Start Timecode,Start Time (seconds),End Frame,End Timecode,End Time (seconds),' +
  'Length (frames),Length (timecode),Length (seconds)\n';

test('times begin with the first frame, frames with 1, and come from the shots, whatever the rate', () => {
  expect(shotsToCsv(makeShots([0, 30, 31], [1.4, 2.6504, 3662.4]))).toBe(
    `${HEADER}1,1,00:00:00.000,0.000,30,00:00:01.250,1.250,30,00:00:01.250,1.250\n` +
      '2,31,00:00:01.250,1.250,31,01:01:01.000,3661.000,1,01:00:59.750,3659.750\n',
  );
});

test('without shots there is the header', () => {
  expect(shotsToCsv([])).toBe(HEADER);
});
