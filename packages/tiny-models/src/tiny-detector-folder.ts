import { fileURLToPath } from 'node:url';

/**
 * Absolute path of the folder of the tiny detector: a network of the kind of YOLOX, with a `deepffmpeg.json` that holds its head and its
 * labels.
 */
// `src/` and `dist/` both lie one level below the package, so one address serves sources and build.
export const tinyDetectorFolder: string = fileURLToPath(new URL('../models/tiny-detector', import.meta.url));
