import type { LabelSet, Modality, Scores } from '../src/index.js';

export const weather: LabelSet = {
  name: 'weather',
  kind: 'labels',
  groups: [{ name: 'labels', labels: ['sun', 'rain', 'snow', 'fog', 'storm'] }],
};

export const film: LabelSet = {
  name: 'film',
  kind: 'categories',
  groups: [
    { name: 'Style', labels: ['Drawn', 'Real'] },
    { name: 'Mood', labels: ['Calm', 'Tense', 'Merry'] },
  ],
};

/** One frame a second, each with the given probabilities. */
export function makeScores(
  rows: readonly (readonly number[])[],
  labelSet = weather,
  modality: Modality = 'vision',
) {
  return rows.map(
    (row, i): Scores => ({
      type: 'scores',
      source: 'film.mp4',
      timestamp: i,
      durationSeconds: 1,
      modality,
      model: 'tiny',
      labelSet,
      similarities: Float32Array.from(row, (probability) => probability / 2),
      probabilities: Float32Array.from(row),
    }),
  );
}
