import { setTimeout as delay } from 'node:timers/promises';
import { MediaError, throwIfAborted } from '@deepffmpeg/core';

/** The hub, or the way to it, did not give what was asked. */
export class HubTrouble extends MediaError {
  /** How long to wait before asking again; undefined when that would not help, 0 when the hub does not say. */
  readonly retryAfterMs?: number;

  constructor(message: string, options: ErrorOptions & { readonly retryAfterMs?: number } = {}) {
    super('ERR_MODEL_MISSING', message, options);
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** How patient to be. */
export interface Patience {
  /** Without a byte, after which a connection counts as dead. */
  readonly timeoutMs: number;
  /** How often to try, one after the other, without getting a byte further. */
  readonly attempts: number;
  /** Before the second attempt; twice as much before each further one. */
  readonly firstDelayMs: number;
}

/** 8 s of waiting in all: who has no network wants to hear of it. */
export const defaultPatience: Patience = { timeoutMs: 30_000, attempts: 5, firstDelayMs: 500 };

/**
 * Tries again as long as what stands in the way may pass.
 *
 * @param bytesSoFar - attempts count anew when this has grown.
 */
export async function retry<T>(
  work: () => Promise<T>,
  { attempts, firstDelayMs }: Patience,
  signal: AbortSignal | undefined,
  bytesSoFar: () => number = () => 0,
): Promise<T> {
  let failures = 0;
  for (;;) {
    const before = bytesSoFar();
    try {
      return await work();
    } catch (error) {
      throwIfAborted(signal);
      if (!(error instanceof HubTrouble) || error.retryAfterMs === undefined) throw error;
      failures = bytesSoFar() > before ? 1 : failures + 1;
      if (failures >= attempts) throw error;
      await delay(Math.max(error.retryAfterMs, firstDelayMs * 2 ** (failures - 1)), undefined, {
        signal,
      }).catch(() => throwIfAborted(signal));
    }
  }
}
