import type { Shot } from '@deepffmpeg/core';
import { editsOf } from './edits.js';
import type { FilmInfo } from './film-info.js';
import { onOneLine } from './on-one-line.js';
import { formatTimecode, timecodeBase } from './timecode.js';

/**
 * Writes shots as an edit decision list, one event each: where it is in the film, and the same place in the cut. The format was made for 999 events;
 * more are numbered on, which readers of today take.
 *
 * @see CMX 3600 (SMPTE RP 173 before it) as described by https://xmil.biz/EDL-X/CMX3600.pdf
 */
export function shotsToEdl(shots: readonly Shot[], film: FilmInfo): string {
  const base = timecodeBase(film.frameRate, film.dropsFrames);
  const name = onOneLine(film.name);
  const events = editsOf(shots, film).map(({ startFrame, endFrame }, i) => {
    const place = `${formatTimecode(startFrame, base)} ${formatTimecode(endFrame, base)}`;
    return `${String(i + 1).padStart(3, '0')}  AX       V     C        ${place} ${place}\n* FROM CLIP NAME: ${name}\n`;
  });
  const title = [...name].slice(0, MAX_TITLE).join('');
  return `TITLE: ${title}\nFCM: ${film.dropsFrames ? 'DROP FRAME' : 'NON-DROP FRAME'}\n\n${events.join('')}`;
}

const MAX_TITLE = 70;
