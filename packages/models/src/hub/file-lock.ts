import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { throwIfAborted } from '@deepffmpeg/core';

export interface LockOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called now and then while another process holds the lock. */
  readonly onWait?: (() => void | Promise<void>) | undefined;
}

/** How often to look, how often to show that the holder lives, and after what silence it does not. */
interface LockTimes {
  readonly pollMs: number;
  readonly beatMs: number;
  readonly staleMs: number;
}

const usualTimes: LockTimes = { pollMs: 200, beatMs: 5000, staleMs: 60_000 };

/**
 * Does work that one process at a time should do. The lock is a file; that of a process that died is taken over: at once
 * when it ran on this machine, else when its time is a minute old. Two can hold it when one was stopped for a minute
 * and goes on, so it saves work and nothing may depend on it.
 */
export async function withFileLock<T>(
  path: string,
  work: () => Promise<T>,
  { signal, onWait }: LockOptions,
  times: LockTimes = usualTimes,
): Promise<T> {
  const own = JSON.stringify({ pid: process.pid, host: hostname(), id: randomUUID() });
  await mkdir(dirname(path), { recursive: true });
  while (!(await take(path, own, times))) {
    await onWait?.();
    await delay(times.pollMs, undefined, { signal }).catch(() => throwIfAborted(signal));
  }
  const beat = setInterval(() => void utimes(path, new Date(), new Date()).catch(() => {}), times.beatMs); // gone: somebody took over
  beat.unref();
  try {
    return await work();
  } finally {
    clearInterval(beat);
    if ((await read(path)) === own) await rm(path, { force: true });
  }
}

async function take(path: string, own: string, times: LockTimes): Promise<boolean> {
  try {
    await writeFile(path, own, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const holder = await read(path);
  if (await isStale(path, holder, times)) if ((await read(path)) === holder) await rm(path, { force: true });
  return false;
}

const read = (path: string) => readFile(path, 'utf8').catch(() => undefined); // gone meanwhile

async function isStale(path: string, holder: string | undefined, { staleMs }: LockTimes): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  if (!found || holder === undefined) return false; // gone: the next try tells
  return Date.now() - found.mtimeMs > staleMs || isDead(holder);
}

/** Whether the holder ran here and does no more; a lock that is just being written tells nothing yet. */
function isDead(holder: string): boolean {
  const [, pid, host] = /^\{"pid":(\d+),"host":("(?:[^"\\]|\\.)*")/.exec(holder) ?? [];
  if (pid === undefined || host !== JSON.stringify(hostname())) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
