import { basename } from 'node:path';
import type { AverageRow, Modality } from '@deepffmpeg/core';
import { isAddress } from '@deepffmpeg/ffmpeg-filters';
import type { AnalysisDocument } from '@deepffmpeg/technical';
import { rankedRows } from '../insights/insight-facts.js';
import type { ClassificationSection, CombinedDocument, InsightSections } from './combined-document.js';

/** What a combined document is made of. */
export interface CombinedParts {
  /** The input as the user named it. */
  readonly inputFile: string;
  /** Undefined where the input tells none. */
  readonly sizeBytes: number | undefined;
  /** When the document is made. */
  readonly createdAt: Date;
  readonly technical: AnalysisDocument;
  /** What the insights were drawn from. */
  readonly classifications: readonly AverageRow[];
  readonly insights: InsightSections;
}

/** Puts together the original's document; reads nothing and concludes nothing. */
export function makeCombinedDocument(parts: CombinedParts): CombinedDocument {
  const { inputFile, sizeBytes, createdAt, technical, classifications, insights } = parts;
  return {
    file_info: {
      filename: fileName(inputFile),
      path: inputFile,
      size_mb: sizeBytes === undefined ? null : sizeBytes / (1024 * 1024),
      created_date: localTime(createdAt),
    },
    technical_analysis: technical,
    ai_classifications: {
      video: classificationSections(classifications, 'vision'),
      audio: classificationSections(classifications, 'audio'),
    },
    combined_insights: insights,
  };
}

/** The text of the file: two blanks a level, no line break at the end, as the original has it; further fields come last. */
export function formatCombinedDocument(
  document: CombinedDocument & { readonly details?: object | undefined },
): string {
  const { file_info, technical_analysis, ai_classifications, combined_insights, details } = document;
  return JSON.stringify(
    { file_info, technical_analysis, ai_classifications, combined_insights, details },
    null,
    2,
  );
}

function classificationSections(rows: readonly AverageRow[], modality: Modality): ClassificationSection[] {
  return rankedRows(rows, modality).map(({ label, probability, count }) => ({
    label,
    probability,
    count,
  }));
}

/** The last part of a path or address; the standard input has none. */
const fileName = (input: string) =>
  input === '-' ? 'stdin' : basename(isAddress(input) ? input.replace(/[?#].*$/s, '') : input);

/** `YYYY-MM-DD HH:MM:SS`, where it is made. */
function localTime(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(two).join('-');
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':')}`;
}
