import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig, type TestProjectConfiguration } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));

// The tests are about the system's ffmpeg, whose numbers differ a little from version to version; those of the native one say so.
const env =
  existsSync(`${root}native/dist`) && !process.env['DEEPFFMPEG_FFMPEG']
    ? { DEEPFFMPEG_FFMPEG: 'ffmpeg' }
    : {};

export default defineConfig({
  resolve: {
    // Tests read the sources, so they need no build; the packed packages have a test of their own.
    alias: [
      { find: '@deepffmpeg/test-kit', replacement: `${root}tools/test-kit/src/index.ts` },
      { find: /^@deepffmpeg\/([^/]+)$/, replacement: `${root}packages/$1/src/index.ts` },
    ],
  },
  test: {
    env,
    testTimeout: 30_000, // processes start slowly on a busy machine
    maxWorkers: availableParallelism(), // one more than vitest takes: tests wait for processes for most of their time
    projects: [
      ...[
        'core',
        'ffmpeg-filters',
        'models',
        'clip',
        'clap',
        'detect',
        'technical',
        'combined',
        'tiny-models',
        'cli',
      ].map((name) => project(name, `packages/${name}/test`)),
      project('native', 'native/test'),
      project('repository', 'test'),
    ],
  },
});

function project(name: string, folder: string): TestProjectConfiguration {
  return {
    extends: true,
    test: { name, include: [`${folder}/**/*.test.ts`] },
  };
}
