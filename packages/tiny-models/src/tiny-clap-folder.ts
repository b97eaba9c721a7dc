import { fileURLToPath } from 'node:url';

/**
 * Absolute path of the folder of the tiny audio-text pair: towers, tokenizer and configuration in the
 * Hugging Face ONNX layout, with a `deepffmpeg.json` that holds its scale.
 */
// `src/` and `dist/` both lie one level below the package, so one address serves sources and build.
export const tinyClapFolder: string = fileURLToPath(new URL('../models/tiny-clap', import.meta.url));
