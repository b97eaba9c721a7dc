import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeTemporaryFolder } from '@deepffmpeg/test-kit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Mask } from '../src/canvas.js';
import { TextRenderer } from '../src/text-renderer.js';

const renderer = new TextRenderer(20);

/** First and last row with ink. */
function inkOf(mask: Mask | undefined): [number, number] {
  const rows = Array.from(
    { length: mask?.height ?? 0 },
    (_, y) => mask!.data.subarray(y * mask!.width, (y + 1) * mask!.width).some((value) => value > 60), // there are rows
  );
  return [rows.indexOf(true), rows.lastIndexOf(true)];
}

test('renders a line as high as any other, with letters on one base line', async () => {
  const [x, g, capital, number] = await Promise.all(
    ['x', 'g', 'X', '0.92'].map((text) => renderer.render(text)),
  );
  expect([x, g, capital, number].map((mask) => mask?.height)).toEqual([25, 25, 25, 25]);
  const baseLine = inkOf(x)[1];
  expect(inkOf(capital)[1]).toBe(baseLine);
  expect(Math.abs(inkOf(number)[1] - baseLine)).toBeLessThanOrEqual(1); // round ones reach a little lower
  expect(inkOf(g)[1]).toBeGreaterThan(baseLine + 2);
  expect(inkOf(capital)[0]).toBeLessThan(inkOf(x)[0]);
  const height = inkOf(capital)[1] - inkOf(capital)[0] + 1;
  expect(Math.abs(height - 20 * 0.729)).toBeLessThanOrEqual(1); // the font's own share of capitals
});

test('keeps the base line where marks are piled up, and shows what is read from right to left', async () => {
  const baseLine = inkOf(await renderer.render('x'))[1];
  expect(inkOf(await renderer.render(`xX${'\u0301'.repeat(9)}`))[1]).toBe(baseLine);
  const [one, four] = await Promise.all(['ש', 'ששששש'].map((text) => renderer.render(text)));
  expect(four!.width).toBeGreaterThan(4 * one!.width);
});

test('begins and ends with ink, and shows all of the text', async () => {
  const mask = await renderer.render('dog');
  const column = (x: number) =>
    Array.from({ length: mask!.height }, (_, y) => mask!.data[y * mask!.width + x]!);
  expect(Math.max(...column(0))).toBeGreaterThan(0);
  expect(Math.max(...column(mask!.width - 1))).toBeGreaterThan(0);
  const widths = await Promise.all(
    ['d', 'do', 'dog', 'dogs'].map(async (text) => (await renderer.render(text))?.width),
  );
  expect(widths).toEqual(widths.toSorted((a, b) => a! - b!));
});

test('takes markup for what it is, and what shows nothing for nothing', async () => {
  const [plain, marked] = await Promise.all([renderer.render('b'), renderer.render('<b>b</b>&amp;&lt;')]);
  expect(marked!.width).toBeGreaterThan(8 * plain!.width);
  for (const text of ['', ' ', '\n\0', '\u202e', '\u200b'])
    expect(await renderer.render(text)).toBeUndefined();
});

test('cuts what is too wide with an ellipsis', async () => {
  const whole = await renderer.render('traffic light');
  expect(await renderer.render('traffic light', whole!.width)).toBe(whole);
  expect(await renderer.render('traffic light', whole!.width - 1)).toBe(
    await renderer.render('traffic lig…'),
  );
  expect(await renderer.render('traffic light', 1)).toBeUndefined();
  expect(await renderer.render('traffic light', -5)).toBeUndefined();
  const long = await renderer.render('very '.repeat(2000), 500);
  expect(long!.width).toBeGreaterThan(470);
  expect(long!.width).toBeLessThanOrEqual(500);
});

test('cuts what is too long for one drawing, also in the largest size', { timeout: 30_000 }, async () => {
  const large = new TextRenderer(200);
  const family = '👩\u200d'.repeat(500); // one letter
  for (const text of [
    'x'.repeat(100_000),
    'W'.repeat(82),
    '😀'.repeat(600),
    family,
    `x${'\u0301'.repeat(900)}`,
  ]) {
    const mask = await large.render(text, 1900);
    expect(mask?.width).toBeLessThanOrEqual(1900);
    expect(await large.render(text)).toMatchObject({ height: 250 });
  }
  expect(await large.render('x'.repeat(100_000), 1900)).toBe(await large.render('xxxxxxxxxxxxx…'));
  expect(await large.render(family)).toBe(await large.render('…'));
  expect((await large.render('W'.repeat(81)))!.width).toBeLessThan(
    (await large.render('W'.repeat(82)))!.width,
  );
});

test('keeps words, and gives them again', async () => {
  expect(await renderer.render('dog')).toBe(await renderer.render('dog'));
});

test('any text fits its width and its line', async () => {
  const width = fc.integer({ min: 0, max: 400 });
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 40 }), width, async (text, maxWidth) => {
      const mask = await renderer.render(text, maxWidth);
      if (mask === undefined) return;
      expect(mask.width).toBeLessThanOrEqual(maxWidth);
      expect(mask.data).toHaveLength(mask.width * 25);
    }),
    { numRuns: 60 },
  );
});

test('is the same where there are no fonts, but for the hinting', { timeout: 60_000 }, async () => {
  const words = ['dog 3', 'Ünïcödé Ελλ Кир', 'שלום', '0.92'];
  const here = await Promise.all(words.map(async (word) => measure((await renderer.render(word))!)));
  // Without a configuration, fontconfig would look in the usual folders.
  const folder = await makeTemporaryFolder();
  const config = join(folder, 'fonts.conf');
  await writeFile(config, `<fontconfig><dir>${folder}</dir><cachedir>${folder}</cachedir></fontconfig>`);
  const script = `
    import { TextRenderer } from ${JSON.stringify(new URL('../src/text-renderer.ts', import.meta.url).href)};
    const renderer = new TextRenderer(20);
    const measure = ${measure};
    const words = ${JSON.stringify(words)};
    console.log(JSON.stringify(await Promise.all(words.map(async (word) => measure(await renderer.render(word))))));`;
  const printed = execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    cwd: fileURLToPath(new URL('../../../', import.meta.url)),
    env: { ...process.env, FONTCONFIG_FILE: config },
    encoding: 'utf8',
  });
  const there: (typeof here)[number][] = JSON.parse(printed);
  for (const [i, { width, ink }] of here.entries()) {
    expect(Math.abs(there[i]!.width - width), words[i]).toBeLessThanOrEqual(2);
    expect(Math.abs(there[i]!.ink / ink - 1), words[i]).toBeLessThan(0.1);
  }
});

function measure({ width, data }: Mask): { width: number; ink: number } {
  return { width, ink: data.reduce((sum, value) => sum + value, 0) };
}
