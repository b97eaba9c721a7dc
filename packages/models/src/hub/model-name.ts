import { describeValue, MediaError } from '@deepffmpeg/core';
import { knownModels } from '../known-models.js';
import type { KnownModel } from '../registry/known-model.js';

/** What a model's name stands for on the hub. */
export interface ModelName {
  /** `organisation/name`. */
  readonly repository: string;
  /** A branch, a tag or a commit. */
  readonly revision: string;
  readonly known?: KnownModel;
}

/** `organisation/name`, as the hub allows it: no path can be built from it that leaves the cache. */
const repositoryPattern = /^[A-Za-z0-9][\w.-]{0,95}\/[A-Za-z0-9_][\w.-]{0,95}$/;

/** Branches and tags may have slashes, as `refs/pr/1`; no part begins with a dot, so none leads out of a folder. */
const revisionPattern = /^\w[\w.-]{0,95}(\/\w[\w.-]{0,95}){0,5}$/;

/**
 * Reads the name of a model on the hub: `organisation/name` or a short name from the registry, either with `@revision`.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS` for what is no string; `ERR_MODEL_MISSING` when it is no name, or stands for a model that the hub does not have.
 */
export function parseModelName(name: string, registry: readonly KnownModel[] = knownModels): ModelName {
  checkName(name);
  const [base = '', revision = 'main', ...more] = name.split('@');
  const known = registry.find((each) => base === each.name || base === each.repository);
  if (known && known.repository === undefined) throw notOnHub(known);
  const repository = known?.repository ?? base;
  if (!isRepositoryName(repository) || more.length > 0) throw noSuchModel(name, registry);
  if (!revisionPattern.test(revision)) {
    throw new MediaError(
      'ERR_MODEL_MISSING',
      `"${revision}" in ${name} cannot be a revision: a branch, a tag or a commit was expected, such as ${base}@main`,
    );
  }
  return { repository, revision, known };
}

/** A variable of the environment is easily not there. @throws {MediaError} `ERR_INVALID_OPTIONS` */
export function checkName(name: unknown): void {
  if (typeof name === 'string') return;
  throw new MediaError(
    'ERR_INVALID_OPTIONS',
    `model: expected a name or a folder, got ${describeValue(name)}`,
  );
}

export function isRepositoryName(name: string): boolean {
  return repositoryPattern.test(name) && !name.includes('..') && !name.includes('--');
}

/** What nobody would write but for a folder: it begins with a dot, a slash or a drive, or goes down more than once. */
const pathPattern = /^[.~/\\]|^[A-Za-z]:|\\|\/.*\//;

function noSuchModel(name: string, registry: readonly KnownModel[]): MediaError {
  if (name === 'tiny')
    return new MediaError(
      'ERR_MODEL_MISSING',
      'there is no model tiny: the included ones are the folders tinyClipFolder, tinyClapFolder and tinyDetectorFolder of @deepffmpeg/tiny-models',
    );
  if (pathPattern.test(name)) return new MediaError('ERR_MODEL_MISSING', `there is no folder ${name}`);
  return new MediaError(
    'ERR_MODEL_MISSING',
    `there is no model ${name}: it is neither a folder that exists, nor a name on the hub ` +
      `(organisation/name), nor one of ${registry.map((each) => each.name).join(', ')}`,
  );
}

/** The error for a model that the hub does not have as we need it, with the way to it. */
function notOnHub({ name, conversion, elsewhere }: KnownModel): MediaError {
  const fail = (problem: string) => new MediaError('ERR_MODEL_MISSING', `${name} ${problem}`);
  if (conversion)
    return fail(
      `is not published as ONNX files in the hub’s layout: "${convertCommand(conversion)}" makes a folder of ${conversion.source}, which is then named in its place`,
    );
  if (!elsewhere) return fail('is not on the hub');
  const { url, use, conversion: step } = elsewhere;
  return fail(`is not on the hub: download ${url}, ${step ? `${step}, ` : ''}then give ${use}`);
}

/** What makes a folder that can be used of a model's published weights. */
export function convertCommand({ kind, source }: NonNullable<KnownModel['conversion']>): string {
  return `deepffmpeg models convert ${kind} ${source}`;
}
