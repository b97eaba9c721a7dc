import { hasScheme } from './is-address.js';

/** What an address may have before its host: a name, a colon, and what is to be seen by nobody. */
const PASSWORD = /\b([a-z][a-z0-9+.-]*:\/\/[^\s/?#:@]*):[^\s/?#]*@/gi;

/**
 * How an input is named in results and messages: as it was named itself, but for the password of an address, which is for the server alone.
 * What is shown already stays as it is.
 */
export function shownName(input: string | URL): string {
  const text = String(input);
  if (!hasScheme(text)) return text;
  // Of what is no address after all, such as `http://me:a/b@host`, nobody can say where the password ends.
  if (!URL.canParse(text)) return text.replace(/\/\/.*@/s, '//***@');
  return new URL(text).password === '' ? text : withoutPasswords(new URL(text).href);
}

/** A text, such as what ffmpeg prints, without the passwords of the addresses in it. */
export const withoutPasswords = (text: string): string => text.replace(PASSWORD, '$1:***@');
