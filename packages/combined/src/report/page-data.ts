// What the page's script draws: the report writes it into the page as JSON. Times are seconds from the film's begin, as the player counts.

export interface PageData {
  readonly durationSeconds: number;
  /** Less than the duration where the film broke off: nothing is known from there. */
  readonly readSeconds: number;
  readonly shots: readonly PageShot[];
  readonly thumbnails: readonly PageThumbnail[];
  readonly groups: readonly LaneGroup[];
  readonly curves: readonly PageCurve[];
  readonly events: readonly PageEvent[];
}

export interface PageShot {
  readonly number: number;
  readonly start: number;
  readonly end: number;
  /** How it begins; empty where that was not stored. */
  readonly kind: string;
}

export interface PageThumbnail {
  /** Place in `shots`. */
  readonly shot: number;
  readonly width: number;
  readonly height: number;
  /** Base64. */
  readonly jpeg: string;
}

/** Lanes that share labels and their colours. */
export interface LaneGroup {
  readonly title: string;
  /** May be empty. */
  readonly detail: string;
  /** Where the labels come from, for who asks; may be empty. */
  readonly origin: string;
  /**
   * With their share, the largest first; the first few have a colour, the others are grey. Empty where lanes stand for themselves. Where one
   * leads, the share of the time that it does, on the finest lane; elsewhere the share of the time of all parts.
   */
  readonly labels: readonly { readonly label: string; readonly share: number }[];
  /** The coarsest first. */
  readonly lanes: readonly Lane[];
  /** Whether the labels answer one question, so that at any time the strongest of the finest lane is the answer. */
  readonly oneLeads: boolean;
}

export interface Lane {
  readonly title: string;
  /** What a reader who does not see the lane is told. */
  readonly summary: string;
  readonly rows: number;
  /** By start. */
  readonly items: readonly LaneItem[];
}

/** Start, end, place in the group's labels, how strongly it holds (0 to 1), row. */
export type LaneItem = readonly [start: number, end: number, label: number, strength: number, row: number];

export interface PageCurve {
  readonly title: string;
  readonly unit: string;
  readonly summary: string;
  readonly times: readonly number[];
  readonly values: readonly (number | null)[];
}

export interface PageEvent {
  readonly start: number;
  readonly end: number;
  readonly kind: string;
  readonly detail: string;
}
