import { collect } from '@deepffmpeg/core';
import { expect, test } from 'vitest';
import { checkBackground, readPicture, stills } from '../src/index.js';

test.each(['white', '#00ff00', 'rgb(0, 128, 255)'])('takes %s', async (background) => {
  await expect(checkBackground(background)).resolves.toBeUndefined();
});

test.each(['whyte', '#12', ''])(
  'a background of "%s" is a wrong option, not a bad picture',
  async (background) => {
    const error = {
      code: 'ERR_INVALID_OPTIONS',
      message: expect.stringContaining(`background: "${background}" is no CSS colour`),
    };
    await expect(checkBackground(background)).rejects.toMatchObject(error);
    await expect(readPicture('/nowhere/cat.png', { background })).rejects.toMatchObject(error);
    await expect(collect(stills(['/nowhere/cat.png'], { background }))).rejects.toMatchObject(error);
    await expect(collect(stills([], { background }))).rejects.toMatchObject(error);
  },
);
