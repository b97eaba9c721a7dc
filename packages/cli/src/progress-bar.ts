import type { Writable } from 'node:stream';
import { type Options, SingleBar } from 'cli-progress';

/** A bar of a terminal. */
export interface ProgressBar {
  /** @param texts - what stands in for the names in the bar's format, besides `{bar}` and those of cli-progress */
  update(done: number, total: number, texts: Readonly<Record<string, string>>): void;
  stop(): void;
}

/** A bar that shows itself with the first update, and is gone when it is stopped. */
export function createProgressBar(
  stream: Writable,
  format: string,
  options: Pick<Options, 'etaBuffer' | 'formatTime'> = {},
): ProgressBar {
  const bar = new SingleBar({
    stream: stream as NodeJS.WritableStream,
    format,
    barCompleteChar: '\u2588',
    barIncompleteChar: '\u2591',
    barsize: 24,
    hideCursor: true,
    clearOnComplete: true,
    linewrap: false,
    gracefulExit: false, // we handle signals
    ...options,
  });
  let isStarted = false;
  return {
    update(done, total, texts) {
      if (!isStarted) bar.start(total, 0, texts);
      isStarted = true;
      bar.update(done, texts);
    },
    stop() {
      if (isStarted) bar.stop();
    },
  };
}

const LINE_INTERVAL_MS = 10_000;

/** Where there is no terminal: writes a line every ten seconds, and drops those between. */
export function createProgressLines(
  stream: Writable,
  { isFirstAtOnce = false }: { readonly isFirstAtOnce?: boolean } = {},
): (line: () => string) => void {
  let last = isFirstAtOnce ? Number.NEGATIVE_INFINITY : performance.now();
  return (line) => {
    const now = performance.now();
    if (now - last < LINE_INTERVAL_MS) return;
    last = now;
    stream.write(`${line()}\n`);
  };
}
