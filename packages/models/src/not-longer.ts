import type { Session } from './open-session.js';
import type { Tensors } from './tensors.js';

/**
 * What a CLAP model with fusion asks besides its features, for windows that were not cut out of longer sound: `is_longer`,
 * bool, `[items, 1]`, false. Nothing for other models.
 *
 * @see Wu et al. 2023, arXiv:2211.06687, section 3.3
 */
export function notLonger({ inputs }: Pick<Session, 'inputs'>, items: number): Tensors {
  const asks = inputs.some(({ name, type }) => name === 'is_longer' && type === 'bool');
  return asks ? { is_longer: { data: new Uint8Array(items), shape: [items, 1] } } : {};
}
