import type { Writable } from 'node:stream';
import type { PullProgress } from '@deepffmpeg/models';
import { byteSize } from '../byte-size.js';
import { createProgressBar, createProgressLines } from '../progress-bar.js';
import { terminalText } from '../terminal-text.js';

/** Tells how far a download is. */
export interface DownloadProgress {
  readonly update: (progress: PullProgress) => void;
  stop(): void;
}

/** A bar with bytes and the time left on a terminal, else a line at the start and every ten seconds. */
export function createDownloadProgress(
  output: Writable & { readonly isTTY?: boolean },
  model: string,
): DownloadProgress {
  const name = terminalText(model);
  return output.isTTY ? createBar(output, name) : createLines(output, name);
}

function createBar(stream: Writable, name: string): DownloadProgress {
  const bar = createProgressBar(stream, '{name} {bar} {done} of {all}  {left}{file}');
  return {
    update(progress) {
      const { bytes, totalBytes, file } = progress;
      const sizes = { done: byteSize(bytes), all: byteSize(totalBytes) };
      bar.update(bytes, totalBytes, { name, ...sizes, left: leftOf(progress), file: terminalText(file) });
    },
    stop: bar.stop,
  };
}

function createLines(stream: Writable, name: string): DownloadProgress {
  const write = createProgressLines(stream, { isFirstAtOnce: true });
  return {
    update: (progress) =>
      write(() => {
        const { bytes, totalBytes, file } = progress;
        return `${name}: ${byteSize(bytes)} of ${byteSize(totalBytes)}  ${leftOf(progress)}${terminalText(file)}`;
      }),
    stop() {},
  };
}

function leftOf({ secondsLeft }: PullProgress): string {
  if (secondsLeft === undefined) return '';
  const minutes = Math.floor(Math.ceil(secondsLeft) / 60);
  return `${minutes > 0 ? `${minutes} min ` : ''}${Math.ceil(secondsLeft) % 60} s left  `;
}
