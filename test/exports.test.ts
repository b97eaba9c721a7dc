import { expect, test } from 'vitest';

test.each(['core', 'ffmpeg-filters', 'models', 'clip', 'tiny-models'])(
  '%s exports these names',
  async (name) => {
    const exported = await import(`@deepffmpeg/${name}`);
    expect(Object.keys(exported).sort()).toMatchSnapshot();
  },
);
