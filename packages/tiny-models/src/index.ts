export { tinyClipFolder } from './tiny-clip-folder.js';
