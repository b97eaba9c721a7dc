/** Markup that is safe as it stands: only `html` and `trusted` make it. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What may stand in a template: plain text is escaped, markup stays, nothing gives nothing. */
export type Piece = Html | string | number | null | undefined | readonly Piece[];

/** Makes markup; whatever is put in is escaped, in text and in quoted attributes alike. */
export function html(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  return new Html(strings.map((string, i) => string + (i < pieces.length ? render(pieces[i]) : '')).join(''));
}

/** Takes text of our own, such as the page's script, for markup. */
export const trusted = (text: string): Html => new Html(text);

/**
 * A string from outside that keeps to its place in a line: names and tags may hold characters that turn the text around
 * them, hide or break it.
 */
export const isolated = (text: string): Html =>
  // Only what is long is broken within a word: elsewhere columns would get so narrow that every word is.
  /\S{25}/.test(text) ? html`<bdi class="long">${text}</bdi>` : html`<bdi>${text}</bdi>`;

/** JSON within a script element: no `<`, so nothing in it can end the element or open a comment. */
export function jsonScript(id: string, data: unknown): Html {
  const json = JSON.stringify(data, (_, value) => (typeof value === 'string' ? visible(value) : value));
  return html`<script type="application/json" id="${id}">${trusted(json.replaceAll('<', '\\u003c'))}</script>`;
}

/** Control characters but tab and line feed, halves of characters, and marks that turn the direction of the text. */
const UNSEEN = /(?![\t\n])[\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

const visible = (text: string) => text.replace(UNSEEN, '\ufffd');

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function render(piece: Piece): string {
  if (piece === null || piece === undefined) return '';
  if (piece instanceof Html) return piece.text;
  if (typeof piece === 'string') return visible(piece).replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
  if (typeof piece === 'number') return String(piece);
  return piece.map(render).join('');
}
