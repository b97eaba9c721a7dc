import { basename, extname } from 'node:path';
import { inputFileName } from './input-file-name.js';

/** What the names of each input's files begin with; inputs of one name are numbered. */
export class OutputNames {
  readonly #used = new Set<string>();
  /** Up to which number all are taken, by folded name: counting from the start for each of many inputs would take as long as the work. */
  readonly #last = new Map<string, number>();

  /** @param used - beginnings that are taken. */
  constructor(used: Iterable<string> = []) {
    for (const name of used) this.take(name);
  }

  /** Leaves a beginning to others. */
  take(name: string): void {
    this.#used.add(foldName(name));
  }

  /** Without the ending of the input's own name. */
  stemOf(input: string): string {
    const stem = this.freeStemOf(input);
    this.take(stem);
    return stem;
  }

  /** The same, and takes nothing. */
  freeStemOf(input: string): string {
    const name = input === '-' ? 'stdin' : inputFileName(input);
    return this.#number(basename(name, extname(name)) || name);
  }

  /** With it. */
  nameOf(input: string): string {
    const name = this.#number(inputFileName(input));
    this.take(name);
    return name;
  }

  #number(name: string): string {
    const key = foldName(name);
    if (!this.#used.has(key)) return name;
    let number = (this.#last.get(key) ?? 1) + 1;
    while (this.#used.has(foldName(`${name}.${number}`))) number++;
    this.#last.set(key, number - 1);
    return `${name}.${number}`;
  }
}

/**
 * Names the inputs of a run before any work, so that what fails or has no file of one kind changes no name of another.
 *
 * @param choose - `stemOf` or `nameOf`. @returns by input.
 */
export function nameAll(
  inputs: readonly string[],
  choose: (names: OutputNames, input: string) => string,
): ReadonlyMap<string, string> {
  const names = new OutputNames();
  return new Map(inputs.map((input) => [input, choose(names, input)]));
}

/** Some file systems tell no capitals from small letters, nor an accented letter from a letter and its accent. */
export const foldName = (name: string) => name.normalize('NFC').toLowerCase();
