import type { KnownModel } from '@deepffmpeg/models';
import { type MadeClap, makeClapFolder, makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { expect, test } from 'vitest';
import { readClapConfig } from '../src/read-clap-config.js';

async function read(made: MadeClap, known?: KnownModel) {
  const path = await makeClapFolder(await makeTemporaryFolder(), made);
  return readClapConfig({ path, name: 'made', known });
}

test('takes what the files tell, else what the registry knows, else the family’s own', async () => {
  const known: KnownModel = {
    name: 'made',
    repository: 'made/made',
    task: 'clip',
    licence: 'MIT',
    logitScale: 9,
    activation: 'sigmoid',
    promptTemplate: 'known {}',
  };
  const family = { activation: 'softmax', promptTemplate: 'This is a sound of {}.' };
  expect(await read({ sidecar: null })).toMatchObject({
    ...family,
    dimension: 4,
    bands: 8,
    padTo: 'longest',
  });
  expect(await read({ sidecar: null }, known)).toMatchObject({
    activation: 'sigmoid',
    promptTemplate: 'known {}',
  });
  const own = { activation: 'softmax', promptTemplate: 'own {}' };
  expect(await read({ sidecar: own }, known)).toMatchObject(own);
});

test.each([
  { text: { model_type: 'clap_text_model', max_position_embeddings: 514, pad_token_id: 1 }, positions: 512 },
  { text: { model_type: 'roberta', max_position_embeddings: 130, pad_token_id: 0 }, positions: 129 },
  { text: { model_type: 'gpt2', max_position_embeddings: 77 }, positions: 77 },
  { text: { model_type: 'gpt2' }, positions: undefined },
  { text: {}, positions: 512 },
  { text: undefined, positions: 512 },
])('a text of $text may have $positions tokens', async ({ text, positions }) => {
  expect((await read({ config: { text_config: text } })).maxPositions).toBe(positions);
});
