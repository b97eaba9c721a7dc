import type { Measurement } from '@deepffmpeg/core';
import { type EventLimits, EventTracker } from '../event-tracker.js';
import type { TechnicalEvent, TechnicalEventKind } from '../technical-event.js';
import { BarTracker } from './bar-tracker.js';
import { FieldTracker } from './field-tracker.js';
import { FreezeTracker } from './freeze-tracker.js';

type Values = Readonly<Record<string, number>>;

/** How one kind of event is told from the values of one filter. */
interface Rule {
  readonly kind: TechnicalEventKind;
  readonly filter: string;
  readonly limits: EventLimits;
  /** What it is told by, while it holds. */
  holds(values: Values): Values | undefined;
}

/** As blackdetect has it by default, but for the half second, which editors put between parts. */
const BLACK: EventLimits = { leastSeconds: 0.5, gapSeconds: 0 };
/** A word's or a gesture's length: what comes and goes faster is the picture's own. */
const LASTING: EventLimits = { leastSeconds: 1, gapSeconds: 0.6 };

// Measured on the shared clips and photographs and on what a blur of 8 pixels, mpeg2video at q 15 and noise of 20 levels made of them.
/** Edges: of the sharp 3 to 10, of the blurred 16 and more. */
const BLURRED_PIXELS = 14;
/** The 8-pixel grid against what lies between: 1 to 1.8; 2.7 to 5. */
const BLOCKY = 2.4;
/** The last bit but one: 0.2 to 0.98; 0.995 and more. */
const NOISY = 0.99;
/** Of the scale from 16 to 235: nine tenths of the picture below or above. */
const DARK_LEVEL = 60;
const BRIGHT_LEVEL = 220;
const BLACK_LEVEL = 18;

const RULES: readonly Rule[] = [
  {
    kind: 'black',
    filter: 'blackdetect',
    limits: BLACK,
    holds: ({ isBlack }) => (isBlack === 1 ? {} : undefined),
  },
  {
    kind: 'blurred',
    filter: 'blurdetect',
    limits: LASTING,
    holds: ({ edgeWidthPixels = 0 }) => (edgeWidthPixels > BLURRED_PIXELS ? { edgeWidthPixels } : undefined),
  },
  {
    kind: 'blocky',
    filter: 'blockiness',
    limits: LASTING,
    holds: ({ blockiness = 0 }) => (blockiness > BLOCKY ? { blockiness } : undefined),
  },
  {
    kind: 'noisy',
    filter: 'bitplanenoise',
    limits: LASTING,
    holds: ({ noiseShare = 0 }) => (noiseShare > NOISY ? { noiseShare } : undefined),
  },
  {
    kind: 'underexposed',
    filter: 'signalstats',
    limits: LASTING,
    // All black is not a picture that is too dark.
    holds: ({ lumaHighLevel = 255, lumaMeanLevel = 0 }) =>
      lumaHighLevel < DARK_LEVEL && lumaMeanLevel > BLACK_LEVEL ? { lumaMeanLevel } : undefined,
  },
  {
    kind: 'overexposed',
    filter: 'signalstats',
    limits: LASTING,
    holds: ({ lumaLowLevel = 0, lumaMeanLevel = 0 }) =>
      lumaLowLevel > BRIGHT_LEVEL ? { lumaMeanLevel } : undefined,
  },
];

/** Makes events of what was measured of the pictures of one input. */
export class PictureEvents {
  readonly #trackers = RULES.map((rule) => ({ rule, tracker: new EventTracker(rule.kind, rule.limits) }));
  readonly #freezes = new FreezeTracker();
  readonly #fields = new FieldTracker();
  readonly #bars = [
    new BarTracker('letterbox', 'topShare', 'bottomShare'),
    new BarTracker('pillarbox', 'leftShare', 'rightShare'),
  ];

  *add(measurement: Measurement): Generator<TechnicalEvent> {
    const { filter, values } = measurement;
    for (const { rule, tracker } of this.#trackers)
      if (rule.filter === filter) yield* tracker.add(measurement, rule.holds(values));
    yield* this.#freezes.add(measurement);
    if (filter === 'idet') yield* this.#fields.add(measurement);
    if (filter === 'cropdetect') for (const bars of this.#bars) yield* bars.add(measurement);
  }

  *finish(source: string): Generator<TechnicalEvent> {
    const trackers = this.#trackers.map((each) => each.tracker);
    for (const tracker of [...trackers, this.#fields, this.#freezes, ...this.#bars])
      yield* tracker.finish(source);
  }
}
