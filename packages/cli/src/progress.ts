import type { Writable } from 'node:stream';
import { SingleBar } from 'cli-progress';
import { terminalText } from './terminal-text.js';

/** Tells how far one input is. */
export interface Progress {
  /**
   * @param seconds - on the input's own clock, from its start
   * @param total - undefined where it is not known
   * @param frames - undefined where none are wanted
   */
  update(seconds: number, total: number | undefined, frames: number | undefined): void;
  stop(): void;
}

const PLAIN_INTERVAL_MS = 10_000;

/** A bar with the time left on a terminal, else a line every ten seconds. */
export function createProgress(output: Writable & { readonly isTTY?: boolean }, input: string): Progress {
  return output.isTTY ? createBar(output, terminalText(input)) : createLines(output, terminalText(input));
}

function createBar(stream: Writable, input: string): Progress {
  const bar = new SingleBar({
    stream: stream as NodeJS.WritableStream,
    format: '{input} {bar} {percentage} %  {frames}{eta_formatted} left',
    barCompleteChar: '\u2588',
    barIncompleteChar: '\u2591',
    barsize: 24,
    etaBuffer: 300, // frames come in bursts
    hideCursor: true,
    clearOnComplete: true,
    linewrap: false,
    gracefulExit: false, // we handle signals
  });
  let isStarted = false;
  return {
    update(seconds, total, frames) {
      if (total === undefined) return;
      if (!isStarted) bar.start(total, 0, { input, frames: '' });
      isStarted = true;
      bar.update(Math.min(seconds, total), { frames: frames === undefined ? '' : `${frames} frames  ` });
    },
    stop() {
      if (isStarted) bar.stop();
    },
  };
}

function createLines(stream: Writable, input: string): Progress {
  let last = Date.now();
  return {
    update(seconds, total, frames) {
      if (Date.now() - last < PLAIN_INTERVAL_MS) return;
      last = Date.now();
      const of = total === undefined ? '' : ` of ${Math.round(total)}`;
      const seen = frames === undefined ? '' : `, ${frames} frames`;
      stream.write(`${input}: ${Math.round(seconds)}${of} s${seen}\n`);
    },
    stop() {},
  };
}
