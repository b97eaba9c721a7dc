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
 * Tells what the detector itself took each object for, as scores: so the averager counts objects, and the segmenter finds the times in
 * which objects of a label, or each track, are there.
 *
 * In: detections. Out: for each, the `Scores` of its objects: the label set `objects` has the object's label alone, with the detector's
 * confidence as its probability, without similarities; then the detections. Holds nothing.
 */
export function createDetectionScorer(options: StageOptions = {}): Stage<Detections, Scores | Detections> {
  const labelSets = new Map<string, LabelSet>();
  const labelSetFor = (label: string) => {
    const known = labelSets.get(label) ?? labelSetOf(makeLabels([label], 'objects'));
    labelSets.set(label, known);
    return known;
  };

  return createStage(
    {
      accepts: ['detections'],
      transform: (detections: Detections) => [
        ...detections.objects.map((object) => scoresOf(detections, object, labelSetFor(object.label))),
        detections,
      ],
    },
    options,
  );
}

function scoresOf(
  { source, timestamp, durationSeconds, model }: Detections,
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
