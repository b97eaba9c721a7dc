import { Buffer } from 'node:buffer';
import { type MediaAnalysis, type ReportInput, reportIndexFilm } from '@deepffmpeg/combined';

/** A picture of the film, for the page of a folder. */
export interface Poster {
  readonly width: number;
  readonly height: number;
  /** Base64. */
  readonly jpeg: string;
}

/** What the original does not have; the last field of the document. */
export function combineDetails(report: ReportInput, analysis: MediaAnalysis) {
  const { parts, segments, objects, tracks, timeline, soundShares, partialReason } = analysis;
  const { thumbnail } = reportIndexFilm('', report);
  return {
    parts,
    ...(partialReason !== undefined && { partialReason }),
    evidence: report.evidence,
    soundShares: soundShares ?? null,
    segments,
    timeline,
    objects,
    tracks,
    poster: thumbnail
      ? ({ ...thumbnail, jpeg: Buffer.from(thumbnail.jpeg).toString('base64') } satisfies Poster)
      : null,
  };
}
