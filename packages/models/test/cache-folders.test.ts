import { homedir } from 'node:os';
import { expect, test } from 'vitest';
import { cacheFolders } from '../src/index.js';

test('follows the variables, the nearest first', () => {
  expect(cacheFolders({})).toEqual({
    deepffmpeg: `${homedir()}/.cache/deepffmpeg`,
    hub: `${homedir()}/.cache/huggingface/hub`,
  });
  expect(cacheFolders({ XDG_CACHE_HOME: '/x' })).toEqual({
    deepffmpeg: '/x/deepffmpeg',
    hub: '/x/huggingface/hub',
  });
  expect(cacheFolders({ XDG_CACHE_HOME: '/x', HF_HOME: '/h', DEEPFFMPEG_CACHE: '/d' })).toEqual({
    deepffmpeg: '/d',
    hub: '/h/hub',
  });
  expect(cacheFolders({ HF_HOME: '/h', HF_HUB_CACHE: '/c' }).hub).toBe('/c');
  expect(cacheFolders({ HF_HUB_CACHE: '', DEEPFFMPEG_CACHE: '' }).deepffmpeg).toContain('.cache');
});
