import { expect, test } from 'vitest';
import { isRepositoryName } from '../src/hub/model-name.js';
import {
  convertCommand,
  knownModels,
  type ModelSetName,
  modelSets,
  pullModel,
  type SpeedClass,
} from '../src/index.js';

test('names and repositories are told apart', () => {
  const names = knownModels.flatMap(({ name, repository }) => [name, ...(repository ? [repository] : [])]);
  expect(new Set(names).size).toBe(names.length);
});

test.each(knownModels)('$name can be had, and says what it may be used for', (model) => {
  const { repository, conversion, elsewhere, revision, licence, results = [] } = model;
  expect([repository, conversion, elsewhere].filter((way) => way !== undefined)).toHaveLength(1);
  const onHub = repository ?? conversion?.source;
  if (onHub !== undefined) expect(onHub).toSatisfy(isRepositoryName);
  if (revision !== undefined) expect(revision).toMatch(/^[0-9a-f]{40}$/);
  expect(licence).not.toBe('');
  for (const { percent, source } of results) {
    expect(percent).toBeGreaterThan(1); // no share of one
    expect(percent).toBeLessThan(100);
    expect(source).toMatch(/^(https:|arXiv:)/);
  }
});

const MOST_GIGAFLOPS = { fast: 15, medium: 60, slow: Infinity } as const;
const SLOWEST_FIRST: readonly SpeedClass[] = ['slow', 'medium', 'fast'];

test.each(knownModels)('$name has the speed class of its work', ({ speed }) => {
  expect(speed?.source).toMatch(/https:|arXiv:/);
  if (speed?.gigaflops === undefined) return;
  const classes = (['fast', 'medium', 'slow'] as const).filter(
    (each) => (speed.gigaflops ?? 0) <= MOST_GIGAFLOPS[each],
  );
  expect(speed.class).toBe(classes[0]);
});

test.each(Object.keys(modelSets) as ModelSetName[])(
  'the set %s can be brought, and is as slow as its slower model',
  (name) => {
    const { clip, clap, speed } = modelSets[name];
    const members = [clip, clap].map((each) => knownModels.find((known) => known.name === each));
    expect(members.map((member) => member?.task)).toEqual(['clip', 'clap']);
    for (const member of members) {
      expect(member?.repository).toBeDefined();
      expect(member?.licence).toMatch(/^(MIT|Apache-2\.0)$/);
    }
    const speeds = members.map((member) => member?.speed?.class);
    expect(speed).toBe(SLOWEST_FIRST.find((each) => speeds.includes(each)));
  },
);

test('the sets go up in published accuracy', () => {
  const percents = (['fast', 'balanced', 'best'] as const).map(
    (set) => knownModels.find(({ name }) => name === modelSets[set].clip)?.results?.[0]?.percent ?? 0,
  );
  expect(percents).toEqual(percents.toSorted((a, b) => a - b));
  expect(percents[0]).toBeGreaterThan(0);
});

test.each(knownModels.filter(({ conversion }) => conversion))(
  '$name is refused with the command that converts it',
  async ({ name, conversion }) => {
    const command = conversion && convertCommand(conversion);
    await expect(pullModel(name)).rejects.toMatchObject({
      code: 'ERR_MODEL_MISSING',
      message: expect.stringContaining(`"${command}"`),
    });
  },
);

test.each(knownModels.filter(({ elsewhere }) => elsewhere))(
  '$name is refused with where it is, and how it is used',
  async ({ name, elsewhere }) => {
    const promise = pullModel(name);
    await expect(promise).rejects.toThrow(elsewhere?.url);
    await expect(promise).rejects.toThrow(elsewhere?.use);
  },
);

test.each(knownModels.filter(({ activation }) => activation === 'sigmoid'))(
  '$name has a scale and a bias, or neither',
  ({ logitScale, logitBias }) => {
    expect(logitScale === undefined).toBe(logitBias === undefined);
  },
);
