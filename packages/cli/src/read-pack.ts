import { MediaError, type Modality, type PromptSet } from '@deepffmpeg/core';

/** How a flag's value begins that names a pack and nothing else; a file of such a name is reached as `./pack:...`. */
const PREFIX = 'pack:';

export const isPack = (value: string): boolean => value.startsWith(PREFIX);

/** What a flag takes. */
interface Taker {
  /** Such as `--clip-labels`. */
  readonly flag: string;
  readonly modality: Modality;
  readonly kind: PromptSet['kind'];
}

/**
 * Reads the pack that a flag's value names.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS` when there is no such pack, or the flag is not the one for it.
 */
export async function readPack(
  value: string,
  { flag, modality, kind }: Taker,
  signal: AbortSignal,
): Promise<PromptSet> {
  const { labelPacks, readLabelPack } = await import('@deepffmpeg/combined'); // loads slowly, and few ask for a pack
  const name = value.slice(PREFIX.length);
  const pack = labelPacks.find((each) => each.name === name);
  if (pack && (pack.modality !== modality || pack.kind !== kind))
    throw new MediaError(
      'ERR_INVALID_OPTIONS',
      `${flag} ${value}: this pack holds ${pack.kind} for ${pack.modality === 'vision' ? 'pictures' : 'sound'}: ` +
        `write ${flagOf(pack)} ${value}`,
    );
  return readLabelPack(name, { signal });
}

/** The flag that takes a pack. */
export const flagOf = ({ modality, kind }: Omit<Taker, 'flag'>): string =>
  `--${modality === 'vision' ? 'clip' : 'clap'}-${kind}`;
