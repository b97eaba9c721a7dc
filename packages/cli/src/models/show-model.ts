import { MediaError } from '@deepffmpeg/core';
import { convertCommand, type KnownModel, type Speed } from '@deepffmpeg/models';
import { byteSize } from '../byte-size.js';
import type { CliIo } from '../cli-io.js';
import { ExitCode } from '../exit-code.js';
import { terminalText } from '../terminal-text.js';
import { write } from '../write.js';
import { type ModelRow, readModelRows } from './model-row.js';
import { refuseSet } from './set-members.js';

/** Tells all that is known about a model. */
export async function showModel(
  name: string,
  { json = false }: { readonly json?: boolean },
  { stdout }: CliIo,
): Promise<ExitCode> {
  refuseSet(name);
  const { rows } = await readModelRows();
  const row = rows.find((each) => each.name === name || each.known?.repository === name);
  if (!row)
    throw new MediaError(
      'ERR_MODEL_MISSING',
      `nothing is known about ${name}: it is not in the cache, nor one of ${rows.map((each) => each.name).join(', ')}; ` +
        `"deepffmpeg models pull ${name}" downloads it if the hub has it`,
    );
  const text = json ? JSON.stringify(row, null, 2) : linesOf(row).map(terminalText).join('\n');
  await write(stdout, `${text}\n`);
  return ExitCode.done;
}

function linesOf({ name, known, sets = [], cached }: ModelRow): string[] {
  const facts: [title: string, value: string | number | undefined][] = [
    ...(known ? factsOf(known) : []),
    ...sets.map((set) => ['set', `--models ${set}`] as [string, string]),
    ['in the cache', cached ? `${byteSize(cached.bytes)}: ${cached.path}` : 'no'],
    ...Object.entries(cached?.revisions ?? {}),
  ];
  const told = facts.filter(([, value]) => value !== undefined);
  return [name, ...told.map(([title, value]) => `  ${title.padEnd(14)}  ${value}`)];
}

function factsOf(known: KnownModel): [title: string, value: string | number | undefined][] {
  const { sizes = {}, unusable = {}, results = [], speed, conversion, elsewhere } = known;
  return [
    ['for', known.task],
    ['repository', known.repository],
    ['published at', elsewhere?.url],
    ['made by', conversion ? convertCommand(conversion) : elsewhere?.conversion],
    ['used by', elsewhere?.use],
    ['speed', speed && speedText(speed)],
    ['licence', known.licence],
    ['described at', known.revision],
    ...Object.entries(sizes).map(
      ([dtype, parts]) =>
        [
          dtype,
          Object.entries(parts)
            .map(([part, bytes]) => `${part} ${byteSize(bytes)}`)
            .join(', '),
        ] as [string, string],
    ),
    ...Object.entries(unusable),
    ...results.map(
      ({ benchmark, measure, percent, source }) =>
        ['published', `${percent} % ${measure}, ${benchmark} (${source})`] as [string, string],
    ),
    ['scale', known.logitScale],
    ['bias', known.logitBias],
    ['activation', known.activation],
    ['template', known.promptTemplate],
    ['languages', known.languages?.join(', ')],
    ['preprocessing', known.preprocessing],
  ];
}

function speedText({ class: speedClass, gigaflops, source }: Speed): string {
  const operations = gigaflops === undefined ? '' : `, ${gigaflops} billion operations a picture`;
  return `${speedClass}${operations} (${source})`;
}
