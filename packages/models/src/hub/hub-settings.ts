import { dirname, join } from 'node:path';
import { MediaError } from '@deepffmpeg/core';
import { cacheFolders, type Environment, pathOf } from '../cache-folders.js';
import { readRegularFile } from '../read-regular-file.js';

/** How to talk to the hub. */
export interface HubSettings {
  readonly endpoint: URL;
  /** Sent to the endpoint alone. */
  readonly token?: string | undefined;
  readonly isOffline: boolean;
}

/**
 * Reads the hub's own variables: `HF_ENDPOINT`, `HF_TOKEN` (formerly `HUGGING_FACE_HUB_TOKEN`), else the file that `hf auth login` writes (`HF_TOKEN_PATH`,
 * else `token` in the hub's folder), and `HF_HUB_OFFLINE`.
 *
 * @see https://huggingface.co/docs/huggingface_hub/package_reference/environment_variables
 * @throws {MediaError} `ERR_INVALID_OPTIONS` when the endpoint is no address.
 */
export async function hubSettings(environment: Environment = process.env): Promise<HubSettings> {
  const { HF_ENDPOINT, HF_TOKEN, HUGGING_FACE_HUB_TOKEN, HF_HUB_OFFLINE } = environment;
  const home = dirname(cacheFolders({ ...environment, HF_HUB_CACHE: '', HUGGINGFACE_HUB_CACHE: '' }).hub);
  const file = pathOf('HF_TOKEN_PATH', environment) || join(home, 'token');
  const token = HF_TOKEN?.trim() || HUGGING_FACE_HUB_TOKEN?.trim() || (await readToken(file));
  return {
    endpoint: parseEndpoint(HF_ENDPOINT || 'https://huggingface.co'),
    ...(token && { token }),
    isOffline: /^(1|on|yes|true)$/i.test(HF_HUB_OFFLINE ?? ''),
  };
}

async function readToken(path: string): Promise<string> {
  const text = await readRegularFile(path, 4096).catch(() => ''); // most have none
  return text.toString().trim();
}

function parseEndpoint(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^https?:$/.test(url.protocol)) return url;
  throw new MediaError(
    'ERR_INVALID_OPTIONS',
    `HF_ENDPOINT is "${withoutSecrets(text)}": an address was expected, such as https://huggingface.co`,
  );
}

/** It may hold a password, and parameters that are keys. */
const withoutSecrets = (text: string): string =>
  text.replace(/[?#].*$/s, '').replace(/^(\w+:\/\/)?.*@/s, '$1');
