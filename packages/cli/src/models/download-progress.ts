import type { Writable } from 'node:stream';
import type { PullProgress } from '@deepffmpeg/models';
import { SingleBar } from 'cli-progress';
import { byteSize } from '../byte-size.js';
import { terminalText } from '../terminal-text.js';

/** Tells how far a download is. */
export interface DownloadProgress {
  readonly update: (progress: PullProgress) => void;
  stop(): void;
}

const PLAIN_INTERVAL_MS = 10_000;

/** A bar with bytes and the time left on a terminal, else a line at the start and every ten seconds. */
export function createDownloadProgress(
  output: Writable & { readonly isTTY?: boolean },
  model: string,
): DownloadProgress {
  const name = terminalText(model);
  return output.isTTY ? createBar(output, name) : createLines(output, name);
}

function createBar(stream: Writable, name: string): DownloadProgress {
  const bar = new SingleBar({
    stream: stream as NodeJS.WritableStream,
    format: '{name} {bar} {done} of {all}  {left}{file}',
    barCompleteChar: '\u2588',
    barIncompleteChar: '\u2591',
    barsize: 24,
    hideCursor: true,
    clearOnComplete: true,
    linewrap: false,
    gracefulExit: false, // we handle signals
  });
  let isStarted = false;
  return {
    update(progress) {
      const { bytes, totalBytes, file } = progress;
      const texts = {
        name,
        done: byteSize(bytes),
        all: byteSize(totalBytes),
        left: leftOf(progress),
        file,
      };
      if (!isStarted) bar.start(totalBytes, bytes, texts);
      isStarted = true;
      bar.update(bytes, texts);
    },
    stop() {
      if (isStarted) bar.stop();
    },
  };
}

function createLines(stream: Writable, name: string): DownloadProgress {
  let last = -Infinity;
  return {
    update(progress) {
      const now = performance.now();
      if (now - last < PLAIN_INTERVAL_MS) return;
      last = now;
      const { bytes, totalBytes, file } = progress;
      stream.write(
        `${name}: ${byteSize(bytes)} of ${byteSize(totalBytes)}  ${leftOf(progress)}${terminalText(file)}\n`,
      );
    },
    stop() {},
  };
}

function leftOf({ secondsLeft }: PullProgress): string {
  if (secondsLeft === undefined) return '';
  const minutes = Math.floor(Math.ceil(secondsLeft) / 60);
  return `${minutes > 0 ? `${minutes} min ` : ''}${Math.ceil(secondsLeft) % 60} s left  `;
}
