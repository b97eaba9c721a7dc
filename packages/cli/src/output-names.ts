import { basename, extname } from 'node:path';
import { inputFileName } from './input-file-name.js';

/** What the names of each input's files begin with; inputs of one name are numbered. */
export class OutputNames {
  readonly #used: Set<string>;

  /** @param used - beginnings that are taken. */
  constructor(used: Iterable<string> = []) {
    this.#used = new Set([...used].map(foldName));
  }

  /** Without the ending of the input's own name. */
  stemOf(input: string): string {
    const name = input === '-' ? 'stdin' : inputFileName(input);
    return this.#number(basename(name, extname(name)) || name);
  }

  /** With it. */
  nameOf(input: string): string {
    return this.#number(inputFileName(input));
  }

  #number(name: string): string {
    let unique = name;
    for (let number = 2; this.#used.has(foldName(unique)); number++) unique = `${name}.${number}`;
    this.#used.add(foldName(unique));
    return unique;
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
