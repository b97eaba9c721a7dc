import type { InsightRules } from './insight-rules.js';

/** The labels, of sight and of sound, by which rules judge. What is not among a film's labels decides nothing. */
export function labelsOfRules({ contentType, videoQuality, audioQuality, mood }: InsightRules): string[] {
  const { types, styles, moodSubtypes } = contentType;
  const named = [...styles, ...videoQuality.labels, ...audioQuality.labels, ...mood.labels];
  const labels = [
    ...types.flatMap(({ points }) => Object.keys(points)),
    ...moodSubtypes,
    ...named.map(({ label }) => label),
  ];
  return [...new Set(labels)];
}
