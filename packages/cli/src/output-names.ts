import { basename, extname } from 'node:path';
import { inputFileName } from './input-file-name.js';

/** What the names of each input's files begin with; inputs of one name are numbered. */
export class OutputNames {
  readonly #used: Set<string>;

  /** @param used - beginnings that are taken. */
  constructor(used: Iterable<string> = []) {
    this.#used = new Set([...used].map(foldName));
  }

  stemOf(input: string): string {
    const name = input === '-' ? 'stdin' : inputFileName(input);
    const stem = basename(name, extname(name)) || name;
    let unique = stem;
    for (let number = 2; this.#used.has(foldName(unique)); number++) unique = `${stem}.${number}`;
    this.#used.add(foldName(unique));
    return unique;
  }
}

/** Some file systems tell no capitals from small letters, nor an accented letter from a letter and its accent. */
export const foldName = (name: string) => name.normalize('NFC').toLowerCase();
