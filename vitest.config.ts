import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));

export default defineConfig({
  resolve: {
    // Tests read the sources, so they need no build; the packed packages have a test of their own.
    alias: [
      { find: '@deepffmpeg/test-kit', replacement: `${root}tools/test-kit/src/index.ts` },
      { find: /^@deepffmpeg\/([^/]+)$/, replacement: `${root}packages/$1/src/index.ts` },
    ],
  },
  test: {
    projects: ['core', 'ffmpeg-filters', 'models', 'clip', 'tiny-models', 'cli'].map((name) => ({
      extends: true,
      test: {
        name,
        include: [`packages/${name}/test/**/*.test.ts`],
        typecheck: {
          enabled: true,
          include: [`packages/${name}/test/**/*.test-d.ts`],
          tsconfig: `${root}tsconfig.json`,
        },
      },
    })),
  },
});
