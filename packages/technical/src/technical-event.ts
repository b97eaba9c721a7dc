import type { Timed } from '@deepffmpeg/core';

/** What may hold for a time. */
export type TechnicalEventKind =
  | 'silence'
  | 'clipping'
  | 'dead-channel'
  | 'inverted-phase'
  | 'mono-as-stereo'
  | 'black'
  | 'frozen'
  | 'letterbox'
  | 'pillarbox'
  | 'blurred'
  | 'blocky'
  | 'noisy'
  | 'underexposed'
  | 'overexposed'
  | 'interlaced';

/**
 * A time in which something holds that a technician wants to know. Those of one kind neither touch nor overlap, but for two: each dead channel has
 * its own, named by `values.channel` from 1 on, and where fields change their order one ends and the next begins.
 */
export interface TechnicalEvent extends Timed {
  readonly type: 'technical-event';
  readonly kind: TechnicalEventKind;
  /** The means over that time of what it was told by; each name carries its unit. */
  readonly values: Readonly<Record<string, number>>;
}
