import { openClap, soundSharePrompts } from '@deepffmpeg/clap';
import { openClip } from '@deepffmpeg/clip';
import {
  analyseMedia,
  combineAnalysis,
  readLabelPack,
  relativeHref,
  writeReport,
} from '@deepffmpeg/combined';
import { encodeLabels } from '@deepffmpeg/models';
import { tinyClapFolder, tinyClipFolder } from '@deepffmpeg/tiny-models';

// npx tsx analyse-film.ts VIDEO PAGE.html
const [film = 'film.mp4', page = 'film.html'] = process.argv.slice(2);
const eye = await openClip(tinyClipFolder);
const ear = await openClap(tinyClapFolder);
try {
  const looks = await encodeLabels(eye, await readLabelPack('video'));
  const sounds = await encodeLabels(ear, await readLabelPack('audio'));
  const shares = await encodeLabels(ear, soundSharePrompts);
  const analysis = await analyseMedia(film, {
    vision: { model: eye, labelSets: [looks] },
    audio: { model: ear, labelSets: [sounds, shares] },
  });
  // The conclusions go by these two alone.
  const labelSetNames = [looks.labelSet.name, sounds.labelSet.name];
  const { document, evidence } = await combineAnalysis(analysis, { labelSetNames });
  for (const { conclusion, value, reasons } of evidence)
    console.log(`${conclusion}: ${value}, ${reasons.map(({ text }) => text).join('; ')}`);
  const media = { kind: 'link', href: relativeHref(page, film), isVideo: true } as const;
  await writeReport(page, { document, evidence, analysis, media });
} finally {
  await Promise.all([eye.close(), ear.close()]);
}
