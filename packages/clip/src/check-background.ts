import { MediaError } from '@deepffmpeg/core';

/**
 * Checks a `background` as `readPicture` and `stills` take it, before any work is begun.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS` when it is no CSS colour.
 */
export async function checkBackground(background: string): Promise<void> {
  const { default: sharp } = await import('sharp');
  try {
    sharp().flatten({ background });
  } catch (cause) {
    throw new MediaError(
      'ERR_INVALID_OPTIONS',
      `background: "${background}" is no CSS colour, such as white, #ffcc00 or rgb(0, 128, 255)`,
      { cause },
    );
  }
}
