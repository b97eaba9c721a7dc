import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';

const folder = fileURLToPath(new URL('../../assets/', import.meta.url));
const charts = fileURLToPath(new URL('../../../../node_modules/uplot/dist/uPlot.d.ts', import.meta.url));
const scripts = readdirSync(folder).filter((name) => name.endsWith('.js'));

/** What TypeScript says of the page's scripts, which share one scope as they do in the page. */
function check(extra?: string): string[] {
  const options: ts.CompilerOptions = {
    allowJs: true,
    checkJs: true,
    noEmit: true,
    strict: true,
    noUncheckedIndexedAccess: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2023,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    module: ts.ModuleKind.Preserve,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  host.getSourceFile = (name, ...rest) =>
    name.endsWith('extra.js') && extra !== undefined
      ? ts.createSourceFile(name, extra, ts.ScriptTarget.ES2023)
      : getSourceFile(name, ...rest);
  const files = [
    charts,
    ...scripts.map((name) => folder + name),
    ...(extra === undefined ? [] : [`${folder}extra.js`]),
  ];
  return ts
    .getPreEmitDiagnostics(ts.createProgram(files, options, host))
    .map(
      ({ messageText, file }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
    );
}

test('the scripts of the page fit the data of the report, the browser and the charts', () => {
  expect(scripts).toHaveLength(7);
  expect(check()).toEqual([]);
}, 60_000);

test('the check sees what does not fit', () => {
  const found = check(`data.shots[0].number;\nnew uPlot(1);\nbyId(2);\ndata.nothing;`);
  expect(found.map((text) => text.split(': ')[1])).toEqual([
    "Object is possibly 'undefined'.",
    "Argument of type 'number' is not assignable to parameter of type 'Options'.",
    "Argument of type 'number' is not assignable to parameter of type 'string'.",
    "Property 'nothing' does not exist on type 'PageData'.",
  ]);
}, 60_000);
