import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, relative, sep } from 'node:path';
import { onTestFinished } from 'vitest';

/** A repository of a made hub: files by name, at one commit, which is the branch `main`. */
export interface MadeRepository {
  readonly commit: string;
  readonly files: Readonly<Record<string, Buffer>>;
}

export interface HubRequest {
  /** Large files lie on another host, to which the hub redirects. */
  readonly host: 'hub' | 'cdn';
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** How many came before it. */
  readonly index: number;
}

/** What goes wrong with an answer. */
export interface HubFault {
  /** In place of the answer. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Says nothing at all. */
  readonly silent?: boolean;
  /** Breaks off after so many bytes of the body, or stops there without a word. */
  readonly breakAfter?: number;
  readonly stopAfter?: number;
  /** Changes a byte of the body. */
  readonly damage?: boolean;
  /** Answers with the whole in place of a part. */
  readonly ignoreRange?: boolean;
  /** Milliseconds before each 16 KiB of the body. */
  readonly slowMs?: number;
}

export interface MadeHub {
  readonly endpoint: string;
  readonly requests: readonly HubRequest[];
  /** What is to go wrong with a request; may be replaced at any time. */
  fault: (request: HubRequest) => HubFault | undefined;
}

/** What the hub names a file by: SHA-256 when it is stored by Git LFS, as networks are, else git's SHA-1. */
export function hubDigest(name: string, content: Buffer): string {
  return isLarge(name)
    ? createHash('sha256').update(content).digest('hex')
    : createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
}

const isLarge = (name: string) => /\.onnx(_data)?$/.test(name);

/** Makes a repository of a folder's files. */
export async function readRepositoryFolder(folder: string, commit = 'c'.repeat(40)): Promise<MadeRepository> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  const files = await Promise.all(
    paths.map(async (path) => [relative(folder, path).split(sep).join('/'), await readFile(path)] as const),
  );
  return { commit, files: Object.fromEntries(files) };
}

/**
 * Starts a server that speaks as much of the Hugging Face hub's protocol as its clients need, Python's too; it ends with
 * the test.
 *
 * @see https://huggingface.co/docs/hub/api
 */
export async function startHub(repositories: Readonly<Record<string, MadeRepository>>): Promise<MadeHub> {
  const requests: HubRequest[] = [];
  const hub = {
    endpoint: '',
    requests,
    fault: (_: HubRequest): HubFault | undefined => undefined,
  };
  const serve = async (host: HubRequest['host'], answer: (path: string) => Answer) => {
    const server = createServer((request, response) => {
      const path = decodeURIComponent(request.url ?? '/');
      const seen = { host, path, headers: request.headers, index: requests.length };
      requests.push(seen);
      void send(request, response, answer(path), hub.fault(seen) ?? {});
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.close();
      server.closeAllConnections();
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on a port
  };
  const cdn = await serve('cdn', (path) => ({ body: contentOf(repositories, path.slice(1)) }));
  hub.endpoint = await serve('hub', (path) => answerOf(repositories, path, cdn));
  return hub;
}

interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

/** What the other host has, by its digest. */
function contentOf(
  repositories: Readonly<Record<string, MadeRepository>>,
  digest: string,
): Buffer | undefined {
  const files = Object.values(repositories).flatMap(({ files }) => Object.entries(files));
  return files.find(([name, content]) => hubDigest(name, content) === digest)?.[1];
}

const routes =
  /^(?:\/api\/models\/(?<described>[^/]+\/[^/]+)\/(?<api>revision|tree)|\/(?<repository>[^/]+\/[^/]+)\/resolve)\/(?<revision>[^/?]+)/;

function answerOf(repositories: Readonly<Record<string, MadeRepository>>, path: string, cdn: string): Answer {
  const { described, api, repository: resolved, revision } = routes.exec(path)?.groups ?? {};
  const repository = repositories[resolved ?? described ?? ''];
  if (!repository) return { status: 404, headers: { 'x-error-code': 'RepoNotFound' } };
  if (revision !== 'main' && revision !== repository.commit)
    return { status: 404, headers: { 'x-error-code': 'RevisionNotFound' } };
  if (api === 'revision') return { body: Buffer.from(JSON.stringify(describeRepository(repository))) };
  if (api === 'tree') return { body: Buffer.from(JSON.stringify(describeTree(repository))) };

  const name = path.split('/').slice(5).join('/');
  const content = repository.files[name];
  if (!content) return { status: 404, headers: { 'x-error-code': 'EntryNotFound' } };
  const digest = hubDigest(name, content);
  const headers = { 'x-repo-commit': repository.commit, etag: `"${digest}"` };
  if (!isLarge(name)) return { headers, body: content };
  return {
    status: 302,
    headers: {
      ...headers,
      location: `${cdn}/${digest}`,
      'x-linked-etag': `"${digest}"`,
      'x-linked-size': `${content.length}`,
    },
  };
}

function describeRepository({ commit, files }: MadeRepository) {
  const siblings = Object.entries(files).map(([name, content]) => ({
    rfilename: name,
    size: content.length,
    blobId: hubDigest('', content),
    ...(isLarge(name) && {
      lfs: { sha256: hubDigest(name, content), size: content.length, pointerSize: 134 },
    }),
  }));
  return { id: 'made/made', sha: commit, siblings };
}

/** Python's client asks for this; ours does not. */
function describeTree({ files }: MadeRepository) {
  return Object.entries(files).map(([path, content]) => ({
    type: 'file',
    path,
    size: content.length,
    oid: hubDigest('', content),
    ...(isLarge(path) && { lfs: { oid: hubDigest(path, content), size: content.length, pointerSize: 134 } }),
  }));
}

async function send(request: IncomingMessage, response: ServerResponse, answer: Answer, fault: HubFault) {
  if (fault.silent) return;
  if (fault.status !== undefined) {
    response.writeHead(fault.status, fault.headers).end(fault.body);
    return;
  }
  const [, start] = (!fault.ignoreRange && /^bytes=(\d+)-$/.exec(request.headers.range ?? '')) || [];
  const whole = answer.body ?? Buffer.alloc(0);
  const body = Buffer.from(whole.subarray(Number(start ?? 0)));
  if (fault.damage && body.length > 0) body[body.length - 1]! ^= 1; // it has one
  const missing = answer.body ? 200 : 404;
  response.writeHead(answer.status ?? (start === undefined ? missing : 206), {
    'content-length': body.length,
    ...answer.headers,
    ...(start !== undefined && { 'content-range': `bytes ${start}-${whole.length - 1}/${whole.length}` }),
  });
  if (request.method === 'HEAD') return response.end();
  response.flushHeaders();
  const limit = fault.breakAfter ?? fault.stopAfter ?? Infinity;
  for (let sent = 0; sent < Math.min(limit, body.length); sent += 16_384) {
    if (fault.slowMs) await new Promise((resolve) => setTimeout(resolve, fault.slowMs));
    response.write(body.subarray(sent, Math.min(sent + 16_384, limit)));
  }
  if (fault.stopAfter !== undefined) return; // until whoever waits gives up
  if (fault.breakAfter === undefined) return response.end();
  setTimeout(() => response.destroy(), 20); // so that what was written arrives
}
