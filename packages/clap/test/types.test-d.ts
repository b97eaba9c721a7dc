import type { AudioWindow, Embedding, Stage } from '@deepffmpeg/core';
import type { TextModel } from '@deepffmpeg/models';
import { expectTypeOf, test } from 'vitest';
import { type AudioTower, type ClapModel, createAudioEmbedder, openClap, type Sound } from '../src/index.js';

test('the parts fit together', () => {
  expectTypeOf<ClapModel>().toExtend<AudioTower>();
  expectTypeOf<ClapModel>().toExtend<TextModel>();
  expectTypeOf<AudioWindow>().toExtend<Sound>();
  expectTypeOf(openClap).returns.resolves.toEqualTypeOf<ClapModel>();
  const model = {} as AudioTower; // only its type counts
  expectTypeOf(createAudioEmbedder({ model, tap: 'music' })).toEqualTypeOf<
    Stage<AudioWindow<'music'>, Embedding>
  >();
  // @ts-expect-error an unknown option
  void openClap('x', { threds: 1 });
  // @ts-expect-error a tower that it does not have
  void openClap('x', { towers: 'image' });
});
