import type { PartName } from '../media/media-analysis.js';
import { brokeOffAt } from './broke-off.js';
import { html, isolated, type Piece } from './html.js';
import { asksTinyModels } from './models-used.js';
import type { ReportInput } from './report-input.js';
import { clock } from './words.js';

const NAMES: Readonly<Record<PartName, string>> = {
  technical: 'Technical analysis',
  vision: 'Labels of pictures',
  audio: 'Labels of sound',
  objects: 'Objects',
};

/** What failed, is missing, damaged or broke off: said before all else. */
export function noticeSection(input: ReportInput): Piece {
  const notices = noticesOf(input);
  if (notices.length === 0) return undefined;
  return html`<section class="notices" aria-labelledby="notices-title"><h2 id="notices-title">Please note</h2><ul>${notices.map(
    ({ isFault, name, reason }) =>
      html`<li${isFault ? html` class="fault"` : undefined}><strong>${name}</strong> ${isolated(reason)}</li>`,
  )}</ul></section>`;
}

interface Notice {
  readonly isFault: boolean;
  readonly name: string;
  readonly reason: string;
}

function noticesOf(input: ReportInput): Notice[] {
  const { analysis } = input;
  if (analysis === undefined) return storedNoticesOf(input);
  const parts = analysis.parts.flatMap(({ part, status, reason }) => {
    const name = NAMES[part];
    if (status === 'failed') return [{ isFault: true, name: `${name} failed.`, reason: reason ?? '' }];
    if (status === 'missing')
      return [{ isFault: false, name: `${name}: nothing to look at.`, reason: reason ?? '' }];
    return reason === undefined ? [] : [{ isFault: true, name: `${name}: not all is here.`, reason }];
  });
  if (analysis.technical?.isLevelsOnly)
    parts.push({
      isFault: false,
      name: 'Looked at in haste.',
      reason: 'Faults of picture and sound, loudness and curves were not asked for.',
    });
  if (asksTinyModels(analysis))
    parts.push({
      isFault: false,
      name: 'Small models were asked.',
      reason:
        'They serve first looks: what they say of moods, genres and things in real recordings is little more than a guess.',
    });
  const { partialReason } = analysis;
  const end = brokeOffAt(input);
  const broken = {
    isFault: true,
    name: end === undefined ? 'The film is damaged.' : brokeOffName(end),
    reason: `All that could be read is here: ${partialReason}`,
  };
  return partialReason === undefined ? parts : [broken, ...parts];
}

/** Why a film broke off is not stored. */
function storedNoticesOf(input: ReportInput): Notice[] {
  const end = brokeOffAt(input);
  const stored = {
    isFault: false,
    name: 'Stored results only.',
    reason: 'Labels over time and curves need the film itself.',
  };
  if (end === undefined) return [stored];
  const reason = 'All that could be read is here.';
  return [{ isFault: true, name: brokeOffName(end), reason }, stored];
}

const brokeOffName = (end: number) => `The film broke off at ${clock(end)}.`;

/** How many analyses failed. */
export const faultCount = ({ analysis }: ReportInput): number =>
  (analysis?.parts ?? []).filter(({ status }) => status === 'failed').length;
