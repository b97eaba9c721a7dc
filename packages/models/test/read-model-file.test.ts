import { execFileSync } from 'node:child_process';
import { mkdir, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { readModelFile, readOptionalModelFile } from '../src/index.js';

const schema = z.object({ text_config: z.object({ size: z.number() }) });

async function modelWith(text: string | undefined) {
  const path = await makeTemporaryFolder();
  if (text !== undefined) await writeFile(join(path, 'config.json'), text);
  return { path, name: 'made' };
}

test('reads what it asks for, with or without a byte order mark', async () => {
  const model = await modelWith('\uFEFF{"text_config":{"size":3},"other":1}');
  expect(await readModelFile(model, 'config.json', schema)).toEqual({ text_config: { size: 3 } });
});

test.each([
  { title: 'a missing file', text: undefined, code: 'ERR_MODEL_MISSING', message: /lacks config\.json/ },
  {
    title: 'broken JSON',
    text: '{"text_config":',
    code: 'ERR_MODEL_CONFIG',
    message: /config\.json is not valid JSON/,
  },
  { title: 'an empty file', text: '', code: 'ERR_MODEL_CONFIG', message: /config\.json is not valid JSON/ },
  {
    title: 'a missing field',
    text: '{"text_config":{}}',
    code: 'ERR_MODEL_CONFIG',
    message: /config\.json: text_config\.size: /,
  },
  { title: 'another type', text: '[]', code: 'ERR_MODEL_CONFIG', message: /config\.json: the file: / },
])('says what is wrong with $title', async ({ text, code, message }) => {
  const reading = readModelFile(await modelWith(text), 'config.json', schema);
  await expect(reading).rejects.toMatchObject({ code });
  await expect(reading).rejects.toThrow(message);
});

test('an optional file may be missing, and must be right if it is there', async () => {
  expect(await readOptionalModelFile(await modelWith(undefined), 'config.json', schema)).toBeUndefined();
  await expect(readOptionalModelFile(await modelWith('{'), 'config.json', schema)).rejects.toMatchObject({
    code: 'ERR_MODEL_CONFIG',
  });
});

test('reads no more than a tokenizer may have, and no folder', async () => {
  const model = await modelWith('{}');
  await truncate(join(model.path, 'config.json'), 100 * 2 ** 20);
  await expect(readModelFile(model, 'config.json', schema)).rejects.toMatchObject({
    code: 'ERR_MODEL_CONFIG',
    message: expect.stringMatching(/config\.json cannot be read: it has more than 67108864 bytes/),
  });
  await mkdir(join(model.path, 'folder.json'));
  await expect(readModelFile(model, 'folder.json', schema)).rejects.toMatchObject({
    code: 'ERR_MODEL_CONFIG',
  });
});

test.runIf(process.platform !== 'win32')('reads no device and no pipe, which may never end', async () => {
  const model = await modelWith(undefined);
  await symlink('/dev/zero', join(model.path, 'device.json'));
  execFileSync('mkfifo', [join(model.path, 'pipe.json')]);
  for (const file of ['device.json', 'pipe.json']) {
    await expect(readModelFile(model, file, schema)).rejects.toMatchObject({
      code: 'ERR_MODEL_CONFIG',
      message: expect.stringContaining(`${file} cannot be read: it is no regular file`),
    });
  }
});
