/** Times of shots, scores and moments are computed apart: those that are so near to each other are the same. */
export const TOLERANCE_SECONDS = 1e-6;
