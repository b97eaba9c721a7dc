import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { createProgram } from '../src/create-program.js';
import { runCommand } from './run-command.js';

const { stdin, stdout, stderr } = process;
const io = { stdin, stdout, stderr, signal: new AbortController().signal };

/** A command and all below it, as words of a command line. */
function namesOf(command: Command, before: readonly string[] = []): string[][] {
  const own = command.parent ? [...before, command.name()] : [];
  return [own, ...command.commands.flatMap((each) => namesOf(each, own))];
}

const commands = namesOf(createProgram(io, () => {})).map((words) => words.join(' '));

test.each(commands)('the help of "%s" fits into 80 columns', async (command) => {
  const args = command === '' ? [] : command.split(' ');
  const { code, stdout } = await runCommand([...args, '--help']);
  expect(code).toBe(0);
  expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
});

test('models list says once what the published figures are', async () => {
  const { stdout } = await runCommand(['models', 'list']);
  const measure = 'top-1 accuracy, ImageNet-1k, zero-shot';
  expect(stdout.split(measure)).toHaveLength(2);
  expect(stdout).toMatch(/ 63\.2 % \[1\] /);
  const table = stdout.split('\n').filter((line) => line.includes('│'));
  expect(Math.max(...table.map((line) => line.length))).toBeLessThanOrEqual(120);
});
