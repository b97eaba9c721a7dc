import type { VideoStreamInfo } from '@deepffmpeg/ffmpeg-filters';
import { expect, test } from 'vitest';
import { combineAnalysis, drawInsights, type MediaAnalysis, parseAnalysisDocument } from '../src/index.js';
import { sampleAnalysis } from './report/sample-input.js';

const [interval] = sampleAnalysis().timeline.windows;
const windowOf = (modality: 'vision' | 'audio', labelSet: string) => ({ ...interval!, modality, labelSet }); // the sample has one
const seen = windowOf('vision', 'colours');
const heard = windowOf('audio', 'sounds');
const picture: VideoStreamInfo = {
  ...{ type: 'video', index: 0, codec: 'h264', profile: undefined, tags: {}, isDefault: true },
  ...{ startSeconds: 0, durationSeconds: undefined, bitRate: undefined, language: undefined },
  ...{ timeBase: { numerator: 1, denominator: 1000 }, frameCount: undefined, fieldOrder: undefined },
  ...{
    width: 64,
    height: 64,
    sampleAspectRatio: undefined,
    displayAspectRatio: undefined,
    rotationDegrees: 0,
  },
  ...{ averageFrameRate: undefined, baseFrameRate: undefined, pixelFormat: undefined, bitDepth: undefined },
  ...{ colorRange: undefined, colorSpace: undefined, colorTransfer: undefined, colorPrimaries: undefined },
  ...{ hdr: undefined, isAttachedPicture: false },
};
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
])('refuses %j, which no part has', async (labelSetNames, analysis, message) => {
  await expect(combineAnalysis(analysis, { labelSetNames })).rejects.toMatchObject({
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
])('takes a set, though %s', async (_, labelSetNames, analysis) => {
  expect((await combineAnalysis(analysis, { labelSetNames })).classifications).toEqual([]);
});

test('a cover picture is no film, whatever its codec', async () => {
  const analysis = sampleAnalysis();
  const resultOf = async (isAttachedPicture: boolean) => {
    const info = { ...analysis.info, streams: [{ ...picture, isAttachedPicture }] };
    const technical = { ...analysis.technical!, metadata: { info, packets: undefined } }; // the sample has one
    const { document } = await combineAnalysis({ ...analysis, info, technical });
    return document.combined_insights.storytelling_metrics;
  };
  expect(await resultOf(true)).toMatchObject({ pacing: null, narrative_structure: null });
  expect(await resultOf(false)).toMatchObject({ pacing: 'Fast', narrative_structure: 'Episodic' });
});

test('what is stored of a film that broke off gives the same conclusions', async () => {
  const analysis = sampleAnalysis();
  const whole = analysis.technical!; // the sample has one
  const info = { ...analysis.info, durationSeconds: 300, streams: [picture] };
  const { shots, sound } = whole;
  const { technical, classifications, document } = await combineAnalysis({
    ...analysis,
    info,
    segments: [],
    technical: { ...whole, metadata: { info, packets: undefined } },
  });
  const file = JSON.stringify({ ...technical, details: { media: info, shots, sound } });
  const { document: stored, ...more } = parseAnalysisDocument(file, 'a');
  const { sections } = drawInsights({ technical: stored, classifications, ...more });
  expect(sections.content_type.format_info.duration).toBeCloseTo(30, 0);
  expect(sections).toEqual(document.combined_insights);
});
