import type { MediaAnalysis } from '../media/media-analysis.js';
import type { Piece } from './html.js';
import { factTable } from './tables.js';

/** The models that the answers come from, by what they were asked about. */
export function modelFacts(analysis: MediaAnalysis | undefined): Piece {
  return factTable(
    'Models',
    Object.entries(modelsOf(analysis)).map(([sense, models]) => [sense, [...models].join(', ')]),
  );
}

/** Whether an answer comes from a model of `@deepffmpeg/tiny-models`: what those say of moods and genres is little more than a guess. */
export const asksTinyModels = (analysis: MediaAnalysis | undefined): boolean =>
  Object.values(modelsOf(analysis)).some((models) => [...models].some((model) => TINY.test(model)));

/** The folder's name, and a digest of the weights. */
const TINY = /^tiny-\w+@/;

function modelsOf(analysis: MediaAnalysis | undefined) {
  const { averages = [], timeline, objects = [] } = analysis ?? {};
  const labelled = [...averages, ...(timeline?.shots ?? []), ...(timeline?.windows ?? [])];
  const of = (sense: 'vision' | 'audio') =>
    new Set(labelled.filter(({ modality }) => modality === sense).map(({ model }) => model));
  return { Video: of('vision'), Audio: of('audio'), Objects: new Set(objects.map(({ model }) => model)) };
}
