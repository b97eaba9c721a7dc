import * as z from 'zod';
import type { HubClient } from './hub-client.js';
import { isCommit } from './hub-folders.js';
import { HubTrouble, retry } from './hub-trouble.js';
import type { ModelName } from './model-name.js';

/** A file as the hub describes it. */
export interface HubFile {
  /** With slashes, relative to the repository. */
  readonly name: string;
  readonly bytes: number;
  /** SHA-256 of a large file, git's SHA-1 of another, in hexadecimal: the name of its blob in the cache. */
  readonly digest: string;
}

export interface HubRepository {
  readonly commit: string;
  readonly files: readonly HubFile[];
}

/** Large repositories have thousands of files, of a few hundred bytes each here. */
const mostBytes = 32 * 2 ** 20;

const schema = z.object({
  sha: z.string().refine(isCommit, 'is no commit'),
  siblings: z.array(
    z.object({
      rfilename: z.string(),
      size: z.int().min(0).nullish(),
      blobId: z.string().nullish(),
      lfs: z.object({ sha256: z.string(), size: z.int().min(0) }).nullish(),
    }),
  ),
});

/** Asks the hub for a revision's commit and files, all in one answer. @throws {HubTrouble} */
export async function readRepository(
  client: HubClient,
  { repository, revision }: ModelName,
  signal: AbortSignal | undefined,
): Promise<HubRepository> {
  const about = revision === 'main' ? repository : `${repository}@${revision}`;
  const path = `/api/models/${repository}/revision/${encodeURIComponent(revision)}?blobs=true`;
  const text = await retry(() => readText(client, path, about, signal), client.patience, signal);
  const { sha, siblings } = parse(text, about);
  const files = siblings.flatMap(({ rfilename: name, size, blobId, lfs }) => {
    const [bytes, digest] = lfs ? [lfs.size, lfs.sha256] : [size, blobId];
    const isDescribed = typeof bytes === 'number' && /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(digest ?? '');
    return isDescribed && digest && isPlain(name) ? [{ name, bytes, digest }] : [];
  });
  return { commit: sha, files };
}

/** Whether a name from outside stays within a folder, on every system. */
const isPlain = (name: string): boolean => /^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/.test(name);

async function readText(
  client: HubClient,
  path: string,
  about: string,
  signal?: AbortSignal,
): Promise<string> {
  const { body } = await client.get(path, about, { signal });
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > mostBytes)
        throw new HubTrouble(`${about}: the hub's answer is longer than ${mostBytes} bytes`);
      chunks.push(chunk);
    }
  } catch (cause) {
    if (cause instanceof HubTrouble || signal?.aborted) throw cause; // `retry` makes an abort of it
    throw new HubTrouble(`${about}: the hub's answer broke off`, { cause, retryAfterMs: 0 });
  }
  return Buffer.concat(chunks).toString();
}

function parse(text: string, about: string): z.infer<typeof schema> {
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    const message = `${about}: the answer is not that of a Hugging Face hub; HF_ENDPOINT may name something else`;
    throw new HubTrouble(message, { cause });
  }
}
