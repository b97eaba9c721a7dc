import type { AverageRow } from '@deepffmpeg/core';
import type { QualitySection, RatingSection } from '../document/combined-document.js';
import { fixedText } from '../document/fixed-text.js';
import type { Insight, Reason } from './evidence.js';
import { labelReason } from './evidence-times.js';
import { hasPictures, heardStream, type InsightFacts, rankedRows } from './insight-facts.js';
import type { AudioQualityRules, InsightRules, RatedLabel, VideoQualityRules } from './insight-rules.js';

/** How well it is made, as labels tell; without such labels, as bitrate and levels do. */
export function judgeQuality(facts: InsightFacts, rules: InsightRules): Insight<QualitySection> {
  const video = rateVideo(facts, rules.videoQuality);
  const audio = rateAudio(facts, rules.audioQuality);
  return {
    section: {
      video_quality: video.rated,
      audio_quality: audio.rated,
      technical_quality: { bitrate: facts.technical.metadata.bitrate, codec_info: codecInfo(facts) },
    },
    evidence: [
      { conclusion: 'video-quality', value: video.rated.rating, reasons: video.reasons },
      { conclusion: 'audio-quality', value: audio.rated.rating, reasons: audio.reasons },
    ],
  };
}

interface Judgement {
  readonly rated: RatingSection;
  readonly reasons: readonly Reason[];
}

const NO_JUDGEMENT: Judgement = { rated: { rating: null, factors: [] }, reasons: [] };

function rateVideo(facts: InsightFacts, { labels, byBitrate }: VideoQualityRules): Judgement {
  const rows = rankedRows(facts.classifications, 'vision');
  const { bitrate } = facts.technical.metadata;
  const isSeen = hasPictures(facts) || rows.length > 0; // a sound's bitrate says nothing of pictures
  return (
    rateByLabel(rows, labels, facts) ??
    (isSeen && bitrate !== null ? rateByBitrate(bitrate / 1_000_000, byBitrate) : NO_JUDGEMENT)
  );
}

function rateByBitrate(mbps: number, { steps, otherwise }: VideoQualityRules['byBitrate']): Judgement {
  const { rating, factors } = steps.find(({ aboveMbps }) => mbps > aboveMbps) ?? otherwise;
  const rate = fixedText(mbps, 1);
  const bounds = steps.map((step) => `${step.rating} above ${step.aboveMbps}`).join(', ');
  return {
    rated: { rating, factors: factors.map((factor) => factor.replaceAll('{mbps}', rate)) },
    reasons: [{ text: `no label tells; ${rate} Mbps in all: ${bounds}`, times: [] }],
  };
}

function rateAudio(facts: InsightFacts, rules: AudioQualityRules): Judgement {
  const rows = rankedRows(facts.classifications, 'audio');
  const { rated, reasons } =
    rateByLabel(rows, rules.labels, facts) ?? rateByLevels(facts, rules.byLevels) ?? NO_JUDGEMENT;
  const { leastHz, factor } = rules.bySampleRate;
  const stream = heardStream(facts);
  if (stream === undefined || Number(stream.sample_rate ?? 0) < leastHz) return { rated, reasons };
  return {
    rated: { ...rated, factors: [...rated.factors, factor] },
    reasons: [...reasons, { text: `sampled at ${stream.sample_rate} Hz, at least ${leastHz}`, times: [] }],
  };
}

function rateByLevels(
  { technical }: InsightFacts,
  { steps, otherwise }: AudioQualityRules['byLevels'],
): Judgement | undefined {
  const { mean_volume: mean, max_volume: max } = technical.audio_analysis;
  if (mean === null || max === null) return undefined;
  const { rating, factors } =
    steps.find(({ meanAboveDb, maxAboveDb }) => mean > meanAboveDb && max > maxAboveDb) ?? otherwise;
  const bounds = steps.map((step) => `${step.rating} above ${step.meanAboveDb} and ${step.maxAboveDb}`);
  return {
    rated: { rating, factors },
    reasons: [
      { text: `no label tells; mean ${mean} dB, loudest ${max} dB: ${bounds.join(', ')}`, times: [] },
    ],
  };
}

/** By the most probable label, of equals by the more frequent. */
function rateByLabel(
  rows: readonly AverageRow[],
  labels: readonly RatedLabel[],
  facts: InsightFacts,
): Judgement | undefined {
  const rated = rows.flatMap((row) => {
    const rule = labels.find(({ label }) => label === row.label);
    return rule ? [{ row, rule }] : [];
  });
  const [best, ...others] = rated.toSorted((first, second) => second.row.probability - first.row.probability);
  if (best === undefined) return undefined;
  const { rating, factors } = best.rule;
  return {
    rated: { rating, factors },
    reasons: [
      labelReason(best.row, facts),
      ...others.map(({ row }) => labelReason(row, facts, 'less probable')),
    ],
  };
}

function codecInfo(facts: InsightFacts): QualitySection['technical_quality']['codec_info'] {
  const [video] = facts.technical.metadata.video_streams;
  const audio = heardStream(facts);
  return {
    ...(video && {
      video: {
        codec: video.codec,
        profile: video.profile,
        bit_depth: video.bit_depth,
        color_space: video.color_space,
      },
    }),
    ...(audio && {
      audio: {
        codec: audio.codec,
        sample_rate: audio.sample_rate,
        channels: audio.channels,
        channel_layout: audio.channel_layout,
      },
    }),
  };
}
