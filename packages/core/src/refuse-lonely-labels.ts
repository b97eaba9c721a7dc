import { MediaError } from './media-error.js';
import type { EncodedLabelSet } from './score-labels.js';

/**
 * Refuses a label that would always have probability 1.
 *
 * @throws {MediaError} `ERR_LABELS`
 */
export function refuseLonelyLabels({ activation, labelSet: { name, groups } }: EncodedLabelSet): void {
  const lonely = groups.find(({ labels }) => labels.length < 2);
  if (activation === 'sigmoid' || !lonely) return;
  const [label = 'nothing'] = lonely.labels;
  throw new MediaError(
    'ERR_LABELS',
    `${name}: "${label}" stands alone in its group, where softmax always gives it 1: add what else there may be, such as "something else"`,
  );
}
