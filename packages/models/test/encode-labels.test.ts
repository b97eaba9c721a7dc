import type { PromptSet } from '@deepffmpeg/core';
import { expect, test, vi } from 'vitest';
import { encodeLabels, type TextModel } from '../src/index.js';

const fakeModel = () => ({
  id: 'fake@1',
  activation: 'softmax' as const,
  logitScale: 30,
  logitBias: 0,
  promptTemplate: 'a photo of a {}',
  encodeTexts: vi.fn<TextModel['encodeTexts']>(async (sentences) =>
    Float32Array.from(sentences.flatMap((_, i) => [i, 1])),
  ),
});

const prompts: PromptSet = {
  name: 'looks',
  kind: 'categories',
  groups: [
    { name: 'animal', labels: [{ label: 'cat' }, { label: 'dog', sentences: ['a dog', 'a {} puppy'] }] },
    { name: 'style', labels: [{ label: '$& {}', sentences: [] }] },
  ],
};

test('reads sentences as they are and labels without any in the template', async () => {
  const model = fakeModel();
  const encoded = await encodeLabels(model, prompts);
  expect(model.encodeTexts.mock.calls[0]?.[0]).toEqual([
    'a photo of a cat',
    'a dog',
    'a {} puppy',
    'a photo of a $& {}',
  ]);
  expect(encoded).toEqual({
    labelSet: {
      name: 'looks',
      kind: 'categories',
      groups: [
        { name: 'animal', labels: ['cat', 'dog'] },
        { name: 'style', labels: ['$& {}'] },
      ],
    },
    model: 'fake@1',
    vectors: Float32Array.of(0, 1, 1, 1, 2, 1, 3, 1),
    rowsPerLabel: [1, 2, 1],
    activation: 'softmax',
    logitScale: 30,
    logitBias: 0,
  });
});

test('takes another template, and passes the signal on', async () => {
  const model = fakeModel();
  const { signal } = new AbortController();
  await encodeLabels(model, prompts, { template: 'art of {}', signal });
  expect(model.encodeTexts.mock.calls[0]?.[0][0]).toBe('art of cat');
  expect(model.encodeTexts.mock.calls[0]?.[1]).toEqual({ signal });
  await expect(encodeLabels(model, prompts, { template: 'art' })).rejects.toMatchObject({
    code: 'ERR_INVALID_OPTIONS',
  });
  const misspelt: object = { promptTemplate: 'art of {}' };
  await expect(encodeLabels(model, prompts, misspelt)).rejects.toMatchObject({
    code: 'ERR_INVALID_OPTIONS',
    message: 'Unrecognized key: "promptTemplate"',
  });
});

test.each([
  [
    Promise.resolve(fakeModel()),
    prompts,
    'model: expected what openClip or openClap gives, got a promise: await it',
  ],
  ['clip', prompts, "model: expected what openClip or openClap gives, got 'clip'"],
  [
    fakeModel(),
    ['red', 'blue'],
    "prompts: expected what makeLabels or parseCategories gives, got [ 'red', 'blue' ]",
  ],
])('says what is no model, and what are no prompts', async (model, labels, message) => {
  // As plain JavaScript may.
  await expect(encodeLabels(model as TextModel, labels as PromptSet)).rejects.toMatchObject({
    code: 'ERR_INVALID_OPTIONS',
    message,
  });
});
