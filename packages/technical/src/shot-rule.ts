/** How shots are found: `keyframes` without decoding, by the original's rule. */
export type ShotRule = 'adaptive' | 'content' | 'keyframes';
