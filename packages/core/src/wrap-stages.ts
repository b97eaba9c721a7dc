import { Transform } from 'node:stream';
import type { Chunk } from './chunks.js';
import { joinStreams } from './join-streams.js';
import type { AnyStage, Stage } from './stage.js';

/** How several stages act as one. */
export interface Wiring {
  /** All stages inside. */
  readonly members: readonly AnyStage[];
  /** Those that are fed, and those whose output comes out. */
  readonly entries: readonly AnyStage[];
  readonly exits: readonly AnyStage[];
  /** The entries that get this chunk; if none, it passes. */
  route(chunk: Chunk): readonly AnyStage[];
  /** Called when a member has failed and all have closed. The stream fails with what it throws, or goes on. @defaultValue throws the error */
  onFailure?(error: Error): void;
}

/** Puts one Transform around several stages: the fullest entry holds back the writer, a slow reader all exits. */
export function wrapStages<In extends Chunk, Out extends Chunk>({
  members,
  entries,
  exits,
  route,
  onFailure,
}: Wiring): Stage<In, Out> {
  const joined = joinStreams(members);
  let goOn = () => {};

  const fail = async (error: Error) => {
    if (!onFailure) throw error;
    await joined.destroy();
    if (stream.destroyed) return; // what closes with the rest has not failed
    onFailure(error);
    goOn();
  };
  const ended = joined.ended.then(() => {}, fail);

  const stream = new Transform({
    objectMode: true,
    highWaterMark: 1, // the members have their own buffers
    transform(chunk, _encoding, done) {
      let targets: readonly AnyStage[];
      try {
        targets = route(chunk);
      } catch (error) {
        return done(error as Error); // as in createStage
      }
      if (targets.length === 0) return done(null, chunk);
      const full = targets.filter((target) => !target.write(chunk));
      let waiting = full.length;
      if (waiting === 0) return done();
      goOn = () => {
        if (waiting > 0) done();
        waiting = 0;
      };
      for (const target of full) target.once('drain', () => waiting > 0 && --waiting === 0 && done());
    },
    flush(done) {
      for (const entry of entries) entry.end();
      ended.then(() => done(), done);
    },
    read(size) {
      for (const exit of exits) exit.resume();
      Transform.prototype._read.call(stream, size);
    },
    destroy(error, done) {
      void joined.destroy(error).then(() => done(error)); // never rejects: it waits for all to settle
    },
  });

  for (const exit of exits) {
    exit.on('data', (output) => {
      if (!stream.push(output)) for (const each of exits) each.pause();
    });
  }
  ended.catch((error) => stream.destroy(error));
  stream.on('error', () => {}); // as in createStage

  return Object.assign(stream, { takes: (chunk: Chunk) => members.some((member) => member.takes(chunk)) });
}
