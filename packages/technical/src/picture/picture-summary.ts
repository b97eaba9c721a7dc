/** What was measured of all pictures of an input; emitted at its end. Means are over time; what was not measured is undefined. */
export interface PictureSummary {
  readonly type: 'picture-summary';
  readonly source: string;
  /** Of the first frame, on the input's own clock. */
  readonly startSeconds: number;
  /** From the first frame to the end of the last. */
  readonly durationSeconds: number;
  readonly frames: number;
  /** Frames that show what the one before showed. */
  readonly repeatedFrames: number;
  /** Luma from 16 (black) to 235 (white): of the darkest tenth, the mean, of the brightest tenth. */
  readonly lumaLowLevel: number | undefined;
  readonly lumaMeanLevel: number | undefined;
  readonly lumaHighLevel: number | undefined;
  /** 0 to 181. */
  readonly saturationMeanLevel: number | undefined;
  /** Width of edges in pixels; some 3 to 10 where the picture is sharp. */
  readonly edgeWidthPixels: number | undefined;
  /** Strength of the grid of blocks; 1 is none. */
  readonly blockiness: number | undefined;
  /** Share of pixels whose last bit but one is random, 0 to 1. */
  readonly noiseShare: number | undefined;
  /** Share of the frames whose fields could be told that are interlaced, 0 to 1. */
  readonly interlacedShare: number | undefined;
  /** Mean change from frame to frame, 0 to 256 levels. */
  readonly changeMeanLevels: number | undefined;
}
