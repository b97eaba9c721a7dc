import { expect, test } from 'vitest';
import { formatFilterGraph } from '../src/filter-graph.js';
import type { TimedAudioStream, TimedVideoStream } from '../src/media-info.js';
import { missingFilters } from '../src/require-filters.js';
import { filtersOfScoring, scoringFilters, scoringLooks } from '../src/scoring-looks.js';
import type { ScoringPlan } from '../src/scoring-plan.js';

// Only the fields that are read.
const video = {
  ...{ type: 'video', index: 3, width: 640, height: 360, rotationDegrees: 0 },
  timeBase: { numerator: 1, denominator: 90_000 },
} as TimedVideoStream;
const audio = {
  type: 'audio',
  index: 1,
  sampleRate: 44_100,
  channels: 2,
  channelLayout: 'stereo',
} as TimedAudioStream;
const labels = { labelSet: { name: 'l', kind: 'labels', groups: [] }, model: 'm' } as const;
const clip: ScoringPlan = {
  ...{ filter: 'clip', model: "it's, a model.onnx", texts: '/tmp/a:b', labels, threads: 2 },
  ...{ sample: { every: 5 }, size: { shortestEdge: 224, crop: { width: 224, height: 224 } }, batchSize: 4 },
};
const clap: ScoringPlan = {
  filter: 'clap',
  model: 'm.pt',
  texts: 't',
  labels,
  sampleRate: 48_000,
  runtime: 'torch',
  hopSeconds: 5,
};

function graphOf(plan: ScoringPlan): string {
  const [look] = scoringLooks([plan], video, audio);
  const filters = scoringFilters(look!, { major: 7, hasZscale: false }, 4); // both streams are there
  return formatFilterGraph([{ inputs: ['in'], filters, outputs: ['out'] }]);
}

test('frames get the pixels that decode gives, and tell their times before they are sampled', () => {
  expect(graphOf(clip)).toMatchInlineSnapshot(
    `"[in]metadata=mode=delete,metadata=mode=add:key=lavfi.seen:value=1,settb=expr=1/90000,metadata=mode=print:file=pipe\\\\:4:direct=1,select=expr=not(mod(n\\,5)),scale=w=398:h=224:flags=bicubic+accurate_rnd+full_chroma_int+full_chroma_inp:param0=0:param1=0.5,format=pix_fmts=rgb24,crop=w=224:h=224:x=87:y=0,clip=model=it\\\\\\'s\\,\\\\\\ a\\\\\\ model.onnx:texts=/tmp/a\\\\:b:threads=2:all=1:confidence=1:batch=4,metadata=mode=print:file=pipe\\\\:4:direct=1[out]"`,
  );
});

test('sound gets the samples that decode gives', () => {
  expect(graphOf(clap)).toMatchInlineSnapshot(
    `"[in]ametadata=mode=delete,aformat=sample_fmts=fltp:channel_layouts=stereo,pan=args=mono|c0=0.500000000000*c0+0.500000000000*c1,aresample=sample_rate=48000:resampler=swr:filter_size=64,aformat=sample_fmts=flt:channel_layouts=mono,clap=model=m.pt:texts=t:engine=torch:all=1:confidence=1:hop=5,asettb=expr=1/48000,ametadata=mode=print:file=pipe\\\\:4:direct=1[out]"`,
  );
});

test('a stream that is not there is left out', () => {
  expect(scoringLooks([clip, clap], undefined, audio)).toMatchObject([{ kind: 'audio' }]);
  expect(scoringLooks([clip, clap], video, undefined)).toMatchObject([{ kind: 'video' }]);
});

test('an ffmpeg without the filter is told from one without zscale', () => {
  const [look] = scoringLooks([clip], { ...video, colorTransfer: 'smpte2084' }, undefined);
  expect(filtersOfScoring(look!)).toEqual(expect.arrayContaining(['clip', 'zscale', 'tonemap'])); // one plan, one look
  expect(missingFilters('/usr/bin/ffmpeg', ['clip']).message).toContain('deepffmpeg native build');
  expect(missingFilters('/usr/bin/ffmpeg', ['zscale']).message).not.toContain('native');
});
