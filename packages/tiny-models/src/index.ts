export { tinyClapFolder } from './tiny-clap-folder.js';
export { tinyClipFolder } from './tiny-clip-folder.js';
export { tinyDetectorFolder } from './tiny-detector-folder.js';
