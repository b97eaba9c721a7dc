import type { MediaError } from '@deepffmpeg/core';

/** Hears of trouble that does not change the result, such as a cache that cannot be written. */
export type OnWarning = (warning: MediaError) => void;

/** What hears of it when nobody else does. */
export const emitWarning: OnWarning = ({ message, code }) => process.emitWarning(message, { code });
