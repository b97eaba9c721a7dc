import { expect, test } from 'vitest';
import { combineAnalysis, type MediaAnalysis } from '../src/index.js';
import { sampleAnalysis } from './report/sample-input.js';

const [interval] = sampleAnalysis().timeline.windows;
const windowOf = (modality: 'vision' | 'audio', labelSet: string) => ({ ...interval!, modality, labelSet }); // the sample has one
const seen = windowOf('vision', 'colours');
const heard = windowOf('audio', 'sounds');
type Status = MediaAnalysis['parts'][number]['status'];

/** Of which no label was found to hold. */
const analysisOf = (vision: Status, audio: Status, windows: MediaAnalysis['timeline']['windows']) =>
  sampleAnalysis({
    averages: [],
    timeline: { shots: [], windows },
    parts: [
      { part: 'technical', status: 'done' },
      { part: 'vision', status: vision },
      { part: 'audio', status: audio },
      { part: 'objects', status: 'off' },
    ],
  });

test.each([
  [['nope'], analysisOf('done', 'done', [seen, heard]), /no "nope" .* there are "colours", "sounds"$/],
  [['colours', 'nope'], analysisOf('done', 'done', [seen, heard]), /no "nope"/],
  [['nope'], analysisOf('done', 'off', [seen]), /there are "colours"$/],
])('refuses %j, which no part has', async (labelSets, analysis, message) => {
  await expect(combineAnalysis(analysis, { labelSets })).rejects.toMatchObject({
    code: 'ERR_INVALID_OPTIONS',
    message: expect.stringMatching(message),
  });
});

test.each([
  ['found nothing', ['sounds'], analysisOf('done', 'done', [seen, heard])],
  ['its part has no scores', ['sounds'], analysisOf('done', 'done', [seen])],
  ['its part failed', ['sounds'], analysisOf('done', 'failed', [seen])],
  ['the stream is missing', ['sounds'], analysisOf('done', 'missing', [seen])],
  ['its part is off, and another is there', ['colours', 'sounds'], analysisOf('done', 'off', [seen])],
  ['no part tells of labels', ['sounds'], analysisOf('off', 'off', [])],
])('takes a set, though %s', async (_, labelSets, analysis) => {
  expect((await combineAnalysis(analysis, { labelSets })).classifications).toEqual([]);
});
