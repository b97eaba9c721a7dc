import { audioFilters } from './audio-filters.js';
import type { Filter } from './filter-graph.js';
import type { TimedAudioStream, TimedVideoStream } from './media-info.js';
import { pictureFilters, placeFrame, type Scaler, toneMapFilters } from './picture-filters.js';
import { formatRational, type Rational } from './rational.js';
import { sampleFilters } from './sample-filters.js';
import type { PictureScoring, ScoringPlan, SoundScoring } from './scoring-plan.js';

/** A scoring and the stream that it sees or hears. */
export type ScoringLook = { readonly timeBase: Rational } & (
  | { readonly kind: 'video'; readonly plan: PictureScoring; readonly stream: TimedVideoStream }
  | { readonly kind: 'audio'; readonly plan: SoundScoring; readonly stream: TimedAudioStream }
);

/** Which kind of stream a scoring needs. */
export const kindOfScoring = ({ filter }: Pick<ScoringPlan, 'filter'>): 'video' | 'audio' =>
  filter === 'clip' ? 'video' : 'audio';

/** Gives each scoring its stream. A stream that the input lacks is left out. */
export function scoringLooks(
  plans: readonly ScoringPlan[],
  video: TimedVideoStream | undefined,
  audio: TimedAudioStream | undefined,
): ScoringLook[] {
  return plans.flatMap((plan): ScoringLook[] => {
    if (plan.filter === 'clip')
      return video ? [{ kind: 'video', plan, stream: video, timeBase: video.timeBase }] : [];
    if (audio === undefined) return [];
    return [{ kind: 'audio', plan, stream: audio, timeBase: { numerator: 1, denominator: plan.sampleRate } }];
  });
}

/** The filters that a scoring needs of ffmpeg, besides those of every build. */
export function filtersOfScoring(look: ScoringLook): string[] {
  const tones = look.kind === 'video' ? toneMapFilters(look.stream).map(({ name }) => name) : [];
  return [look.plan.filter, ...tones];
}

/** All that a scoring does with its stream, which prints on `pipe`. */
export function scoringFilters(look: ScoringLook, scaler: Scaler, pipe: number): readonly Filter[] {
  const isVideo = look.kind === 'video';
  const name = isVideo ? 'metadata' : 'ametadata';
  const settb = { name: isVideo ? 'settb' : 'asettb', options: { expr: formatRational(look.timeBase) } };
  const print: Filter = { name, options: { mode: 'print', file: `pipe:${pipe}`, direct: true } };
  // What decoders hang on frames is text of the input's: it could pass for lines of ours.
  const bare: Filter = { name, options: { mode: 'delete' } };
  const filters = isVideo
    ? // Every frame tells its time, also those that are not scored: how far the input goes is known by the last one.
      [
        bare,
        { name, options: { mode: 'add', key: 'lavfi.seen', value: '1' } },
        settb,
        print,
        ...pictureScoring(look, scaler),
      ]
    : [bare, ...soundScoring(look), settb];
  return [...filters, print];
}

function pictureScoring({ plan, stream }: Extract<ScoringLook, { kind: 'video' }>, scaler: Scaler): Filter[] {
  const { sample, size, batchSize } = plan;
  return [
    ...sampleFilters(sample),
    ...toneMapFilters(stream),
    // The same pixels as `decode` gives: the filter then has nothing to scale.
    ...pictureFilters(placeFrame(stream, { size }), scaler, size.kernel),
    { name: 'clip', options: { ...optionsOf(plan), batch: batchSize } },
  ];
}

function soundScoring({ plan, stream }: Extract<ScoringLook, { kind: 'audio' }>): Filter[] {
  const { sampleRate, windowSeconds, hopSeconds } = plan;
  return [
    ...audioFilters(stream, sampleRate),
    { name: 'clap', options: { ...optionsOf(plan), window: windowSeconds, hop: hopSeconds } },
  ];
}

/** What is worth reporting is decided later: the filter gives all. */
function optionsOf({ model, texts, runtime, device, threads }: ScoringPlan): NonNullable<Filter['options']> {
  return { model, texts, engine: runtime, device, threads, all: true, confidence: 1 };
}
