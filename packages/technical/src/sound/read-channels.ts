/** What astats measured of one channel in one block. */
export interface ChannelLevels {
  /** -Infinity for silence. */
  readonly peakDb: number;
  readonly rmsDb: number;
  /** Mean of the samples, -1 to 1. */
  readonly dcOffset: number;
  /** How long samples stay at their highest and lowest, in decibels; 0 or less where they do not. */
  readonly flatFactor: number;
}

/** The channels of a measurement by astats. */
export function readChannels(values: Readonly<Record<string, number>>): ChannelLevels[] {
  const channels: ChannelLevels[] = [];
  for (let number = 1; ; number++) {
    const value = (name: string) => values[`channel${number}${name}`];
    const peakDb = value('PeakDb');
    if (peakDb === undefined) return channels;
    const [rmsDb = peakDb, dcOffset = 0, flatFactor = 0] = [
      value('RmsDb'),
      value('DcOffset'),
      value('FlatFactor'),
    ];
    channels.push({ peakDb, rmsDb, dcOffset, flatFactor });
  }
}
