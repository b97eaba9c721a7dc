import { execFileSync } from 'node:child_process';
import { describeWithFfmpeg } from '@deepffmpeg/test-kit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatFilterGraph } from '../../src/filter-graph.js';
import { findFfmpeg } from '../../src/index.js';

describeWithFfmpeg('the real ffmpeg', () => {
  test('reads any text out of a filter graph as it was', async () => {
    const { path } = await findFfmpeg();
    const special = fc.constantFrom(...' \t\n\r\\\'":;,[]=%{}$@#|&<>()*?!~^-aé✗😀');
    const text = fc.array(fc.oneof(special, fc.string({ minLength: 1, maxLength: 1 })), {
      minLength: 1,
      maxLength: 24,
    });
    fc.assert(
      fc.property(text, (characters) => {
        const value = characters.join('').replaceAll('\0', '0');
        const graph = formatFilterGraph([
          {
            filters: [
              { name: 'color', options: { size: '2x2', rate: 1, duration: 1 } },
              { name: 'metadata', options: { mode: 'add', key: 'k', value } },
              { name: 'metadata', options: { mode: 'print', file: '-' } },
            ],
            outputs: ['out'],
          },
        ]);
        const args = ['-v', 'error', '-filter_complex', graph, '-map', '[out]', '-f', 'null', '-'];
        const printed = execFileSync(path, args, { encoding: 'utf8' });
        expect(printed.slice(printed.indexOf('\nk=') + 3, -1)).toBe(value);
      }),
      { numRuns: 60 },
    );
  });
});
