import { rmSync } from 'node:fs';

const unfinished = new Set<string>();

/** Remembers a file or folder for {@link removeUnfinished}; the function that it returns forgets it. */
export function rememberUnfinished(path: string): () => void {
  unfinished.add(path);
  return () => unfinished.delete(path);
}

/**
 * Removes what `openAtomicFile` has begun and nobody has ended yet, and what else was remembered, and waits
 * for nothing: for a program that is about to end without tidying up, as on a second Ctrl-C.
 */
export function removeUnfinished(): void {
  for (const path of unfinished) {
    try {
      rmSync(path, { force: true, recursive: true });
    } catch {
      // Nobody is left to tell.
    }
  }
  unfinished.clear();
}
