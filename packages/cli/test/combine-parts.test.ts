import { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { MediaError, makeLabels } from '@deepffmpeg/core';
import { tinyClipFolder } from '@deepffmpeg/tiny-models';
import { expect, test, vi } from 'vitest';
import { openParts } from '../src/combine-parts.js';

const read = vi.hoisted(() => ({ sets: [] as string[] }));
vi.mock('@deepffmpeg/models', async (original) => ({
  ...(await original<typeof import('@deepffmpeg/models')>()),
  encodeLabels: async (_: unknown, { name }: { name: string }) => {
    read.sets.push(name);
    await sleep(5);
    throw new MediaError('ERR_MODEL_OUTPUT', `${name} cannot be read`);
  },
}));

test('a model reads no further list of labels once one has failed', async () => {
  const setOf = (name: string) => makeLabels(['red', 'blue'], name);
  const labels = {
    categories: { vision: setOf('first'), audio: setOf('sound') },
    others: { vision: [setOf('second')], audio: [] },
  };
  const { stdin, stdout } = process;
  const stderr = new Writable({ write: (_chunk, _encoding, done) => done() });
  const io = { stdin, stdout, stderr, signal: new AbortController().signal };
  const parts = await openParts({ clipModel: tinyClipFolder, confidence: 0.3 }, labels, io);
  expect(parts.vision).toMatchObject({ code: 'ERR_MODEL_OUTPUT', message: 'first cannot be read' });
  expect(read.sets).toEqual(['first']);
  await parts.close();
});
