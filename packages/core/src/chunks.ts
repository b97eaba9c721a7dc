/**
 * Whatever flows through a pipeline is one of these plain objects. `type` names the kind; a stage
 * takes the kinds it knows and passes the others on. A user's own kind needs no more than a `type`.
 */
export interface Chunk {
  readonly type: string;
}

/** What every chunk tells about its place in time. */
export interface Timed {
  /** The input it comes from: path, URL or a name the caller chose. */
  readonly source: string;
  /** Presentation time in seconds, on the input's own clock; never index / fps. */
  readonly timestamp: number;
  /** How long it is shown or heard, in seconds; 0 for an instant. */
  readonly durationSeconds: number;
}

/** What is judged by: `vision` are pictures, `audio` is sound. */
export type Modality = 'vision' | 'audio';

/** A decoded picture. `Tap` is the name of the decode plan's entry that asked for it. */
export interface VideoFrame<Tap extends string = string> extends Timed {
  readonly type: 'video-frame';
  readonly tap: Tap;
  /** Counts the frames of this tap, from 0. */
  readonly index: number;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** RGB24, uint8, `[height, width, 3]`, rows top to bottom without padding. */
  readonly data: Uint8Array;
  /** Set when it was cut out of a larger picture. */
  readonly region?: Region;
}

/**
 * Decoded sound in blocks of any length. A block begins where the one before it ended; where it does not, the input has
 * a gap, which is left as time.
 */
export interface AudioSamples<Tap extends string = string> extends Timed {
  readonly type: 'audio-samples';
  readonly tap: Tap;
  /** Hz. */
  readonly sampleRate: number;
  /** Mono float32, `[n]`, -1 to 1. */
  readonly data: Float32Array;
  /** Set on the last block of an input where that is known, as of a file: what a stage holds of it goes on at once. */
  readonly isLast?: boolean;
}

/** Sound cut to the length a model hears at once; less at the end of the input and before a gap. */
export interface AudioWindow<Tap extends string = string> extends Timed {
  readonly type: 'audio-window';
  /** Of the samples it was cut from. */
  readonly tap: Tap;
  /** Counts the windows of this tap and input, from 0. */
  readonly index: number;
  /** Hz. */
  readonly sampleRate: number;
  /**
   * Mono float32, `[n]`, -1 to 1; only what was heard: filling up a short one is the model's business. A last window of a moment
   * begins before its `timestamp`, or there would be nothing to hear.
   */
  readonly data: Float32Array;
}

/** Values that one ffmpeg filter printed for one moment, such as `{ momentaryLufs: -23.1 }`. */
export interface Measurement extends Timed {
  readonly type: 'measurement';
  /** The filter's name, such as `ebur128`. */
  readonly filter: string;
  /** Each name carries its unit. */
  readonly values: Readonly<Record<string, number>>;
}

/** A part of a picture. */
export interface Region {
  /** Left and top edge and size, in pixels of the frame it was found in; may have fractions. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Stays the same while a tracker follows the object. */
  readonly trackId?: number;
  /** What a detector took it for. */
  readonly label?: string;
}

/** A point in a model's space of meanings. */
export interface Embedding extends Timed {
  readonly type: 'embedding';
  readonly modality: Modality;
  /** Id of the model; only embeddings of the same model can be compared. */
  readonly model: string;
  /** float32, `[dimension]`, L2 norm 1. */
  readonly vector: Float32Array;
  /** Set when it stands for a part of the picture. */
  readonly region?: Region;
}

/** Labels that compete with each other: their probabilities sum to 1, unless the model uses a sigmoid. */
export interface LabelGroup {
  readonly name: string;
  readonly labels: readonly string[];
}

/** What to look or listen for. */
export interface LabelSet {
  /** Tells it from the other label sets of a model: results go by it. */
  readonly name: string;
  /**
   * How results are reported: of `labels` the best few of all, of `categories` the best of each group
   * (which is then called a unit).
   */
  readonly kind: 'labels' | 'categories';
  readonly groups: readonly LabelGroup[];
  /**
   * From which probability on each label is reported, 0 to 1, in label order: what a calibration found. Infinity: never.
   * @defaultValue the common confidence for all, and for each that is `undefined`
   */
  readonly thresholds?: readonly (number | undefined)[];
}

/**
 * How well each label fits. Numbers are in label order, group after group; all labels are present:
 * what is worth reporting is decided later. An object per label would cost 50 times the memory.
 */
export interface Scores extends Timed {
  readonly type: 'scores';
  readonly modality: Modality;
  /** Id of the model that was asked. */
  readonly model: string;
  readonly labelSet: LabelSet;
  /** Cosines, float32, `[labels]`, -1 to 1; absent where a classifier without texts gave the probabilities. */
  readonly similarities?: Float32Array;
  /** float32, `[labels]`, 0 to 1. */
  readonly probabilities: Float32Array;
  readonly region?: Region;
}

/** One object in a picture. */
export interface Detection {
  readonly label: string;
  /** 0 to 1. */
  readonly confidence: number;
  readonly region: Region;
  /** What a classifier made of the picture within the region, for each label set. */
  readonly scores?: readonly Scores[];
}

/** All objects found in one frame. */
export interface Detections extends Timed {
  readonly type: 'detections';
  /** Id of the model that found them. */
  readonly model: string;
  /** Size in pixels of the frame that the regions refer to. */
  readonly width: number;
  readonly height: number;
  readonly objects: readonly Detection[];
  /** The picture itself, if a later stage crops or draws. */
  readonly frame?: VideoFrame;
}

/** An object that a tracker followed, from when it came to when it left. */
export interface Track extends Timed {
  readonly type: 'track';
  /** Id of the model that found it. */
  readonly model: string;
  readonly trackId: number;
  readonly label: string;
  /** In how many frames it was seen. */
  readonly count: number;
  /** Mean and highest confidence, 0 to 1. */
  readonly confidence: number;
  readonly peak: number;
}

/** How often a detector found objects of one label in a whole input; emitted at its end. */
export interface ObjectCount {
  readonly type: 'object-count';
  readonly source: string;
  /** Id of the model that found them. */
  readonly model: string;
  readonly label: string;
  /** Objects in all frames together. */
  readonly detections: number;
  /** Frames with at least one. */
  readonly frames: number;
  /** Most in one frame. */
  readonly mostAtOnce: number;
  /** Different objects; only where a tracker told them apart. */
  readonly tracks?: number;
}

/** The pictures between two cuts. */
export interface Shot extends Timed {
  readonly type: 'shot';
  /** Counts the shots of the input, from 0. */
  readonly index: number;
  /** Its first frame, and the one after its last: frames of the input as they are shown, from 0. */
  readonly startFrame: number;
  readonly endFrame: number;
  /** How it begins: with the input, or by what set it off from the shot before. */
  readonly kind: 'start' | 'cut' | 'fade' | 'dissolve' | 'keyframe';
  /** How strongly its beginning showed, in the detector's own measure; 0 at the start of the input. */
  readonly score: number;
}

/** A time in which a label holds. */
export interface Segment extends Timed {
  readonly type: 'segment';
  readonly modality: Modality;
  readonly model: string;
  /** Name of the label set. */
  readonly labelSet: string;
  readonly group: string;
  readonly label: string;
  /** Mean and highest probability, 0 to 1. */
  readonly probability: number;
  readonly peak: number;
  /** Set when it holds for one object that a tracker follows. */
  readonly trackId?: number;
}

/** The mean probability of a label over a whole input; emitted at its end. */
export interface LabelAverage {
  readonly type: 'label-average';
  readonly source: string;
  readonly modality: Modality;
  readonly model: string;
  /** Name of the label set. */
  readonly labelSet: string;
  readonly group: string;
  readonly label: string;
  /** The mean, 0 to 1. */
  readonly probability: number;
  /** How many scores went into it. */
  readonly count: number;
}

/** All kinds that these packages define. */
export type MediaChunk =
  | VideoFrame
  | AudioSamples
  | AudioWindow
  | Measurement
  | Embedding
  | Scores
  | Detections
  | Track
  | ObjectCount
  | Shot
  | Segment
  | LabelAverage;

/** The chunk of a given kind; for a user's own kind, any chunk with that `type`. */
export type ChunkOf<Kind extends string> = Kind extends MediaChunk['type']
  ? Extract<MediaChunk, { readonly type: Kind }>
  : { readonly type: Kind };
