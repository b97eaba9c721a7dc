import { MediaError } from '@deepffmpeg/core';
import { modelSets } from '@deepffmpeg/models';

/** The models of a set of `--models` that can be downloaded; undefined for any other name. */
export function setMembers(name: string): readonly string[] | undefined {
  const set = Object.entries(modelSets).find(([each]) => each === name)?.[1];
  return set && [set.clip, set.clap];
}

/** For what is asked of one model. @throws {MediaError} `ERR_INVALID_OPTIONS` for the name of a set */
export function refuseSet(name: string): void {
  const members = setMembers(name);
  if (members)
    throw new MediaError(
      'ERR_INVALID_OPTIONS',
      `${name} is a set of models, which --models takes: name ${members.join(' or ')}, of which it is made`,
    );
  if (name === 'tiny')
    throw new MediaError(
      'ERR_INVALID_OPTIONS',
      'the models called tiny come with the program and are not in the cache: --models, --clip-model, --clap-model and --detect-model take that name',
    );
}
