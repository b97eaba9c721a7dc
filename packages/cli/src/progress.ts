import type { Writable } from 'node:stream';
import cliProgress, { type Options } from 'cli-progress'; // Node finds no Format among the named exports of this CommonJS module
import { createProgressBar, createProgressLines } from './progress-bar.js';
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

/** A bar with the time left on a terminal, else a line every ten seconds. */
export function createProgress(output: Writable & { readonly isTTY?: boolean }, input: string): Progress {
  return output.isTTY ? createBar(output, terminalText(input)) : createLines(output, terminalText(input));
}

function createBar(stream: Writable, input: string): Progress {
  const bar = createProgressBar(stream, '{input} {bar} {percentage} %  {frames}{eta_formatted}', {
    etaBuffer: 300, // frames come in bursts
    formatTime: timeLeft,
  });
  return {
    update(seconds, total, frames) {
      if (total === undefined) return;
      bar.update(Math.min(seconds, total), total, {
        input,
        frames: frames === undefined ? '' : `${frames} frames  `,
      });
    },
    stop: bar.stop,
  };
}

function createLines(stream: Writable, input: string): Progress {
  const write = createProgressLines(stream);
  return {
    update: (seconds, total, frames) =>
      write(() => {
        const of = total === undefined ? '' : ` of ${Math.round(total)}`;
        const seen = frames === undefined ? '' : `, ${frames} frames`;
        return `${input}: ${Math.round(seconds)}${of} s${seen}`;
      }),
    stop() {},
  };
}

/** Nothing until something is known: then cli-progress has a text or 0 in place of seconds. */
const timeLeft: Options['formatTime'] = (seconds, options, roundToMultipleOf) =>
  typeof seconds === 'number' && seconds > 0
    ? `${cliProgress.Format.TimeFormat(seconds, options, roundToMultipleOf)} left`
    : '';
