import { describeWithFfmpeg } from '@deepffmpeg/test-kit';
import { expect, test, vi } from 'vitest';
import { analyseMedia } from '../../../src/index.js';
import { seesColours } from '../make-parts.js';

vi.mock('@deepffmpeg/detect', async (original) => ({
  ...(await original<typeof import('@deepffmpeg/detect')>()),
  formatPicture: async () => {
    throw new Error('there is no room for a picture');
  },
}));

describeWithFfmpeg('analyseMedia, where no picture of a shot can be made', (media) => {
  test('tells so, and all else', async () => {
    const lavfi = (graph: string) => ['-f', 'lavfi', '-i', graph];
    const film = await media.make('film.mkv', ...lavfi('color=red:s=64x36:r=25:d=3'), '-c:v', 'ffv1');
    const { parts, technical, averages, thumbnails } = await analyseMedia(film, { vision: seesColours() });
    const reason = expect.stringMatching(/no picture.*: there is no room for a picture/);
    expect(parts).toContainEqual({ part: 'technical', status: 'done', reason });
    expect(parts).toContainEqual({ part: 'vision', status: 'done' });
    expect(technical?.shots).toHaveLength(1);
    expect(averages).toMatchObject([{ label: 'red' }]);
    expect(thumbnails).toEqual([]);
  });
});
