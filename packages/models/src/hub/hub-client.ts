import type { Readable } from 'node:stream';
import { throwIfAborted } from '@deepffmpeg/core';
import type { Dispatcher } from 'undici';
import type { HubSettings } from './hub-settings.js';
import { HubTrouble, type Patience } from './hub-trouble.js';

/** What the hub answered. Whoever gets it reads or destroys the body. */
export interface HubAnswer {
  /** 200, 206 or 416. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Readable;
}

/** Asks the hub. Whoever opened it closes it. */
export interface HubClient {
  readonly patience: Patience;
  /**
   * @param path - below the endpoint, with a slash in front.
   * @param about - the model, for messages.
   * @param from - first byte that is wanted.
   * @throws {HubTrouble}
   */
  get(path: string, about: string, options: { from?: number; signal?: AbortSignal }): Promise<HubAnswer>;
  close(): Promise<void>;
}

const mostRedirects = 10;
/** Who is told to wait longer rather comes back. */
const longestWaitMs = 120_000;

/** Opens a client; proxies are those of `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY`. */
export async function openHubClient(settings: HubSettings, patience: Patience): Promise<HubClient> {
  const { EnvHttpProxyAgent, request } = await import('undici'); // only who downloads needs it
  const { timeoutMs } = patience;
  const dispatcher = new EnvHttpProxyAgent({
    connect: { timeout: timeoutMs },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  });

  const ask = async (url: URL, about: string, from: number, signal?: AbortSignal) => {
    try {
      return await request(url, { dispatcher, signal, headers: headersFor(url, settings, from) });
    } catch (cause) {
      throwIfAborted(signal);
      throw unreachable(url, about, cause);
    }
  };

  return {
    patience,
    async get(path, about, { from = 0, signal }) {
      let url = new URL(settings.endpoint.href.replace(/\/$/, '') + path);
      for (let redirects = 0; redirects <= mostRedirects; redirects++) {
        const answer = await ask(url, about, from, signal);
        const { statusCode, headers, body } = answer;
        if ([200, 206, 416].includes(statusCode)) return { status: statusCode, headers, body };
        await body.dump({ limit: 65_536 }).catch(() => {}); // only its head tells
        if (![301, 302, 303, 307, 308].includes(statusCode)) throw refused(answer, url, about, settings);
        url = redirectOf(answer, url, about);
      }
      throw new HubTrouble(`${about}: ${url.origin} redirects more than ${mostRedirects} times`);
    },
    async close() {
      await dispatcher.destroy();
    },
  };
}

/** The token goes to the endpoint alone: what it redirects to needs none, and may belong to anybody. */
function headersFor({ origin }: URL, { endpoint, token }: HubSettings, from: number): Record<string, string> {
  return {
    'user-agent': 'deepffmpeg',
    'accept-encoding': 'identity', // lengths and ranges are those of the file
    ...(token && origin === endpoint.origin && { authorization: `Bearer ${token}` }),
    ...(from > 0 && { range: `bytes=${from}-` }),
  };
}

function redirectOf({ headers }: Dispatcher.ResponseData, url: URL, about: string): URL {
  const location = [headers['location']].flat()[0] ?? '';
  const next = URL.canParse(location, url.href) ? new URL(location, url) : undefined;
  if (next && (next.protocol === 'https:' || next.protocol === url.protocol)) return next;
  throw new HubTrouble(`${about}: ${url.origin} redirects to "${location}", which is no safe address`);
}

function refused(
  { statusCode, headers }: Dispatcher.ResponseData,
  url: URL,
  about: string,
  { endpoint, token }: HubSettings,
): HubTrouble {
  const code = headers['x-error-code'];
  const isHub = code !== undefined || url.origin === endpoint.origin; // a mirror may redirect to the hub itself
  if (code === 'GatedRepo' || (isHub && statusCode === 403)) {
    const page = `${addressOf(endpoint).replace(/\/$/, '')}/${about.split('@')[0]}`;
    const way = token
      ? 'with the account whose token you gave'
      : 'then set HF_TOKEN to a token of that account';
    return new HubTrouble(
      `the hub keeps ${about} for those who accepted its terms (${statusCode}): accept them at ${page}, ${way}`,
    );
  }
  if (!isHub && [401, 403, 404].includes(statusCode)) {
    return new HubTrouble(
      `${about}: ${url.origin}, to which the hub redirects, answered ${statusCode}: ` +
        'something on the way may refuse that host, such as a proxy',
    );
  }
  if (statusCode === 401) {
    const way = token
      ? 'or the token is not valid: check HF_TOKEN, or log in anew'
      : 'or it is private: then set HF_TOKEN';
    return new HubTrouble(`the hub shows no model ${about} (401): check the name, ${way}`);
  }
  if (statusCode === 404) {
    const what = { RevisionNotFound: 'no such revision of', EntryNotFound: 'no such file in' }[String(code)];
    return new HubTrouble(
      `there is ${what ?? 'no model'} ${about} at ${addressOf(url)} (404): check the name`,
    );
  }
  return new HubTrouble(...laterOrNever(statusCode, headers, url, about));
}

/** Without what is nobody's business: a password, a signature. */
const addressOf = ({ origin, pathname }: URL) => origin + pathname;

function laterOrNever(
  status: number,
  headers: Dispatcher.ResponseData['headers'],
  { origin }: URL,
  about: string,
): [message: string, options: { retryAfterMs?: number }] {
  const mayPass = status === 408 || status === 429 || status >= 500;
  const retryAfterMs = waitOf([headers['retry-after']].flat()[0]);
  if (retryAfterMs > longestWaitMs) {
    return [`${about}: ${origin} asks to come back in ${Math.ceil(retryAfterMs / 1000)} s (${status})`, {}];
  }
  const why =
    status === 429 ? 'was asked too often; a token in HF_TOKEN may do more' : 'has trouble; try later';
  return mayPass
    ? [`${about}: ${origin} ${why} (${status})`, { retryAfterMs }]
    : [`${about}: ${origin} answered ${status}`, {}];
}

/** `Retry-After`: seconds or a date. @see RFC 9110, section 10.2.3 */
function waitOf(text: string | undefined): number {
  const wait = /^\d+$/.test(text ?? '') ? Number(text) * 1000 : Date.parse(text ?? '') - Date.now();
  return Number.isFinite(wait) ? Math.max(0, wait) : 0;
}

/** Only trust is not won by trying again. */
function unreachable({ origin }: URL, about: string, cause: unknown): HubTrouble {
  const { code = '', message } = cause as NodeJS.ErrnoException;
  const isDistrust = /CERT|SIGNATURE|SSL|TLS/.test(code);
  return new HubTrouble(
    `${about}: ${origin} cannot be reached (${code || message}): ` +
      (isDistrust
        ? 'its certificate is not trusted; NODE_EXTRA_CA_CERTS names further ones'
        : 'check the network, and behind a proxy HTTPS_PROXY; without one, copy the cache from a machine that has it'),
    { cause, ...(!isDistrust && { retryAfterMs: 0 }) },
  );
}
