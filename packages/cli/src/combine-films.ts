import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type ReportIndexEntry, relativeHref, reportIndexFilm, writeReportIndex } from '@deepffmpeg/combined';
import { shownName } from '@deepffmpeg/ffmpeg-filters';
import { combineFilm, type FilmFiles, type FilmSettings } from './combine-film.js';
import { CombineJournal, fingerprintOf, journalPathOf } from './combine-journal.js';
import { isInputError } from './exit-code.js';
import { inputErrorInShellWords } from './input-error-in-shell-words.js';
import { isThere } from './is-there.js';
import { refuseNoFile } from './list-inputs.js';
import { makeFolder } from './make-folder.js';
import { describeOutcome } from './outcomes.js';
import { OutputNames } from './output-names.js';
import { readIndexFilm } from './read-index-film.js';
import type { ReportMediaKind } from './report-media.js';
import { sayTo } from './say.js';
import { refusePicture } from './sniff-input.js';
import { messageText } from './terminal-text.js';
import { withFile } from './with-file.js';
import { write } from './write.js';

export interface FilmsSettings extends FilmSettings {
  /** Of the folder; see `openJournal`. */
  readonly journal: CombineJournal | undefined;
  readonly folder: string;
  /** Whether there are several, or may be. */
  readonly isMany: boolean;
  /** Whether to do again what an earlier run did. */
  readonly isRedone: boolean;
  readonly isVerbose: boolean;
  readonly reportMedia: ReportMediaKind;
  filesOf(stem: string): FilmFiles;
  /** Path of the page of all films; undefined where none is asked for. */
  readonly index: string | undefined;
}

/** What became of a film. */
export interface FilmOutcome {
  readonly input: string;
  /** Parts that failed, and what others lack. A stream that a film does not have is no failure; the summary tells of it. */
  readonly missing: { readonly reason: string }[];
  partialReason?: string;
  error?: Error;
}

const JOURNAL = 'combine_run.jsonl';

/**
 * Puts one film after the other through, and prints each one's summary. What an earlier run into the same folder did in the same way is not
 * done again. A film's own error does not stop the others; any other error does.
 *
 * @returns what came of each.
 */
export async function combineFilms(
  inputs: readonly string[],
  settings: FilmsSettings,
): Promise<FilmOutcome[]> {
  const discard = await makeFolder(settings.folder); // before the work, not after it
  try {
    return await takeAll(inputs, settings);
  } finally {
    await discard(); // where nothing was written
  }
}

async function takeAll(inputs: readonly string[], settings: FilmsSettings): Promise<FilmOutcome[]> {
  const { io } = settings;
  const run = new FilmsRun(settings);
  const results: FilmOutcome[] = [];
  try {
    for (const input of inputs) results.push(await run.take(input));
  } catch (error) {
    // What is done can be looked at all the same; what is told is what ended the run.
    if (!io.signal.aborted)
      await run
        .endEarly(inputs.slice(results.length))
        .catch(({ message }) => sayTo(io).always(`warning: the page of what is done is missing: ${message}`));
    throw error;
  }
  await run.writeIndex();
  if (settings.isMany) await run.tellAll(results);
  return results;
}

/** A film by itself needs none, and keeps to the one that is there. @throws {MediaError} `ERR_INPUT` */
export async function openJournal(folder: string, isMany: boolean): Promise<CombineJournal | undefined> {
  const path = join(folder, JOURNAL);
  return isMany || (await isThere(path)) ? CombineJournal.open(path) : undefined;
}

class FilmsRun {
  /** What the page of all films tells. */
  readonly #entries: ReportIndexEntry[] = [];
  readonly #settings: FilmsSettings;
  readonly #journal: CombineJournal | undefined;
  readonly #dependsOn: string;
  #doneBefore = 0;

  constructor(settings: FilmsSettings) {
    this.#settings = settings;
    this.#journal = settings.journal;
    this.#dependsOn = settingsDigest(settings);
  }

  async take(input: string): Promise<FilmOutcome> {
    const { io, isMany, isRedone } = this.#settings;
    const outcome: FilmOutcome = { input: shownName(input), missing: [] };
    try {
      const { path, fingerprint } = await this.#identify(input);
      if (isMany && !isRedone && (await this.#takeDone(input, path, fingerprint))) return outcome;
      const stem = (await this.#journal?.claim(path, input)) ?? new OutputNames().stemOf(input);
      const combined = await withFile(input, io, (file) => this.#combine(input, file, stem, outcome));
      const isWhole = outcome.missing.length === 0 && outcome.partialReason === undefined;
      if (fingerprint && isWhole) await this.#journal?.add({ path, stem, fingerprint, combined });
    } catch (error) {
      if (!isInputError(error)) throw error;
      outcome.error = inputErrorInShellWords(error as Error); // isInputError proved it
      this.#entries.push({ kind: 'failure', source: outcome.input, reason: outcome.error.message });
    }
    for (const line of describeOutcome(outcome)) io.stderr.write(line);
    return outcome;
  }

  /** Writes the page, with what earlier runs did of the other inputs. */
  async endEarly(others: readonly string[]): Promise<void> {
    for (const input of others) {
      const { path, fingerprint } = await this.#identify(input);
      await this.#takeDone(input, path, fingerprint);
    }
    await this.writeIndex();
  }

  async writeIndex(): Promise<void> {
    const { index, io } = this.#settings;
    if (index !== undefined) await writeReportIndex(index, this.#entries, { signal: io.signal });
  }

  /** In one line, since summaries of many films have left the screen. */
  async tellAll(outcomes: readonly FilmOutcome[]): Promise<void> {
    const { io, index } = this.#settings;
    const failed = outcomes.filter(({ error }) => error).length;
    const impaired = outcomes.filter(
      (each) => !each.error && (each.missing.length > 0 || each.partialReason),
    );
    const counts = [
      `${outcomes.length - failed} of ${outcomes.length} films are done`,
      ...(this.#doneBefore > 0 ? [`${this.#doneBefore} of them before`] : []),
      ...(impaired.length > 0 ? [`${impaired.length} of them in part`] : []),
      ...(failed > 0 ? [`${failed} failed`] : []),
    ];
    const page = index === undefined ? '' : `Index: ${index}`;
    await write(io.stdout, `\n${counts.join(', ')}.\n${page && `${messageText(page)}\n`}`);
  }

  async #identify(input: string) {
    const path = await journalPathOf(input);
    return { path, fingerprint: await fingerprintOf(path, this.#dependsOn) };
  }

  /** @returns the digest of what was written. */
  async #combine(input: string, path: string, stem: string, outcome: FilmOutcome): Promise<string> {
    const { io, ffmpeg, filesOf } = this.#settings;
    await refuseNoFile(path);
    await refusePicture(input, path, { ffmpeg, signal: io.signal });
    const files = filesOf(stem);
    const { report, summary, analysis, digest } = await combineFilm(
      input,
      path,
      files,
      this.#settings,
      (reason) => {
        outcome.partialReason = reason;
      },
    );
    for (const { part, status, reason } of analysis.parts)
      if (status === 'failed') outcome.missing.push({ reason: `${part} failed: ${reason}` });
      else if (status === 'done' && reason !== undefined)
        outcome.missing.push({ reason: `${part}: ${reason}` });
    this.#addEntry(files, (href) => reportIndexFilm(href, report));
    const page = files.report === undefined ? '' : `${messageText(`Report: ${files.report}`)}\n`;
    await write(io.stdout, `${summary}\n${messageText(`Results saved to: ${files.combined}`)}\n${page}`);
    return digest;
  }

  /** Whether an earlier run did the same, and its files are there. */
  async #takeDone(input: string, path: string, fingerprint: string | undefined): Promise<boolean> {
    const { io, filesOf, index } = this.#settings;
    const done = this.#journal?.find(path);
    if (done === undefined || done.fingerprint !== fingerprint) return false;
    const files = filesOf(done.stem);
    const film = await readIndexFilm(files, done.combined);
    if (!film) return false;
    if (index !== undefined) this.#addEntry(files, (href) => ({ ...film, href }));
    this.#doneBefore += 1;
    sayTo(io).always(`${shownName(input)}: done before; --redo does it again`);
    return true;
  }

  #addEntry({ report }: FilmFiles, entryOf: (href: string) => ReportIndexEntry): void {
    const { index } = this.#settings;
    if (index !== undefined && report !== undefined) this.#entries.push(entryOf(relativeHref(index, report)));
  }
}

/** What the results of a film depend on, beside the film. */
function settingsDigest({ parts, labels, rules, ...settings }: FilmsSettings): string {
  const { sample, shots, isFast, confidence, audioStream, reportMedia, index } = settings;
  const { vision, audio, objects, detection } = parts;
  const setsOf = (part: typeof vision | typeof audio) =>
    part instanceof Error
      ? 'failed' // not as if nobody had asked for it
      : part?.labelSets.map(({ vectors, ...set }) => ({ ...set, vectors: digestOf(vectors) }));
  return JSON.stringify({
    version: 1, // of the files; raise it when they change
    ...{ labels, rules, sample, shots, isFast, confidence, audioStream, reportMedia },
    hasReport: index !== undefined,
    vision: setsOf(vision),
    audio: [setsOf(audio), audio instanceof Error ? undefined : [audio?.windowSeconds, audio?.hopSeconds]],
    objects:
      objects instanceof Error
        ? 'failed'
        : [objects?.model.id, objects?.model.labels, detection, objects?.isTracking, objects?.confidence],
  });
}

/** Sentences become vectors by a template, a tokenizer and a text model. */
const digestOf = ({ buffer, byteOffset, byteLength }: Float32Array) =>
  createHash('sha256')
    .update(new Uint8Array(buffer, byteOffset, byteLength))
    .digest('hex');
