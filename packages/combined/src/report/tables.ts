import { type Html, html, isolated, type Piece } from './html.js';
import { clock } from './words.js';

/** Names and values; those that are not known are left out, and a table of none is nothing. */
export function factTable(caption: string, facts: readonly (readonly [name: string, value: Piece])[]): Piece {
  const known = facts.filter(([, value]) => value !== undefined && value !== null && value !== '');
  if (known.length === 0) return undefined;
  return html`<table class="facts"><caption>${caption}</caption><tbody>${known.map(
    ([name, value]) =>
      html`<tr><th scope="row">${isolated(name)}</th><td>${typeof value === 'string' ? isolated(value) : value}</td></tr>`,
  )}</tbody></table>`;
}

/** Rows under heads; a table of none is nothing. */
export function listTable(
  caption: string,
  heads: readonly string[],
  rows: readonly (readonly Piece[])[],
): Piece {
  if (rows.length === 0) return undefined;
  return html`<table class="list"><caption>${caption}</caption>
<thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead><tbody>${rows.map(
    (row) =>
      html`<tr>${row.map((cell) => html`<td>${typeof cell === 'string' ? isolated(cell) : cell}</td>`)}</tr>`,
  )}</tbody></table>`;
}

/** Takes the player to a time. */
export function jumpButton(seconds: number, label?: string): Html {
  const time = clock(seconds);
  return html`<button type="button" class="jump" data-time="${seconds}" aria-label="${`Go to ${time}${label ? `: ${label}` : ''}`}">${time}</button>`;
}

/** How much of a whole, as a bar with its number. */
export function bar(share: number, text: string): Html {
  const width = Math.round(Math.min(1, Math.max(0, share)) * 100);
  // A drawing, since no style may stand in an attribute.
  return html`<span class="bar"><svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="bar-all" width="100" height="8"/><rect class="bar-part" width="${width}" height="8"/></svg><span>${text}</span></span>`;
}
