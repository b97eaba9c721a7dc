import { fileURLToPath } from 'node:url';

/** Where the Python program and its lock lie: beside `src`, and beside `dist` when published. */
export const convertFolder = fileURLToPath(new URL('../convert/', import.meta.url));
