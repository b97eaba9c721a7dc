/** More than the widest picture shows; what is drawn is cut to it, so that no label costs more. */
const MAX_LENGTH = 1024;

/**
 * Makes one line of what a model's file may have as a label: no control characters, no marks that turn the direction of what follows, no halves of
 * surrogate pairs; white space becomes one space.
 */
export function plainText(text: string): string {
  return text
    .slice(0, MAX_LENGTH)
    .replace(/[\p{Cc}\p{Cs}\p{Cn}\p{Co}\p{Bidi_Control}\s]+/gu, ' ')
    .trim();
}
