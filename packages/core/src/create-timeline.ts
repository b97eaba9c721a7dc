import * as z from 'zod';
import type { ChunkOf, Modality } from './chunks.js';
import { createStage, type StageOptions } from './create-stage.js';
import { parseOptions } from './parse-options.js';
import type { Stage } from './stage.js';

/** Kinds of chunks that tell whether they were seen or heard, and come in order of time. */
export type TimelineKind = 'embedding' | 'scores';

export interface TimelineOptions<Kind extends TimelineKind = TimelineKind> extends StageOptions {
  /** What is put into order; all else passes. @defaultValue embeddings */
  readonly kind?: Kind | undefined;
  /** What to wait for; at equal times in this order. @defaultValue both, vision first */
  readonly modalities?: readonly Modality[] | undefined;
  /**
   * How many chunks, of all inputs together, may wait for a modality that has nothing to say; then the earliest go on of the input that
   * has waited longest. @defaultValue 4096
   */
  readonly mostHeld?: number | undefined;
}

const settingsSchema = z.strictObject({
  kind: z.enum(['embedding', 'scores']).default('embedding'),
  modalities: z
    .array(z.enum(['vision', 'audio']))
    .min(1)
    .default(['vision', 'audio']),
  mostHeld: z.int().min(1).default(4096),
});

/**
 * Puts what was seen and what was heard into one order of time, which does not depend on how fast each was computed, as long as
 * no more than `mostHeld` must wait.
 *
 * In: chunks in order of time within each modality. Out: the same chunks; one goes on when every other modality has come
 * to a later time, or the stream ends, or nothing came for `idleMs`. Holds those that wait: where one modality of a live input may fall
 * silent while the other goes on, or many inputs have one modality alone, `mostHeld` is how long that is.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS`, at once.
 */
export function createTimeline<Kind extends TimelineKind = 'embedding'>(
  options: TimelineOptions<Kind> = {},
): Stage<ChunkOf<Kind>, ChunkOf<Kind>> {
  const { signal, highWaterMark, idleMs, ...settings } = options;
  const { kind, modalities, mostHeld } = parseOptions(settingsSchema, settings);
  const inputs = new Map<string, Input>();

  /** Inputs of which chunks wait, first the one that has waited longest. One that goes on by itself begins to wait anew. */
  const waiting = new Set<Input>();
  let held = 0;

  /** Gives what need not wait any longer, and so many that should. */
  function* take(input: Input, early: number) {
    for (let left = early; !input.isEmpty; held--) {
      if (input.isDue) waiting.delete(input);
      else if (left-- === 0) break;
      yield input.shift();
    }
    if (input.isEmpty) waiting.delete(input);
    else waiting.add(input);
  }

  function* takeAll() {
    for (const input of inputs.values()) yield* take(input, Infinity);
  }

  const stage = createStage(
    {
      accepts: [kind],
      *transform(chunk: Waiting) {
        const input = inputs.get(chunk.source) ?? new Input(modalities);
        inputs.set(chunk.source, input);
        input.add(chunk);
        held++;
        yield* take(input, 0);
        for (const longest of waiting) {
          if (held <= mostHeld) break;
          yield* take(longest, held - mostHeld);
        }
      },
      idle: takeAll,
      flush: takeAll,
    },
    { signal, highWaterMark, idleMs },
  );
  return stage as unknown as Stage<ChunkOf<Kind>, ChunkOf<Kind>>; // it takes and gives what `kind` names
}

type Waiting = ChunkOf<TimelineKind>;

/** The chunks of one input that wait. */
class Input {
  readonly #modalities: readonly Modality[];
  readonly #waiting = new Map<Modality, Waiting[]>();
  /** No modality will have anything earlier. */
  readonly #reached = new Map<Modality, number>();

  constructor(modalities: readonly Modality[]) {
    this.#modalities = modalities;
  }

  add(chunk: Waiting): void {
    const { modality, timestamp } = chunk;
    const before = this.#waiting.get(modality);
    if (before === undefined) this.#waiting.set(modality, [chunk]);
    else before.push(chunk);
    this.#reached.set(modality, Math.max(timestamp, this.#reached.get(modality) ?? timestamp));
  }

  get isEmpty(): boolean {
    return this.#earliest() === undefined;
  }

  /** Whether no other modality can have anything before the earliest. */
  get isDue(): boolean {
    const first = this.#earliest();
    return (
      first !== undefined &&
      this.#modalities.every(
        (modality) =>
          modality === first.modality || (this.#reached.get(modality) ?? -Infinity) > first.timestamp,
      )
    );
  }

  /** Takes out the earliest; there must be one. */
  shift(): Waiting {
    return this.#waiting.get(this.#earliest()!.modality)!.shift()!; // the earliest is the first of its modality
  }

  #earliest(): Waiting | undefined {
    const order = new Set([...this.#modalities, ...this.#waiting.keys()]);
    const heads = [...order].flatMap((modality) => this.#waiting.get(modality)?.[0] ?? []);
    const earliest = Math.min(...heads.map(({ timestamp }) => timestamp));
    return heads.find(({ timestamp }) => timestamp === earliest);
  }
}
