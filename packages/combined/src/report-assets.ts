import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** What a page is made of besides its content. */
export interface ReportAssets {
  readonly styles: readonly Inline[];
  readonly scripts: readonly Inline[];
}

/** Text that stands in the page as it is. */
export interface Inline {
  readonly text: string;
  /** As a Content-Security-Policy names it. */
  readonly hash: string;
}

/** In the order in which they run; they share one scope. */
const SCRIPTS = [
  'report-state.js',
  'report-timeline.js',
  'report-lanes.js',
  'report-shots.js',
  'report-curves.js',
  'report-lists.js',
  'report.js',
];

/** Reads the page's own style and script, and the charts' library with its licence. */
export async function readReportAssets(): Promise<ReportAssets> {
  const charts = createRequire(import.meta.url);
  const library = (file: string) => readText(charts.resolve(`uplot/${file}`));
  const licence = `/*!\nuPlot\n${await library('LICENSE')}*/\n`;
  return {
    styles: [inline(licence + (await library('dist/uPlot.min.css'))), inline(await ownText('report.css'))],
    scripts: [
      inline(licence + (await library('dist/uPlot.iife.min.js'))),
      ...(await Promise.all(SCRIPTS.map(ownText))).map(inline),
    ],
  };
}

/** The style alone, for pages without a script. */
export async function readReportStyle(): Promise<Inline> {
  return inline(await ownText('report.css'));
}

// `src/` and `dist/` both lie one level below the package, so one address serves sources and build.
const ownText = (name: string) => readText(fileURLToPath(new URL(`../assets/${name}`, import.meta.url)));

/** Browsers read line ends as LF, and the hash is of what they read. */
const readText = async (path: string) => (await readFile(path, 'utf8')).replaceAll('\r\n', '\n');

function inline(text: string): Inline {
  return { text, hash: `'sha256-${createHash('sha256').update(text).digest('base64')}'` };
}
