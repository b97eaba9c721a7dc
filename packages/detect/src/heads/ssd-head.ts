import { MediaError } from '@deepffmpeg/core';
import type { Candidate } from '../candidate.js';
import { outputData, soleOutput } from './checked-output.js';
import type { Head, HeadContext } from './head.js';

/**
 * Reads the `DetectionOutput` of SSD and its kin: `[1, 1, boxes, 7]`, each the picture's index in the batch (below 0: no more), class,
 * score and edges from 0 to 1. Overlapping boxes are gone already.
 *
 * The class counts as the network numbers it: where 0 is the background, the first label stands for that.
 *
 * @throws {MediaError} `ERR_MODEL_CONFIG` where the file declares other sizes; when decoding, if a class has no label.
 * @see Liu et al. 2016, arXiv:1512.02325
 */
export function ssdHead(context: HeadContext): Head {
  const { path, labels, confidence, width, height } = context;
  const output = soleOutput(context, [1, 1, undefined, 7], '[1, 1, boxes, 7]');

  return {
    fetches: [output.name],
    repeatsObjects: false,
    decode(results, pictures) {
      const { data, shape } = outputData(results, output, [1, 1, undefined, 7], path);
      const found = Array.from({ length: pictures }, (): Candidate[] => []);
      for (let box = 0; box < shape[2]!; box++) {
        const at = (i: number) => data[7 * box + i]!; // a row has 7
        const [picture, classIndex, score] = [at(0), at(1), at(2)];
        if (picture < 0) break;
        if (found[picture] === undefined) throw noSuchPicture(path, picture, pictures);
        if (score < confidence) continue;
        if (labels[classIndex] === undefined) throw tooFewLabels(path, labels, classIndex);
        found[picture].push({
          classIndex,
          score,
          left: at(3) * width,
          top: at(4) * height,
          right: at(5) * width,
          bottom: at(6) * height,
        });
      }
      return found;
    },
  };
}

function noSuchPicture(path: string, picture: number, pictures: number) {
  return new MediaError(
    'ERR_MODEL_OUTPUT',
    `${path} gave an object of picture ${picture}, but it was given ${pictures}`,
  );
}

function tooFewLabels(path: string, labels: readonly string[], classIndex: number) {
  return new MediaError(
    'ERR_MODEL_CONFIG',
    `${path} found class ${classIndex}, but there are ${labels.length} labels, for classes 0 to ${labels.length - 1}: ` +
      'give one for each class of the model, and one for the background if it is class 0',
  );
}
