/** What is drawn is cut to it, so that no label costs more. Ordinary letters in the smallest size fill 3000 pixels. */
const MAX_LENGTH = 1024;
/** Stands for what was cut off. */
export const ELLIPSIS = '…';

/**
 * Makes one line of what a model's file may have as a label: no control characters, no marks that turn the direction of what follows, no halves of
 * surrogate pairs; white space becomes one space. What is too long ends in an ellipsis.
 */
export function plainText(text: string): string {
  const plain = text
    .slice(0, MAX_LENGTH)
    .replace(/[\p{Cc}\p{Cs}\p{Cn}\p{Co}\p{Bidi_Control}\s]+/gu, ' ')
    .trim();
  return text.length > MAX_LENGTH && plain !== '' ? plain + ELLIPSIS : plain;
}
