import {
  createStage,
  type Detection,
  type Detections,
  type LabelSet,
  labelSetOf,
  makeLabels,
  type Scores,
  type Stage,
  type StageOptions,
} from '@deepffmpeg/core';

/**
 * Tells what the detector itself took each object for, as scores: one for each object, whose label set `objects` has the object's label
 * alone, with the detector's confidence as its probability; without similarities. So the averager counts objects, and the segmenter finds
 * the times in which a kind of object, or each track, is there. Holds nothing.
 */
export function createDetectionScorer(options: StageOptions = {}): Stage<Detections, Scores> {
  const labelSets = new Map<string, LabelSet>();
  const labelSetFor = (label: string) => {
    const known = labelSets.get(label) ?? labelSetOf(makeLabels([label], 'objects'));
    labelSets.set(label, known);
    return known;
  };

  return createStage(
    {
      accepts: ['detections'],
      transform: ({ objects, ...detections }: Detections) =>
        objects.map((object) => scoresOf(detections, object, labelSetFor(object.label))),
    },
    options,
  );
}

function scoresOf(
  { source, timestamp, durationSeconds, model }: Omit<Detections, 'objects'>,
  { label, confidence, region }: Detection,
  labelSet: LabelSet,
): Scores {
  return {
    type: 'scores',
    source,
    timestamp,
    durationSeconds,
    modality: 'vision',
    model,
    labelSet,
    probabilities: Float32Array.of(confidence),
    region: { ...region, label },
  };
}
