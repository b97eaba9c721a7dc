import { expect, test } from 'vitest';
import { isRepositoryName } from '../src/hub/model-name.js';
import { knownModels } from '../src/index.js';

test('names and repositories are told apart', () => {
  const names = knownModels.flatMap(({ name, repository }) => [name, ...(repository ? [repository] : [])]);
  expect(new Set(names).size).toBe(names.length);
});

test.each(knownModels)('$name can be had, and says what it may be used for', (model) => {
  const { repository, elsewhere, revision, licence, results = [] } = model;
  expect(repository === undefined ? elsewhere : isRepositoryName(repository)).toBeTruthy();
  if (revision !== undefined) expect(revision).toMatch(/^[0-9a-f]{40}$/);
  expect(licence).not.toBe('');
  for (const { percent, source } of results) {
    expect(percent).toBeGreaterThan(1); // no share of one
    expect(percent).toBeLessThan(100);
    expect(source).toMatch(/^(https:|arXiv:)/);
  }
});

test.each(knownModels.filter(({ activation }) => activation === 'sigmoid'))(
  '$name has a scale and a bias, or neither',
  ({ logitScale, logitBias }) => {
    expect(logitScale === undefined).toBe(logitBias === undefined);
  },
);
