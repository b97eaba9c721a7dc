import { isMediaError, MediaError } from '@deepffmpeg/core';
import type { PartName, PartOutcome } from './media-analysis.js';

/** In this order parts are told. */
const PARTS: readonly PartName[] = ['technical', 'vision', 'audio', 'objects'];

type Choice = object | Error | false | undefined;

/** Keeps what becomes of each part of an analysis. */
export class PartLedger {
  readonly #source: string;
  readonly #outcomes: Map<PartName, PartOutcome>;
  /** Why parts failed, the first first. */
  readonly #errors: Error[] = [];

  /** @throws {MediaError} `ERR_INVALID_OPTIONS` when nothing is asked for; when nothing can be done, why */
  constructor(source: string, choices: Readonly<Record<PartName, Choice>>) {
    this.#source = source;
    this.#outcomes = new Map(
      PARTS.map((part) => [part, { part, status: choices[part] ? 'done' : 'off' }] as const),
    );
    if (!this.#has('done'))
      throw new MediaError(
        'ERR_INVALID_OPTIONS',
        'nothing is asked for: give at least one of technical, vision, audio and objects',
      );
    for (const part of PARTS) {
      const choice = choices[part];
      if (choice instanceof Error) this.fail(part, choice);
    }
  }

  /** @throws the error, when no other part is left */
  fail(part: PartName, error: Error, reason = error.message): void {
    this.#errors.push(error);
    this.#end({ part, status: 'failed', reason });
  }

  /** @throws {MediaError} when no other part is left */
  miss(part: PartName, reason: string): void {
    if (this.isOpen(part)) this.#end({ part, status: 'missing', reason });
  }

  /** Tells what a part lacks that is done otherwise. */
  lack(part: PartName, reason: string): void {
    if (this.isOpen(part)) this.#outcomes.set(part, { part, status: 'done', reason });
  }

  /** Whether a part was asked for and is neither missing nor failed. */
  isOpen(part: PartName): boolean {
    return this.#outcomes.get(part)?.status === 'done';
  }

  outcomes(): PartOutcome[] {
    return [...this.#outcomes.values()];
  }

  #end(outcome: PartOutcome): void {
    this.#outcomes.set(outcome.part, outcome);
    if (!this.#has('done')) throw this.#nothingLeft();
  }

  #has(status: PartOutcome['status']): boolean {
    return [...this.#outcomes.values()].some((outcome) => outcome.status === status);
  }

  /** The error itself where there is one reason alone. */
  #nothingLeft(): Error {
    const ended = this.outcomes().filter(({ reason }) => reason !== undefined);
    const [error] = this.#errors;
    if (error && ended.length === 1) return error;
    const reasons = ended.map(({ part, reason }) => `${part}: ${reason}`).join('; ');
    const code = isMediaError(error) ? error.code : 'ERR_INPUT';
    return new MediaError(code, `nothing of ${this.#source} can be analysed: ${reasons}`, { cause: error });
  }
}
