import { type Chunk, createStage, type Stage, type StageOptions } from '@deepffmpeg/core';

interface SinkOptions<Kept> extends Pick<StageOptions, 'signal'> {
  /** Which chunks go on as well. @defaultValue none */
  readonly passes?: ((chunk: Kept) => boolean) | undefined;
}

/** Gathers the chunks of some kinds. */
export function createSink<Kept extends Chunk>(
  kinds: readonly Kept['type'][],
  kept: Kept[],
  { signal, passes = () => false }: SinkOptions<Kept> = {},
): Stage<Kept, Kept> {
  return createStage<Kept['type'], Kept, Kept>(
    {
      accepts: kinds,
      transform(chunk) {
        kept.push(chunk);
        return passes(chunk) ? [chunk] : [];
      },
    },
    { signal },
  );
}
