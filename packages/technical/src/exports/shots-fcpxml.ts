import type { Shot } from '@deepffmpeg/core';
import type { Rational } from '@deepffmpeg/ffmpeg-filters';
import { editsOf } from './edits.js';
import type { FilmInfo } from './film-info.js';
import { onOneLine } from './on-one-line.js';

/**
 * Writes shots as a Final Cut Pro project: one clip each on the main storyline. Times are whole frames as fractions of a second. Version 1.9 is the first that
 * names media by `media-rep`, which DaVinci Resolve looks for, too.
 *
 * @see https://developer.apple.com/documentation/professional-video-applications/fcpxml-reference
 */
export function shotsToFcpxml(shots: readonly Shot[], film: FilmInfo): string {
  const time = (frames: number) => formatTime(frames, film.frameRate);
  const edits = editsOf(shots, film);
  const start = time(film.startFrame);
  const duration = time((edits.at(-1)?.endFrame ?? film.startFrame) - film.startFrame);
  const name = escapeXml(film.name);
  const source = escapeXml(film.mediaUrl ?? encodeURIComponent(onOneLine(film.name)));
  const codes = `tcFormat="${film.dropsFrames ? 'DF' : 'NDF'}"`;
  const clips = edits.map(({ number, startFrame, endFrame }) => {
    const from = time(startFrame);
    const place = `offset="${from}" start="${from}" duration="${time(endFrame - startFrame)}"`;
    return `            <asset-clip ref="r2" name="Shot ${number}" ${place} format="r1" ${codes}/>\n`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE fcpxml>
<fcpxml version="1.9">
  <resources>
    <format id="r1" frameDuration="${time(1)}" width="${film.width}" height="${film.height}"/>
    <asset id="r2" name="${name}" start="${start}" duration="${duration}" hasVideo="1" ${
      film.hasSound ? 'hasAudio="1" ' : ''
    }format="r1">
      <media-rep kind="original-media" src="${source}"/>
    </asset>
  </resources>
  <library>
    <event name="${name}">
      <project name="${name}">
        <sequence format="r1" duration="${duration}" tcStart="${start}" ${codes}>
          <spine>
${clips.join('')}          </spine>
        </sequence>
      </project>
    </event>
  </library>
</fcpxml>
`;
}

function formatTime(frames: number, { numerator, denominator }: Rational): string {
  const ticks = frames * denominator;
  return ticks % numerator === 0 ? `${ticks / numerator}s` : `${ticks}/${numerator}s`;
}

function escapeXml(text: string): string {
  return onOneLine(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
