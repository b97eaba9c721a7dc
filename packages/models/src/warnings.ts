import type { MediaError } from '@deepffmpeg/core';

/** Hears of trouble that does not change the result, such as a cache that cannot be written. */
export type OnWarning = (warning: MediaError) => void;

/** What hears of it when nobody else does. */
export const emitWarning: OnWarning = ({ message, code }) => process.emitWarning(message, { code });

/** Passes on the first warning of each code: a cache that cannot be written would be told for every file. */
export function warnOnce(onWarning: OnWarning = emitWarning): OnWarning {
  const told = new Set<string>();
  return (warning) => {
    if (told.has(warning.code)) return;
    told.add(warning.code);
    onWarning(warning);
  };
}
