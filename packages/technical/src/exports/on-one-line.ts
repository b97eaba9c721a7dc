/** Makes one line of a name: what would end it, steer a terminal, or has no place in UTF-8 or XML, becomes a blank. */
export function onOneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cs}\u2028\u2029\ufffe\uffff]+/gu, ' ').trim();
}
