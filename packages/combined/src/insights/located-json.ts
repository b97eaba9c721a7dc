import {
  type MemberNode,
  type ObjectNode,
  parse,
  type StringNode,
  type ValueNode,
} from '@humanwhocodes/momoa';

/** A place in a text, both counted from 1. */
interface Place {
  readonly line: number;
  readonly column: number;
}

/** A text breaks the grammar of JSON, or names a key twice. */
export class JsonSyntaxError extends Error {
  readonly place: Place;

  constructor(message: string, { line, column }: Place, options?: ErrorOptions) {
    super(message, options);
    this.place = { line, column };
  }
}

/** What a text of JSON says, and where. */
export interface LocatedJson {
  readonly value: unknown;
  /** The line of a part by its path; where it is missing, of what it should be in. */
  lineOf(path: readonly PropertyKey[]): number;
}

/** Reads JSON by its grammar: no comments, no key twice, of which `JSON.parse` would take the last. @throws {JsonSyntaxError} */
export function locateJson(text: string): LocatedJson {
  const root = parseTree(text);
  return { value: JSON.parse(text), lineOf: (path) => lineOf(root, path) };
}

function parseTree(text: string): ValueNode {
  try {
    const { body } = parse(text, { mode: 'json' });
    checkNode(body, text);
    return body;
  } catch (cause) {
    if (cause instanceof JsonSyntaxError) throw cause;
    if (cause instanceof RangeError)
      throw new JsonSyntaxError('it is nested too deeply', { line: 1, column: 1 }, { cause });
    const { message, line = 1, column = 1 } = cause as Error & Partial<Place>; // what momoa throws
    // Where a text ends too early, momoa tells the last place that it was sure of.
    const place = message.startsWith('Unexpected end of input') ? endOf(text) : { line, column };
    throw new JsonSyntaxError(expectationOf(text), place, { cause });
  }
}

/** What the engine expected: the library tells only what came, by names of its own. */
function expectationOf(text: string): string {
  try {
    JSON.parse(text);
    return 'Unexpected text';
  } catch (error) {
    const { message } = error as Error; // it throws nothing else
    return message
      .replace(/^Unexpected token ('.+?'), .*$/s, 'Expected a value, got $1')
      .replace(/^Unexpected end of JSON input$/, 'Expected a value, and the text ends')
      .replace(/(?: in JSON)? at position .*$/s, '');
  }
}

function endOf(text: string): Place {
  const lines = text.split(/\r\n|\r|\n/);
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

function checkNode(node: ValueNode, text: string): void {
  if (node.type === 'String') refuseControls(node, text);
  if (node.type === 'Array') for (const { value } of node.elements) checkNode(value, text);
  if (node.type !== 'Object') return;
  refuseTwins(node);
  for (const { name, value } of node.members) {
    if (name.type === 'String') refuseControls(name, text);
    checkNode(value, text);
  }
}

function refuseTwins({ members }: ObjectNode): void {
  const keys = new Set<string>();
  for (const member of members) {
    const key = keyOf(member);
    if (keys.has(key)) throw new JsonSyntaxError(`the key "${key}" stands here twice`, member.loc.start);
    keys.add(key);
  }
}

/** The library lets them pass, as what follows from a quote that was forgotten. */
function refuseControls({ loc }: StringNode, text: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: to find them is the purpose
  if (/[\u0000-\u001f]/.test(text.slice(loc.start.offset, loc.end.offset)))
    throw new JsonSyntaxError('a line break or control character in a string', loc.start);
}

function lineOf(root: ValueNode, path: readonly PropertyKey[]): number {
  let node = root;
  let { line } = root.loc.start;
  for (const part of path) {
    const next = childOf(node, part);
    if (next === undefined) break;
    ({ node, line } = next);
  }
  return line;
}

/** A member counts from its key on. */
function childOf(node: ValueNode, part: PropertyKey): { node: ValueNode; line: number } | undefined {
  if (node.type === 'Array') {
    const element = node.elements[Number(part)];
    return element && { node: element.value, line: element.value.loc.start.line };
  }
  if (node.type !== 'Object') return undefined;
  const member = node.members.find((each) => keyOf(each) === part);
  return member && { node: member.value, line: member.loc.start.line };
}

/** Only JSON5 has keys without quotes. */
const keyOf = ({ name }: MemberNode) => (name.type === 'String' ? name.value : name.name);
