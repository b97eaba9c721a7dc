import { expect, test } from 'vitest';
import { shotsToWebVtt } from '../../src/index.js';
import { makeShots } from './film-of-case.js';

test('a cue for each shot, on the clock of the film', () => {
  expect(shotsToWebVtt(makeShots([0, 1, 2, 3], [-0.04, 1.4, 1.4001, 360_061.0006]))).toBe(
    'WEBVTT\n\n1\n00:00:00.000 --> 00:00:01.400\nShot 1\n' + '\n3\n00:00:01.400 --> 100:01:01.001\nShot 3\n',
  );
  expect(shotsToWebVtt([])).toBe('WEBVTT\n');
});
