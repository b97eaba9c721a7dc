import type { ChannelSummary } from './level-meter.js';

/** What was measured of a whole sound; emitted at its end. Levels of silence are -Infinity. */
export interface SoundSummary {
  readonly type: 'sound-summary';
  readonly source: string;
  /** Of the first sample, on the input's own clock. */
  readonly startSeconds: number;
  /** From the first sample to the end of the last. */
  readonly durationSeconds: number;
  /** As volumedetect has them: decibels to full scale, over all channels; undefined where levels were not measured. */
  readonly meanVolumeDb: number | undefined;
  readonly maxVolumeDb: number | undefined;
  readonly channels: readonly ChannelSummary[];
  /** EBU R 128; undefined where there was less than 0.4 s of sound, or none that counts. */
  readonly integratedLufs: number | undefined;
  /** EBU Tech 3342; undefined where less than 3.4 s of sound count. */
  readonly rangeLu: number | undefined;
  /** ITU-R BS.1770, decibels to full scale. */
  readonly truePeakDb: number | undefined;
  /** The level that the quietest twentieth of the time is below, silence under -120 dB apart. */
  readonly noiseFloorDb: number | undefined;
  /** Of two channels: 1 the same, 0 unrelated, -1 inverted; mean over what is heard. */
  readonly phase: number | undefined;
  readonly silentSeconds: number;
  /** Of the blocks that are clipped; an event bridges the gaps between them. */
  readonly clippedSeconds: number;
}
