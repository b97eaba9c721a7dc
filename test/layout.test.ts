import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';

const root = new URL('../', import.meta.url);
const readJson = (path: string) => JSON.parse(readFileSync(new URL(path, root), 'utf8'));
const packages = readdirSync(new URL('packages/', root));

/** Who may import whom, besides npm packages. Siblings never import each other. */
const EDGES: Readonly<Record<string, readonly string[]>> = {
  core: [],
  'tiny-models': [],
  'ffmpeg-filters': ['core'],
  models: ['core'],
  clip: ['core', 'models'],
  clap: ['core', 'models'],
  detect: ['core', 'models'],
  technical: ['core', 'ffmpeg-filters'],
  combined: ['core', 'ffmpeg-filters', 'models', 'clip', 'clap', 'detect', 'technical'],
  cli: ['core', 'ffmpeg-filters', 'models', 'clip', 'clap', 'detect', 'technical', 'combined', 'tiny-models'],
};

const HEAVY: Readonly<Record<string, string | readonly string[]>> = {
  'onnxruntime-node': 'models',
  '@huggingface/tokenizers': 'models',
  undici: 'models',
  sharp: ['clip', 'detect'],
  'fft.js': 'clap',
  wavefile: 'clap',
  execa: 'ffmpeg-filters',
  'stream-json': 'ffmpeg-filters',
};

test('every package has its place in the order of imports', () => {
  expect(packages.toSorted()).toEqual(Object.keys(EDGES).toSorted());
});

test.each(packages)('%s depends only on what lies below it', (name) => {
  const { dependencies = {}, version } = readJson(`packages/${name}/package.json`);
  const own = Object.keys(dependencies).filter((dependency) => dependency.startsWith('@deepffmpeg/'));
  expect(EDGES[name]).toEqual(expect.arrayContaining(own.map((dependency) => dependency.split('/')[1])));
  for (const dependency of own) expect(dependencies[dependency]).toBe(version);
  for (const [heavy, owner] of Object.entries(HEAVY))
    if (heavy in dependencies) expect([owner].flat()).toContain(name);
});

const sources = packages.flatMap((name) =>
  readdirSync(new URL(`packages/${name}/src/`, root), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => ({
      name,
      path,
      text: readFileSync(new URL(`packages/${name}/src/${path}`, root), 'utf8'),
    })),
);

/** A package that a line imports or re-exports from. */
const IMPORT = /^(?:(?:import|export|\}).* from |.*\bimport\()'([^.'][^']*)'/gm;

test('sources import only what their package.json names, and never reach into another package', () => {
  const stray = sources.flatMap(({ name, path, text }) => {
    const { dependencies = {} } = readJson(`packages/${name}/package.json`);
    const imported = [...text.matchAll(IMPORT)].map(([, specifier = '']) => specifier);
    return imported
      .filter(
        (specifier) => !specifier.startsWith('node:') && !isDeclared(specifier, Object.keys(dependencies)),
      )
      .map((specifier) => `${name}/${path}: ${specifier}`);
  });
  expect(stray).toEqual([]);
});

/** Only stream-json is meant to be imported by file: that is its public interface. */
function isDeclared(specifier: string, dependencies: readonly string[]): boolean {
  return (
    dependencies.includes(specifier) ||
    (specifier.startsWith('stream-json/') && dependencies.includes('stream-json'))
  );
}

test('index.ts only re-exports, by name', () => {
  const indexes = sources.filter(({ path, name }) => path === 'index.ts' && name !== 'cli');
  expect(indexes).toHaveLength(packages.length - 1);
  for (const { text } of indexes) {
    expect(text).not.toMatch(/export \*|export default|\bconst\b|\bfunction\b/);
  }
});

test('the version is one', () => {
  expect(new Set(packages.map((name) => readJson(`packages/${name}/package.json`).version)).size).toBe(1);
});

test('the lock file serves every platform and names no registry', () => {
  const locked: Record<string, { optionalDependencies?: Record<string, string>; resolved?: string }> =
    readJson('package-lock.json').packages;
  const names = new Set(Object.keys(locked).map((path) => path.split('node_modules/').at(-1)));
  const missing = Object.values(locked)
    .flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies))
    .filter((name) => !names.has(name));
  expect(missing).toEqual([]);
  expect(Object.values(locked).filter(({ resolved }) => resolved?.includes('://'))).toEqual([]);
});

const changesets = readdirSync(new URL('.changeset/', root)).filter((name) => name.endsWith('.md'));

test.runIf(changesets.length > 0)('every changeset begins with the packages that it is of', () => {
  const bump = `'@deepffmpeg/(?:native|${packages.join('|')})': (?:patch|minor|major)\n`;
  const head = new RegExp(`^---\n+(?:${bump})+---\n`);
  for (const name of changesets)
    expect(readFileSync(new URL(`.changeset/${name}`, root), 'utf8'), name).toMatch(head);
});

/** The largest of our models has 3 MB; fetched material, archives of packages and media have no place here. */
const MOST_BYTES = 4_000_000;

test('nothing large is among the files of the repository, nor archives of packages', () => {
  const files = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' })
    .split('\0')
    .filter(Boolean);
  expect(files.length).toBeGreaterThan(500);
  const sizeOf = (file: string) =>
    statSync(new URL(encodeURI(file), root), { throwIfNoEntry: false })?.size ?? 0;
  expect(files.filter((file) => /\.(whl|tgz|deb|jar)$/.test(file) || sizeOf(file) > MOST_BYTES)).toEqual([]);
});
