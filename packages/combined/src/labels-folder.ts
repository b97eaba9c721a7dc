import { fileURLToPath } from 'node:url';

/** Absolute path of the folder of the label packs' files. */
// `src/` and `dist/` both lie one level below the package, so one address serves sources and build.
export const labelsFolder: string = fileURLToPath(new URL('../labels', import.meta.url));
