import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MediaError } from '@deepffmpeg/core';

/** The address of a file as a page at `pagePath` writes it: relative, or whole where there is no way, as from one drive to another. */
export function relativeHref(pagePath: string, filePath: string): string {
  const way = relative(dirname(resolve(pagePath)), resolve(filePath));
  if (isAbsolute(way)) return pathToFileURL(way).href;
  // A name such as `javascript:x` loses its colon, or it would be taken for a scheme.
  return way.split(sep).map(encodeURIComponent).join('/');
}

/** Where an address leads that a page may hold. */
export type AddressKind = 'file' | 'network';

/**
 * Tells what an address leads to.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS` for one that is neither a place of a file nor of the web, such as `javascript:`.
 */
export function addressKind(href: string): AddressKind {
  const base = 'file:///folder/page.html';
  const url = URL.canParse(href, base) ? new URL(href, base) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return 'network';
  // `//host/x` and `file:////host/x` would be asked of that host.
  if (url?.protocol === 'file:' && url.host === '' && !url.pathname.startsWith('//')) return 'file';
  throw new MediaError(
    'ERR_INVALID_OPTIONS',
    `href: expected an address relative to the page, or one that begins with file:, http: or https:, not ${JSON.stringify(href)}`,
  );
}
