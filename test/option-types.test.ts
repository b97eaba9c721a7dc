import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../', import.meta.url));
const indexes = readdirSync(`${root}packages`)
  .filter((name) => name !== 'cli' && name !== 'tiny-models') // a command and files: nobody calls them
  .map((name) => `${root}packages/${name}/src/index.ts`);

/** What options are called, here and within each other. */
const OPTIONS = /(Options|Style|Parts?|Plan|Choice|Settings|Scoring)$/;

const ANYTHING = ts.TypeFlags.Any | ts.TypeFlags.Unknown;
const BOOLEAN = ts.TypeFlags.Boolean | ts.TypeFlags.BooleanLiteral;

/** All that is asked of callers, as those see it who have `exactOptionalPropertyTypes` on. */
class OptionTypes {
  readonly #checker: ts.TypeChecker;
  readonly #seen = new Set<ts.Type>();
  readonly refused: string[] = [];
  readonly booleans = new Set<string>();
  count = 0;

  constructor(checker: ts.TypeChecker) {
    this.#checker = checker;
  }

  /** Looks at whatever a function takes. */
  lookAtFunction(symbol: ts.Symbol, place: ts.Node): void {
    const type = this.#checker.getTypeOfSymbolAtLocation(symbol, place);
    for (const { parameters } of type.getCallSignatures())
      for (const parameter of parameters)
        this.look(this.#checker.getTypeOfSymbolAtLocation(parameter, place), symbol.name);
  }

  look(type: ts.Type, where: string): void {
    if (this.#seen.has(type)) return;
    this.#seen.add(type);
    if (type.isUnion()) for (const each of type.types) this.look(each, where);
    for (const element of this.#checker.getTypeArguments(type as ts.TypeReference)) this.look(element, where); // of lists
    const name = (type.aliasSymbol ?? type.getSymbol())?.name ?? '__type';
    if (!(OPTIONS.test(name) || name === '__type') || type.getCallSignatures().length > 0) return;
    for (const property of this.#checker.getPropertiesOfType(type)) this.#lookAtProperty(property, where);
  }

  #lookAtProperty(property: ts.Symbol, where: string): void {
    const declaration = property.declarations?.[0];
    if (!declaration?.getSourceFile().fileName.startsWith(`${root}packages/`)) return;
    const type = this.#checker.getTypeOfSymbol(property);
    if (property.flags & ts.SymbolFlags.Optional) {
      this.count += 1;
      const all = type.isUnion() ? type.types : [type];
      // What may be left out has an undefined of the compiler's own, which stands for that alone.
      if (!all.some((each) => each === this.#checker.getUndefinedType() || each.flags & ANYTHING))
        this.refused.push(`${where}: ${property.name}`);
    }
    if (this.#checker.getNonNullableType(type).flags & BOOLEAN) this.booleans.add(property.name);
    this.look(this.#checker.getNonNullableType(type), `${where}: ${property.name}`);
  }
}

/** Those of all packages. */
function optionTypes(): OptionTypes {
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, root);
  const program = ts.createProgram(indexes, { ...options, exactOptionalPropertyTypes: true });
  const checker = program.getTypeChecker();
  const types = new OptionTypes(checker);
  for (const path of indexes) {
    const source = program.getSourceFile(path)!; // it is one of the program's
    for (const exported of checker.getExportsOfModule(checker.getSymbolAtLocation(source)!)) {
      const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
      if (symbol.flags & ts.SymbolFlags.Type && OPTIONS.test(symbol.name))
        types.look(checker.getDeclaredTypeOfSymbol(symbol), symbol.name);
      if (symbol.flags & ts.SymbolFlags.Value) types.lookAtFunction(symbol, source);
    }
  }
  return types;
}

let types: OptionTypes;
beforeAll(() => {
  types = optionTypes();
}, 120_000);

test('an option may be given as undefined, also where optional types are exact', () => {
  expect(types.count).toBeGreaterThan(150);
  expect(types.refused).toEqual([]);
});

test('a boolean among options reads as a claim', () => {
  expect(types.booleans.size).toBeGreaterThan(3);
  expect([...types.booleans].filter((name) => !/^(is|has)[A-Z]/.test(name))).toEqual([]);
});
