import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeClipFolder, makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { expect, test } from 'vitest';
import { openTokenizer, type TokenizerOptions } from '../src/index.js';

async function open(options?: TokenizerOptions, tokenizerConfig?: object) {
  return openTokenizer(await makeClipFolder(await makeTemporaryFolder(), { tokenizerConfig }), options);
}

test('gives the ids with their special tokens', async () => {
  const { encode } = await open();
  const [start, end] = encode('');
  expect(encode('')).toEqual([0, 1]);
  expect(encode('b')).toHaveLength(3);
  expect(encode('bad')).toEqual([start, 3, 2, expect.any(Number), end]);
  expect(encode('BAD')).toEqual(encode('bad'));
});

test('cuts a long text, and keeps the last special token', async () => {
  const { encode, maxLength } = await open();
  const cut = encode('abcdefghijklmnopqrstuvwxyz');
  expect(maxLength).toBe(16);
  expect(cut).toHaveLength(16);
  expect(cut.slice(0, 3)).toEqual([0, 2, 3]);
  expect(cut.at(-1)).toBe(1);
});

test('takes the smaller of the limits of tokenizer and text tower', async () => {
  expect((await open({ maxPositions: 8 })).maxLength).toBe(8);
  expect((await open({ maxPositions: 99 })).maxLength).toBe(16);
  expect((await open({ maxPositions: 99 }, { model_max_length: 1e30 })).maxLength).toBe(99);
  await expect(open({}, { model_max_length: 1e30 })).rejects.toThrow(/max_position_embeddings/);
});

test('fills a batch up to its longest text, with a mask', async () => {
  const { encodeBatch } = await open();
  const { inputIds, attentionMask, shape } = encodeBatch(['a', 'abc']);
  expect(shape).toEqual([2, 5]);
  expect([...inputIds].map(Number)).toEqual([0, expect.any(Number), 1, 1, 1, 0, 2, 3, expect.any(Number), 1]);
  expect([...attentionMask].map(Number)).toEqual([1, 1, 1, 0, 0, 1, 1, 1, 1, 1]);
  expect(encodeBatch([]).shape).toEqual([0, 0]);
});

test('fills up to the longest possible text where a model has learnt with that', async () => {
  const { encodeBatch } = await open({ padTo: 'max-length', padId: 7 });
  const { inputIds, shape } = encodeBatch(['a']);
  expect(shape).toEqual([1, 16]);
  expect([...inputIds].slice(2).map(Number)).toEqual([1, ...Array(13).fill(7)]);
});

test('lower-cases a capital sigma as Hugging Face does, at a word’s end too', async () => {
  const folder = await makeTemporaryFolder();
  const tokenizer = {
    added_tokens: [],
    normalizer: { type: 'Sequence', normalizers: [{ type: 'NFC' }, { type: 'Lowercase' }] },
    pre_tokenizer: { type: 'WhitespaceSplit' },
    post_processor: null,
    decoder: null,
    model: { type: 'BPE', unk_token: '?', vocab: { '?': 0, σ: 1, ς: 2, α: 3 }, merges: [] },
  };
  await writeFile(join(folder, 'tokenizer.json'), JSON.stringify(tokenizer));
  const { encode } = await openTokenizer(folder, { maxPositions: 9, padId: 0 });
  expect(encode('ΑΣ')).toEqual([3, 1]);
  expect(encode('ας')).toEqual([3, 2]);
});

test.each(['7', 0.5, -1, null, 2 ** 53])('refuses the id %j as soon as it is opened', async (id) => {
  const folder = await makeTemporaryFolder();
  const model = { type: 'BPE', unk_token: '?', vocab: { '?': 0, cat: id }, merges: [] };
  const path = join(folder, 'tokenizer.json');
  const parts = { normalizer: null, pre_tokenizer: null, post_processor: null, decoder: null };
  await writeFile(path, JSON.stringify({ added_tokens: [], ...parts, model }));
  await expect(openTokenizer(folder, { maxPositions: 9, padId: 0 })).rejects.toMatchObject({
    code: 'ERR_MODEL_CONFIG',
    message: expect.stringContaining(
      `${path}: model.vocab: expected a whole number from 0 on as the id of "cat"`,
    ),
  });
});

test('opens a file by its path, too', async () => {
  const folder = await makeClipFolder(await makeTemporaryFolder());
  const { encode } = await openTokenizer(join(folder, 'tokenizer.json'));
  expect(encode('')).toEqual([0, 1]);
});

test.each([
  { title: 'no tokenizer', change: undefined, code: 'ERR_MODEL_MISSING' },
  { title: 'broken JSON', change: '{', code: 'ERR_MODEL_CONFIG' },
  { title: 'no model in it', change: '{"added_tokens":[]}', code: 'ERR_MODEL_CONFIG' },
  {
    title: 'an unknown kind',
    change:
      '{"added_tokens":[],"model":{"type":"Mystery","vocab":["a"]},"normalizer":null,"pre_tokenizer":null,"post_processor":null,"decoder":null}',
    code: 'ERR_MODEL_CONFIG',
  },
])('refuses a folder with $title', async ({ change, code }) => {
  const folder = await makeTemporaryFolder();
  if (change !== undefined) await writeFile(join(folder, 'tokenizer.json'), change);
  await expect(openTokenizer(folder, { maxPositions: 9, padId: 0 })).rejects.toMatchObject({ code });
});

test('refuses padding that is not known', async () => {
  await expect(open({}, { pad_token: undefined })).rejects.toThrow(/pad_token/);
  await expect(open({}, { padding_side: 'left' })).rejects.toThrow(/padding_side/);
});
