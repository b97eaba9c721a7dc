import { describeValue } from './describe-value.js';
import { MediaError } from './media-error.js';
import type { LabelPrompts, PromptGroup, PromptSet } from './prompt-set.js';
import { PLAIN_GROUP } from './qualified-label.js';

/**
 * Reads a list of labels, one a line. Trailing blanks are cut, empty lines skipped. All labels compete
 * in one group, named `labels`.
 *
 * @param name - names the set in messages and results, such as the file's path.
 * @throws {MediaError} `ERR_LABELS` when there is none, or one twice, and for a file of categories.
 */
export function parseLabels(text: string, name: string): PromptSet {
  const labels = linesOf(text).map(({ line }) => line);
  refuseCategories(labels, name);
  return makeLabels(labels, name);
}

/** Units, categories and sentences would all be labels of one group. */
function refuseCategories(lines: readonly string[], name: string): void {
  const unit = lines.find((line) => bracketed(line, '[', ']'));
  const category = lines.find((line) => bracketed(line, '(', ')'));
  if (unit === undefined || category === undefined) return;
  throw new MediaError(
    'ERR_LABELS',
    `${name} holds ${unit.trim()} and ${category.trim()} and looks like categories: read it with parseCategories, ` +
      'at the shell with --clip-categories or --clap-categories',
  );
}

/** As `parseLabels`, from a list. @throws {MediaError} also `ERR_INVALID_OPTIONS` for one text in its place, and for a set without a name. */
export function makeLabels(labels: readonly string[], name: string): PromptSet {
  checkList(labels, name);
  if (labels.some((label) => label.trim() === ''))
    throw new MediaError('ERR_LABELS', `${name} holds an empty label`);
  if (labels.length === 0) throw new MediaError('ERR_LABELS', `${name} holds no label: give one a line`);
  refuseTwins(labels, `${name}: label`);
  return {
    name,
    kind: 'labels',
    groups: [{ name: PLAIN_GROUP, labels: labels.map((label) => ({ label })) }],
  };
}

/** Plain JavaScript may give what a command line takes; and results of a set without a name say of nothing what they are. */
function checkList(labels: unknown, name: unknown): void {
  const isList = Array.isArray(labels) && labels.every((label) => typeof label === 'string');
  const [field, expected, value] = isList
    ? ['name', 'a name for the set, as its results bear it', name]
    : ['labels', "a list, as ['a cat', 'a dog']", labels];
  if (isList && typeof name === 'string') return;
  throw new MediaError('ERR_INVALID_OPTIONS', `${field}: expected ${expected}, got ${describeValue(value)}`);
}

interface OpenUnit {
  readonly name: string;
  readonly line: number;
  readonly categories: { readonly label: string; readonly line: number; readonly sentences: string[] }[];
}

/**
 * Reads units `[Unit]`, in them categories `(Category)`, and in these sentences that describe the
 * category, one a line. The categories of a unit compete.
 *
 * @param name - names the set in messages and results, such as the file's path.
 * @throws {MediaError} `ERR_LABELS`, naming the line, when a category stands before any unit, a sentence before
 * any category, a unit or category is empty, or a name occurs twice.
 */
export function parseCategories(text: string, name: string): PromptSet {
  const units: OpenUnit[] = [];
  const fail = (line: number, problem: string) => new MediaError('ERR_LABELS', `${name}:${line}: ${problem}`);

  for (const { line, number } of linesOf(text)) {
    const unit = bracketed(line, '[', ']');
    const category = bracketed(line, '(', ')');
    const current = units.at(-1);
    if (unit === '' || category === '') throw fail(number, `${line.trim()} has no name between its brackets`);
    if (unit !== undefined) {
      units.push({ name: unit, line: number, categories: [] });
    } else if (category !== undefined) {
      if (!current) throw fail(number, `category (${category}) stands before any [Unit]`);
      current.categories.push({ label: category, line: number, sentences: [] });
    } else {
      const open = current?.categories.at(-1);
      if (!open) throw fail(number, `the sentence "${line}" stands before any (Category)`);
      open.sentences.push(line);
    }
  }

  if (units.length === 0) throw new MediaError('ERR_LABELS', `${name} holds no [Unit] with categories`);
  for (const unit of units) {
    if (unit.categories.length === 0) throw fail(unit.line, `unit [${unit.name}] holds no (Category)`);
    const empty = unit.categories.find(({ sentences }) => sentences.length === 0);
    if (empty) throw fail(empty.line, `category (${empty.label}) holds no sentence`);
    refuseTwins(
      unit.categories.map(({ label }) => label),
      `${name}: unit [${unit.name}]: category`,
    );
  }
  refuseTwins(
    units.map((unit) => unit.name),
    `${name}: unit`,
  );
  return { name, kind: 'categories', groups: units.map(toGroup) };
}

function toGroup({ name, categories }: OpenUnit): PromptGroup {
  const labels = categories.map(({ label, sentences }): LabelPrompts => ({ label, sentences }));
  return { name, labels };
}

function linesOf(text: string): { readonly line: string; readonly number: number }[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .map((line, index) => ({ line: line.trimEnd(), number: index + 1 }))
    .filter(({ line }) => line.trim() !== '');
}

function bracketed(line: string, open: string, close: string): string | undefined {
  const inner = line.trim();
  if (!inner.startsWith(open) || !inner.endsWith(close)) return undefined;
  return inner.slice(1, -1).trim();
}

function refuseTwins(names: readonly string[], what: string): void {
  const seen = new Set<string>();
  const twin = names.find((name) => seen.size === seen.add(name).size);
  if (twin !== undefined)
    throw new MediaError('ERR_LABELS', `${what} "${twin}" occurs more than once: remove one`);
}
