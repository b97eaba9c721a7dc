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
  expect(cacheFolders({ HF_HOME: '/h', HUGGINGFACE_HUB_CACHE: '/f' }).hub).toBe('/f');
  expect(cacheFolders({ HF_HUB_CACHE: '/c', HUGGINGFACE_HUB_CACHE: '/f' }).hub).toBe('/c');
  expect(cacheFolders({ HF_HUB_CACHE: '', DEEPFFMPEG_CACHE: '' }).deepffmpeg).toContain('.cache');
});

test('a variable may hold ~ and other variables, as those of the hub may', () => {
  const environment = { HF_HOME: '~/h', DEEPFFMPEG_CACHE: '$DATA/d', DATA: '/data' };
  expect(cacheFolders(environment)).toEqual({ deepffmpeg: '/data/d', hub: `${homedir()}/h/hub` });
  const braced = `$${'{DATA}'}/$NONE/a~`;
  expect(cacheFolders({ HF_HUB_CACHE: braced, DATA: '/data' }).hub).toBe('/data/$NONE/a~');
  expect(cacheFolders({ XDG_CACHE_HOME: '~' }).hub).toBe(`${homedir()}/huggingface/hub`);
});
