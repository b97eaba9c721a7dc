import { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { MediaError, makeLabels } from '@deepffmpeg/core';
import { tinyClapFolder, tinyClipFolder } from '@deepffmpeg/tiny-models';
import { describe, expect, test, vi } from 'vitest';
import { openParts, type PartsChoice } from '../src/combine-parts.js';

const read = vi.hoisted(() => ({ sets: [] as string[] }));
const setOf = (name: string) => makeLabels(['red', 'blue'], name);
const labels = {
  categories: { vision: setOf('first'), audio: setOf('sound') },
  others: { vision: [setOf('second')], audio: [] },
};
const { stdin, stdout } = process;
const stderr = new Writable({ write: (_chunk, _encoding, done) => done() });
const silentIo = { stdin, stdout, stderr, signal: new AbortController().signal };

vi.mock('@deepffmpeg/models', async (original) => ({
  ...(await original<typeof import('@deepffmpeg/models')>()),
  encodeLabels: async (_: unknown, { name }: { name: string }) => {
    if (name === 'sound') return {};
    read.sets.push(name);
    await sleep(5);
    throw new MediaError('ERR_MODEL_OUTPUT', `${name} cannot be read`);
  },
}));

test('a model reads no further list of labels once one has failed', async () => {
  const opening = openParts({ clipModel: tinyClipFolder, confidence: 0.3 }, labels, silentIo);
  await expect(opening).rejects.toMatchObject({ code: 'ERR_MODEL_OUTPUT', message: 'first cannot be read' });
  expect(read.sets).toEqual(['first']);
});

describe('of models that are not there', () => {
  const clapModel = tinyClapFolder;
  const missing = 'nobody/no-such-model';
  const open = (flags: Partial<PartsChoice>) => openParts({ confidence: 0.3, ...flags }, labels, silentIo);

  test('one beside another is told', async () => {
    const parts = await open({ clipModel: missing, clapModel, detectModel: missing });
    expect(parts).toMatchObject({
      vision: { code: 'ERR_MODEL_MISSING' },
      audio: { model: { dimension: expect.any(Number) } },
      objects: { code: 'ERR_MODEL_MISSING' },
    });
    await parts.close();
  });

  test.each<[string, Partial<PartsChoice>]>([
    ['all that see or hear', { clipModel: missing, clapModel: missing }],
    ['the only one', { clipModel: missing, detectModel: 'tiny' }],
    ['one that no download would bring', { clipModel: 'nope', clapModel }],
    ['a detector that no download would bring', { clapModel, detectModel: 'nope' }],
  ])('%s: an error, before anything is written', async (_, flags) => {
    await expect(open(flags)).rejects.toMatchObject({ code: 'ERR_MODEL_MISSING' });
  });
});
