import { copyFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  describeWithBrowser,
  describeWithFfmpeg,
  makeTemporaryFolder,
  type OpenPage,
  testPicture,
} from '@deepffmpeg/test-kit';
import axe from 'axe-core';
import type { BrowserContextOptions, Page } from 'playwright-core';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { type ReportInput, reportIndexFilm, writeReport, writeReportIndex } from '../../src/index.js';
import { sampleAnalysis, sampleDocument, sampleInput, sampleShots, sampleTechnical } from './sample-input.js';

/** Writes a report into a folder of its own, and opens it. */
async function openReport(open: OpenPage, input: ReportInput, options?: BrowserContextOptions) {
  const folder = await makeTemporaryFolder();
  const path = join(folder, 'report.html');
  await writeReport(path, input);
  return { folder, ...(await open(pathToFileURL(path).href, options)) };
}

const pictureSize = { width: 48, height: 27 };

const makeJpeg = () =>
  sharp({ create: { ...pictureSize, channels: 3, background: '#c33' } })
    .jpeg()
    .toBuffer();

const thumbnailsOf = (jpeg: Uint8Array, shots = sampleShots) =>
  shots.map(({ index, timestamp }) => ({ shot: index, timestamp, ...pictureSize, jpeg }));

/** The sample with a small picture of each shot. */
const picturedInput = async () =>
  sampleInput({ analysis: sampleAnalysis({ thumbnails: thumbnailsOf(await makeJpeg()) }) });

/** Faults of accessibility that keep people from using the page. */
async function violationsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe.source); // by the debugger, since the page's own policy lets no other script in
  const { violations } = await page.evaluate<axe.AxeResults>('axe.run()');
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
}

const valueNow = async (page: Page) => Number(await page.locator('#axis').getAttribute('aria-valuenow'));

describeWithBrowser('the page of a report', (open) => {
  test('shows a time line of shots, labels, events and curves, and asks for nothing', async () => {
    const { page, complaints, requests } = await openReport(open, await picturedInput());
    const lanes = await page.locator('#tracks .row-title').allTextContents();
    expect(lanes).toEqual([
      ...['', 'Shots'],
      ...['By window', 'By shot', 'Segments', 'By window', 'By shot', 'Segments', 'By window', 'Followed'],
      ...['Black', 'Letterbox', 'Silence', 'Blurred', 'Sound section', 'Volume peak'],
      ...['Loudness LUFS', 'Brightness levels'],
    ]);
    expect(await page.locator('#tracks .legend').first().textContent()).toMatch(/Calm \d+ %/);
    expect(
      await page.getByRole('img', { name: '7 shots, beginning 1 by start, 4 by cut, 1 by fade' }).count(),
    ).toBe(1);
    expect(await page.getByRole('img', { name: /^Loudness from -\d/ }).count()).toBe(1);
    expect(await page.locator('#shot-list img').count()).toBe(7);
    expect(await page.locator('.uplot canvas').count()).toBe(2);
    expect(await drawnColours(page, '#tracks canvas')).toSatisfy((counts: number[]) =>
      counts.every((n) => n > 1),
    );
    expect(complaints).toEqual([]);
    expect(requests).toEqual([]);
  });

  test('goes to a time by buttons, by the pointer and by keys, without a player', async () => {
    const { page } = await openReport(open, sampleInput());
    await page.getByRole('button', { name: 'Go to 0:12.4: Storytelling' }).click();
    expect(await valueNow(page)).toBe(12.4);
    await expect.poll(() => page.locator('#now').textContent()).toContain('Shot3 of 7');
    expect(await page.locator('#axis').getAttribute('aria-valuetext')).toMatch(/^0:12.4 of 0:30.0, shot 3, /);
    const strip = page.getByRole('img', { name: /^7 shots/ });
    const { width = 0 } = (await strip.boundingBox()) ?? {};
    await strip.click({ position: { x: width / 2, y: 5 } });
    expect(await valueNow(page)).toBeCloseTo(15, 0);
    // The keys go on from there.
    await page.keyboard.press('Home');
    for (const [key, seconds] of [
      ['ArrowRight', 1],
      ['Shift+ArrowRight', 11],
      ['ArrowLeft', 10],
      ['PageDown', 11.1],
      ['PageUp', 5.8],
      ['End', 30],
    ] as const) {
      await page.keyboard.press(key);
      expect(await valueNow(page)).toBeCloseTo(seconds, 1);
    }
    await page.getByRole('button', { name: 'Shot 5' }).click();
    expect(await valueNow(page)).toBe(21);
  });

  test('tells of each time what the finest lane has there', async () => {
    const { page } = await openReport(open, sampleInput({ analysis: layeredAnalysis() }));
    const mood = async (seconds: number) => {
      await page.evaluate(`goTo(${seconds})`);
      await expect.poll(() => page.locator('#now-time').textContent()).toBe(`0:0${seconds}.0`);
      return await page.locator('#now').textContent();
    };
    expect(await mood(1)).toMatch(/MoodCalm 70 %Technical/); // by window alone
    expect(await mood(3)).toMatch(/MoodTense 60 %Technical/); // by shot
    expect(await mood(5)).toMatch(/MoodImaginative 50 %Technical/); // the stronger of two segments
    expect(await page.locator('#axis').getAttribute('aria-valuetext')).toMatch(/, Imaginative$/);
    const legend = page.locator('#tracks .legend');
    expect(await legend.textContent()).toBe('Imaginative 40 %Curious 20 %Calm 0 %Tense 0 %');
    expect(await page.locator('#tracks .legend-caption').allTextContents()).toEqual([
      'Percentages: how much of the time each label leads, by segments where there are any, else by shot, else by window.',
    ]);
  });

  test('tells of what does not last at its own time alone, and of all else from the very start', async () => {
    const { actionMoments, events } = sampleTechnical();
    const cut = {
      ...actionMoments[0]!,
      kind: 'scene_change',
      timestamp: 5.7951,
      durationSeconds: 0,
    } as const;
    const blurred = { ...events[0]!, kind: 'blurred', timestamp: 21.0026, durationSeconds: 2 } as const; // the sample has both
    const technical = sampleTechnical({ events: [blurred], actionMoments: [cut] });
    const { page } = await openReport(open, sampleInput({ analysis: sampleAnalysis({ technical }) }));
    const told = async (seconds: number) => {
      await page.evaluate(`goTo(${seconds})`);
      return await page.evaluate(
        'make("p", {}, ...(facts().find(([name]) => name === "Technical")?.[1] ?? [])).textContent',
      );
    };
    expect(await told(5.7951)).toBe('Scene change');
    expect(await told(5.7)).toBe('');
    expect(await told(12)).toBe('');
    expect(await told(21.0026)).toBe('Blurred');
    expect(await told(23.0026)).toBe('');
  });

  test('zooms around the position', async () => {
    const { page } = await openReport(open, sampleInput());
    await page.getByRole('button', { name: 'Go to 0:22.0' }).first().click();
    const before = await page.locator('.cursor').boundingBox();
    await page.getByRole('button', { name: 'Zoom in' }).click();
    expect(await page.evaluate('state.view')).toEqual({ from: 14.5, to: 29.5 });
    expect((await page.locator('.cursor').boundingBox())?.x).not.toBe(before?.x);
    await page.getByRole('button', { name: 'Zoom out' }).click();
    await page.getByRole('button', { name: 'Zoom in' }).click();
    await page.getByRole('button', { name: 'Whole film' }).click();
    expect(await page.evaluate('state.view')).toEqual({ from: 0, to: 30 });
  });

  test('tells the ticks of the axis apart, beyond an hour, too', async () => {
    const { page } = await openReport(open, sampleInput());
    const ticks = async (from: number, to: number) =>
      (await textsDrawn(page, `state.view = { from: ${from}, to: ${to} }; paintAxis(context, 900);`)).map(
        ({ text }) => text,
      );
    expect(await ticks(0, 1)).toEqual(
      Array.from({ length: 11 }, (_, i) => `0:0${Math.floor(i / 10)}.${i % 10}`),
    );
    expect((await ticks(5400, 5401)).slice(0, 3)).toEqual(['1:30:00.0', '1:30:00.1', '1:30:00.2']);
    expect((await ticks(5395, 5405)).slice(0, 3)).toEqual(['1:29:55', '1:29:56', '1:29:57']);
    expect((await ticks(0, 30)).slice(0, 2)).toEqual(['0:00', '0:05']);
  });

  test.each([1280, 375])(
    'runs the cursor through the lanes and behind words, at a width of %i',
    async (width) => {
      const { page } = await openReport(open, sampleInput(), { viewport: { width, height: 800 } });
      const pictures = async () => {
        const found: string[] = [];
        for (const part of ['.legend-caption', '.group .group-title', '.group .legend', '.group .track']) {
          const place = page.locator(`#tracks ${part}`).first();
          await place.scrollIntoViewIfNeeded();
          const box = (await place.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
          // Without the edges, which part of a pixel may lie beyond.
          const clip = { ...box, y: box.y + 2, height: box.height - 4 };
          found.push((await page.screenshot({ clip })).toString('base64'));
        }
        return found;
      };
      await page.evaluate('goTo(3)');
      const shown = await pictures();
      await page.evaluate('document.querySelector(".cursor").hidden = true');
      const hidden = await pictures();
      expect(shown.map((picture, i) => picture === hidden[i])).toEqual([true, true, true, false]);
    },
  );

  test('shows the time and does not have it read out, which would go on for as long as the film plays', async () => {
    const { page } = await openReport(open, sampleInput());
    expect(await page.locator('#time').textContent()).toBe('0:00.0');
    expect(await page.locator('header').getByRole('status').count()).toBe(0);
  });

  test('tells in tables what is drawn', async () => {
    const { page } = await openReport(open, sampleInput());
    await page.locator('summary', { hasText: 'Labels over time' }).click();
    const row = page.getByRole('table', { name: 'Labels over time' }).getByRole('row');
    expect(await row.nth(0).getByRole('columnheader').allTextContents()).toEqual([
      ...['From', 'Label', 'Of', 'Length', 'Strength'],
    ]);
    expect(await row.nth(1).textContent()).toMatch(/^0:00\.0ImaginativeMood, By window5\.0 s\d+ %$/);
    await page.locator('summary', { hasText: 'Shots in a table' }).click();
    const shot = page.getByRole('table', { name: 'Shots in a table' }).getByRole('row').nth(3);
    expect(await shot.textContent()).toMatch(/^30:11\.14\.5 sfadeMood: /);
    await shot.getByRole('button').click();
    expect(await valueNow(page)).toBe(11.1);
    const events = page
      .getByRole('table', { name: 'Technical events and moments of sound' })
      .getByRole('row');
    expect(await events.last().textContent()).toBe('0:22.0Blurred1.5 sedge width pixels 17.25');
    expect(await violationsOf(page)).toEqual([]);
  });

  test.each([
    [1 / 24, '0.042 s'],
    [0.1, '0.1 s'],
    [5, '5.0 s'],
    [59.96, '1 min 0 s'],
    [723.4, '12 min 3 s'],
    [7200, '2 h 0 min'],
  ])('tells that a shot or an event of %d s has a length of %s', async (durationSeconds, text) => {
    const shots = [{ ...sampleShots[0]!, durationSeconds }]; // the sample has shots and events
    const events = [{ ...sampleTechnical().events[0]!, durationSeconds }];
    const technical = sampleTechnical({ shots, events, actionMoments: [] });
    const { page } = await openReport(open, sampleInput({ analysis: sampleAnalysis({ technical }) }));
    expect(await page.locator('#shot-list .shot-line').last().textContent()).toBe(text);
    expect(await page.locator('#shot-table tbody td').nth(2).textContent()).toBe(text);
    expect(await page.locator('#event-list tbody td').nth(2).textContent()).toBe(text);
  });

  test('keeps the place of the keyboard at either end of a list', async () => {
    const shots = Array.from({ length: 30 }, (_, index) => ({ ...sampleShots[0]!, index, timestamp: index })); // the sample has shots
    const technical = sampleTechnical({ shots });
    const { page } = await openReport(open, sampleInput({ analysis: sampleAnalysis({ technical }) }));
    const focused = () => page.evaluate('document.activeElement.getAttribute("aria-label")');
    await page.getByRole('button', { name: 'Shots: later ones' }).press('Enter');
    expect(await page.locator('#shot-list .pager output').textContent()).toBe('25 to 30 of 30');
    expect(await focused()).toBe('Shots: earlier ones');
    await page.keyboard.press('Enter');
    expect(await page.locator('#shot-list .pager output').textContent()).toBe('1 to 24 of 30');
    expect(await focused()).toBe('Shots: later ones');
  });

  test('draws of what is too thin the label that holds for the most of the time', async () => {
    const { page } = await openReport(open, sampleInput());
    const parts = await page.evaluate(`(() => {
      const items = Array.from({ length: 3000 }, (_, i) => [i / 100, (i + (i % 3 ? 0.5 : 0.9)) / 100, i % 3 ? 1 : 2, 0.5, 0]);
      return visibleParts({ rows: 1, items }, 100).map(([item, left, right]) => [item[2], left, right]);
    })()`);
    // 60 in each column of two pixels: 20 of label 2, 18 hundredths long together, and 40 of label 1 with 20.
    expect(parts).toEqual(Array.from({ length: 50 }, (_, i) => [1, i * 2, i * 2 + 2]));
  });

  test('names none of the parts of a lane that lie over each other', async () => {
    const labels = ['bird', 'cat', 'dog', 'cow', 'fox', 'hen', 'owl', 'pig'];
    const [track] = sampleAnalysis().tracks;
    const tracks = labels.map((label, i) => ({ ...track!, label, timestamp: 0, durationSeconds: 20 + i })); // the sample has two
    const after = { ...track!, label: 'bee', timestamp: 27.5, durationSeconds: 2.5 };
    const { page } = await openReport(
      open,
      sampleInput({ analysis: sampleAnalysis({ tracks: [...tracks, after] }) }),
    );
    const script = `const group = data.groups.find(({ title }) => title === 'Objects');
      paintLane(context, 900, 120, group, group.lanes[0]);`;
    expect((await textsDrawn(page, script)).map(({ text }) => text)).toEqual([...labels.slice(0, 5), 'bee']);
  });

  test('writes on the strip of shots only what fits within the view', async () => {
    const { page } = await openReport(open, sampleInput());
    const texts = (to: number) =>
      textsDrawn(page, `state.view = { from: 20, to: ${to} }; paintShots(context, 500);`);
    expect(await texts(25)).toMatchObject([{ text: '4' }, { text: '5 dissolve' }, { text: '6' }]);
    expect(await texts(21.05)).toMatchObject([{ text: '4' }]);
  });

  test('shades what was not read of a film that broke off, and tells nothing of it', async () => {
    const shots = sampleShots.slice(0, 2);
    const analysis = sampleAnalysis({
      ...{ technical: sampleTechnical({ shots }), timeline: { shots: [], windows: [] }, curves: [] },
      ...{ thumbnails: thumbnailsOf(await makeJpeg(), shots), partialReason: 'cut' },
    });
    const { page, complaints } = await openReport(open, sampleInput({ analysis }));
    const strip = page.getByRole('img', { name: /^2 shots/ });
    const { x = 0, width = 0 } = (await strip.boundingBox()) ?? {};
    const unread = (await page.locator('.unread').boundingBox()) ?? { x: 0, width: 0 };
    expect(unread.x).toBeCloseTo(x + (width * 11.128) / 30, 0);
    expect(unread.x + unread.width).toBeCloseTo(x + width, 0);
    expect(complaints).toEqual([]);
    // Pictures stand to the left alone.
    await expect.poll(async () => (await redsOf(page)).length).toBeGreaterThan(50);
    expect((await redsOf(page)).at(-1)).toBeLessThan(11.128 / 30 + 0.002);
    await page.evaluate('goTo(20)');
    await expect.poll(() => page.locator('#now').textContent()).toBe('Not readthe film broke off at 0:11.1');
    expect(await page.locator('#axis').getAttribute('aria-valuetext')).toMatch(/^0:20.0 of 0:30.0, not read/);
    expect(await violationsOf(page)).toEqual([]);
    const whole = await openReport(open, sampleInput());
    expect(await whole.page.locator('.unread').count()).toBe(0);
  });

  test('shows on the strip no picture of another shot', async () => {
    const [, second] = sampleShots;
    const analysis = sampleAnalysis({ thumbnails: thumbnailsOf(await makeJpeg(), [second!]) }); // the sample has seven
    const { page } = await openReport(open, sampleInput({ analysis }));
    await expect.poll(async () => (await redsOf(page)).length).toBeGreaterThan(50);
    const cell = 0.1; // of the width, at most
    expect((await redsOf(page)).at(0)).toBeGreaterThan(5.795 / 30 - cell);
    expect((await redsOf(page)).at(-1)).toBeLessThan(11.128 / 30 + cell);
    await page.evaluate('showAround(20, 5)');
    expect(await redsOf(page)).toEqual([]);
    await page.evaluate('showAround(9, 2)');
    expect((await redsOf(page)).length).toBeGreaterThan(500);
  });

  test('has two to five numbers beside a curve', async () => {
    const { page } = await openReport(open, sampleInput());
    const numbersOf = (values: readonly number[]) =>
      page.evaluate<number[]>(
        `new Promise((done) => {
          const plot = plotOf({ times: [0, 1], values: ${JSON.stringify(values)} }, make('div'));
          plot.hooks.draw = [() => done(plot.axes[1]._splits)];
          plot.redraw(false, true);
        })`,
      );
    expect(await numbersOf([-30, -11])).toEqual([-30, -20, -10]);
    for (const values of [
      [-29, -21],
      [-28.9, -21.2],
      [0, 1e-3],
      [43, 77],
      [-70, -8],
      [5, 5],
      [0, 190.8],
    ]) {
      const numbers = await numbersOf(values);
      expect([values, numbers.length >= 2 && numbers.length <= 5]).toEqual([values, true]);
    }
  });

  test('tells no value of a time that was not measured', async () => {
    const points = Array.from({ length: 100 }, (_, i) => ({ timestamp: 10 + i / 10, value: -20 - i / 10 }));
    const curves = [{ name: 'loudness', unit: 'LUFS', modality: 'audio', points } as const];
    const { page } = await openReport(open, sampleInput({ analysis: sampleAnalysis({ curves }) }));
    const now = () => page.locator('#now').textContent();
    expect(await now()).not.toContain('Loudness');
    await page.getByRole('button', { name: 'Go to 0:12.4: Storytelling' }).click();
    await expect.poll(now).toContain('Loudness-22.4 LUFS');
    await page.locator('#axis').press('End');
    await expect.poll(() => page.locator('#now-time').textContent()).toBe('0:30.0');
    expect(await now()).not.toContain('Loudness');
  });

  test('has the pictures of shots at the top, whatever is told below', async () => {
    const { timeline } = sampleAnalysis();
    const shots = timeline.shots.filter(({ timestamp }) => timestamp !== sampleShots[1]?.timestamp);
    const analysis = sampleAnalysis({
      thumbnails: thumbnailsOf(await makeJpeg()),
      timeline: { ...timeline, shots },
    });
    const { page } = await openReport(open, sampleInput({ analysis }));
    const gaps = await page
      .locator('#shot-list .shot')
      .evaluateAll((buttons) =>
        buttons.map(
          (button) =>
            (button.querySelector('img')?.getBoundingClientRect().top ?? 0) -
            button.getBoundingClientRect().top,
        ),
      );
    expect(gaps).toHaveLength(7);
    expect(Math.max(...gaps)).toBeLessThan(3); // the border
  });

  test('tells what is under the pointer', async () => {
    const { page } = await openReport(open, sampleInput());
    await page.getByRole('img', { name: /^Followed/ }).hover({ position: { x: 250, y: 5 } });
    expect(await page.locator('#tip').textContent()).toBe('rabbit 80 %, 0:06.0 – 0:11.0');
    await page.mouse.move(0, 0);
    expect(await page.locator('#tip').isHidden()).toBe(true);
    // What is too short to be seen is drawn wider than it is.
    const cut = { ...sampleTechnical().actionMoments[0]!, timestamp: 15, durationSeconds: 0 }; // the sample has some
    const technical = sampleTechnical({ actionMoments: [cut] });
    const short = await openReport(open, sampleInput({ analysis: sampleAnalysis({ technical }) }));
    const lane = short.page.getByRole('img', { name: /^Sound section/ });
    const { width = 0 } = (await lane.boundingBox()) ?? {};
    await lane.hover({ position: { x: width / 2 + 1, y: 5 } });
    expect(await short.page.locator('#tip').textContent()).toBe('Sound section 100 %, 0:15.0 – 0:15.0');
    await lane.hover({ position: { x: width / 2 + 9, y: 5 } });
    expect(await short.page.locator('#tip').isHidden()).toBe(true);
  });

  test('names every unit in the table of shots, and says how much holds beside what it names', async () => {
    const { timeline, tracks } = sampleAnalysis();
    const units = ['Mood', 'Light', 'Style', 'Place', 'Time'];
    const shots = units.flatMap((group) =>
      timeline.shots.filter((shot) => shot.group === 'Mood').map((shot) => ({ ...shot, group })),
    );
    const birds = Array.from({ length: 6 }, (_, trackId) => ({ ...tracks[1]!, trackId })); // the sample has two
    const { page } = await openReport(
      open,
      sampleInput({
        analysis: sampleAnalysis({ timeline: { shots, windows: [] }, tracks: birds, segments: [] }),
      }),
    );
    expect(
      (await page.locator('#shot-table tbody td:last-child').first().textContent())?.match(/\w+(?=:)/g),
    ).toEqual(units);
    expect(await page.locator('#shot-list .shot').first().locator('.chip').count()).toBe(3);
    await page.evaluate('goTo(9)');
    await expect
      .poll(() => page.locator('#now').textContent())
      .toContain('Objectsbird 60 %, bird 60 %, bird 60 %, 3 more');
  });

  test.each(['שלום עולם', 'x'.repeat(300)])(
    'keeps the label %s in its place: beside its numbers, and within what tells it',
    async (label) => {
      const [track] = sampleAnalysis().tracks;
      const tracks = [{ ...track!, label, timestamp: 0, durationSeconds: 30 }]; // the sample has two
      const { page } = await openReport(open, sampleInput({ analysis: sampleAnalysis({ tracks }) }), {
        viewport: { width: 375, height: 800 },
      });
      await page.getByRole('img', { name: /^Followed/ }).hover();
      const tip = page.locator('#tip');
      expect(await tip.locator('bdi').textContent()).toBe(label);
      expect(await tip.textContent()).toBe(`${label} 80 %, 0:00.0 – 0:30.0`);
      const told = page.locator('#now dd', { has: page.locator('bdi', { hasText: label }) });
      expect(await told.textContent()).toBe(`${label} 80 %`);
      expect(
        await page.evaluate(
          `[...document.querySelectorAll('#tip div, #now dd')].filter((each) => getComputedStyle(each).direction !== 'ltr').length`,
        ),
      ).toBe(0);
      for (const part of [tip.locator('div'), told])
        expect(await part.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(375);
      await page.locator('summary', { hasText: 'Labels over time' }).click();
      const table = page.getByRole('region', { name: 'Labels over time' });
      while (!(await table.textContent())?.includes(label))
        await page.getByRole('button', { name: 'Labels over time: later ones' }).click();
      await page.setViewportSize({ width: 700, height: 800 });
      expect(await table.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
    },
  );

  test.each(['light', 'dark'] as const)(
    'keeps nobody out, in %s colours and on a phone',
    async (colorScheme) => {
      for (const width of [1280, 375]) {
        const { page } = await openReport(open, await picturedInput(), {
          colorScheme,
          viewport: { width, height: 800 },
        });
        expect(await violationsOf(page)).toEqual([]);
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      }
    },
  );

  test('takes the colours of the system, and others by a button', async () => {
    const { page } = await openReport(open, sampleInput(), { colorScheme: 'dark' });
    const paper = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
    expect(await paper()).toBe('rgb(16, 19, 23)');
    const dark = await page.locator('#axis canvas').screenshot();
    await page.getByRole('button', { name: 'Use light colours' }).click();
    expect(await paper()).toBe('rgb(246, 247, 249)');
    expect(await violationsOf(page)).toEqual([]);
    expect((await page.locator('#axis canvas').screenshot()).equals(dark)).toBe(false);
    await page.getByRole('button', { name: 'Use dark colours' }).click();
    expect(await paper()).toBe('rgb(16, 19, 23)');
  });

  test('prints in light colours, without what needs a screen', async () => {
    const { page } = await openReport(open, await picturedInput(), { colorScheme: 'dark' });
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    // What is drawn is drawn now, while the screen's style still holds.
    expect(await page.evaluate("styleColour('--ink')")).toBe('rgb(26, 29, 33)');
    await page.emulateMedia({ media: 'print' });
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
    for (const hidden of ['.top', '.player', '.now', '.tools'])
      expect(await page.locator(hidden).isVisible()).toBe(false);
    for (const shown of ['.tiles', '#tracks', '#insights', '#shots', '#technical'])
      expect(await page.locator(shown).isVisible()).toBe(true);
    // 182 mm at 96 dots an inch.
    expect((await page.locator('main').boundingBox())?.width).toBeLessThanOrEqual(688);
    await page.emulateMedia({ media: 'screen' });
    await page.evaluate("dispatchEvent(new Event('afterprint'))");
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(16, 19, 23)');
    expect((await page.pdf({ format: 'A4' })).subarray(0, 5).toString()).toBe('%PDF-');
  });

  test('prints all reasons, and hides again those that were hidden', async () => {
    const [first, ...others] = sampleInput().evidence;
    const reasons = Array.from({ length: 9 }, (_, i) => ({ text: `reason ${i}`, times: [] }));
    const { page } = await openReport(open, sampleInput({ evidence: [{ ...first!, reasons }, ...others] })); // the sample has some
    const last = page.getByText('reason 8');
    expect(await last.isVisible()).toBe(false);
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    expect(await last.isVisible()).toBe(true);
    await page.evaluate("dispatchEvent(new Event('afterprint'))");
    expect(await last.isVisible()).toBe(false);
  });

  test('prints all shots and events, and the whole time line as wide as the paper, from a phone, too', async () => {
    const at = (index: number) => ({ index, timestamp: index / 2, durationSeconds: 0.5 });
    const shots = Array.from({ length: 60 }, (_, i) => ({ ...sampleShots[i % 7]!, ...at(i) })); // it has seven
    const [event] = sampleTechnical().events;
    const events = Array.from({ length: 60 }, (_, i) => ({ ...event!, ...at(i) })); // it has four
    const technical = sampleTechnical({ shots, events });
    const { page } = await openReport(open, sampleInput({ analysis: sampleAnalysis({ technical }) }), {
      viewport: { width: 375, height: 800 },
    });
    const counts = async () => [
      await page.locator('#shot-list li').count(),
      await page.locator('#event-list tbody tr').count(),
      await page.locator('#shot-table tbody tr').count(),
    ];
    expect(await counts()).toEqual([24, 25, 25]);
    await page.getByRole('button', { name: 'Zoom in' }).click();
    const view = await page.evaluate('state.view');
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    expect(await counts()).toEqual([60, 62, 25]); // moments of sound are events, and a closed table is not printed
    expect(await page.evaluate('state.view')).toEqual({ from: 0, to: 30 });
    const paperWidths = () =>
      page.evaluate(
        `[...document.querySelectorAll('#axis, .uplot')].map((each) => Math.round(each.getBoundingClientRect().right))`,
      );
    const drawn = await paperWidths();
    expect(new Set(drawn as number[]).size).toBe(1);
    await page.emulateMedia({ media: 'print' });
    expect(await page.evaluate('document.querySelector("#axis").clientWidth')).toBe(506);
    expect(await paperWidths()).toEqual(drawn);
    await page.emulateMedia({ media: 'screen' });
    await page.evaluate("dispatchEvent(new Event('afterprint'))");
    expect(await counts()).toEqual([24, 25, 25]);
    expect(await page.evaluate('state.view')).toEqual(view);
  });

  test('runs nothing of what names, tags and labels say', async () => {
    const { page, complaints, requests } = await openReport(open, hostileInput());
    expect(await page.evaluate('window.isHacked')).toBe(undefined);
    expect(await page.locator('img[src="x"], main script, iframe, a[href^="javascript"]').count()).toBe(0);
    expect(await page.title()).toBe(evil.replace('\u202e', '\ufffd'));
    for (const part of [
      'h1',
      '#tracks',
      '#now',
      '#shot-list',
      '#insights',
      '#labels',
      '#technical',
      '.notices',
    ])
      expect(await page.locator(part).first().textContent()).toContain('</script><img src=x onerror');
    expect(complaints).toEqual([]);
    expect(requests).toEqual([]);
    expect(await violationsOf(page)).toEqual([]);
    await page.setViewportSize({ width: 375, height: 800 });
    await expect.poll(() => page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(375);
  });

  test('lets no script run that is not its own', async () => {
    const { page, complaints } = await openReport(open, sampleInput());
    await page.evaluate(
      `document.body.append(Object.assign(document.createElement('script'), { textContent: 'isHacked = 1' }))`,
    );
    await page.evaluate(
      `document.body.insertAdjacentHTML('beforeend', '<img src=data:, onerror="isHacked = 1">')`,
    );
    await page.evaluate(
      `document.body.append(Object.assign(new Image(), { src: 'http://127.0.0.1:9/x.png' }))`,
    );
    await expect
      .poll(() => complaints.filter((text) => text.includes('Content Security Policy')).length)
      .toBe(3);
    expect(await page.evaluate('window.isHacked')).toBe(undefined);
  });

  test.each([
    ['stored results only', sampleInput({ analysis: undefined, evidence: [] })],
    [
      'no sound',
      sampleInput({
        analysis: sampleAnalysis({
          soundShares: undefined,
          technical: sampleTechnical({ sound: undefined }),
        }),
      }),
    ],
    [
      'no shots and no labels',
      sampleInput({
        analysis: sampleAnalysis({
          technical: sampleTechnical({ shots: [], events: [], actionMoments: [] }),
          ...{ segments: [], tracks: [], objects: [], curves: [] },
          timeline: { shots: [], windows: [] },
        }),
      }),
    ],
    ['nothing at all', emptyInput()],
    [
      'damaged pictures',
      sampleInput({ analysis: sampleAnalysis({ thumbnails: thumbnailsOf(new Uint8Array(9)) }) }),
    ],
  ])('works with %s', async (_, input) => {
    const { page, complaints } = await openReport(open, input);
    expect(await page.locator('h1').textContent()).toBe('rabbit.webm');
    expect(complaints).toEqual([]);
    expect(await violationsOf(page)).toEqual([]);
  });

  test('stays small and quick with 5000 shots and 20 hours', async () => {
    const path = join(await makeTemporaryFolder(), 'report.html');
    await writeReport(path, longInput(await makeJpeg()));
    const start = performance.now();
    const { page, complaints } = await open(pathToFileURL(path).href);
    await expect.poll(() => page.locator('#now').textContent()).toContain('of 5000');
    const openedMs = performance.now() - start;
    expect(await page.evaluate('document.querySelectorAll("*").length')).toBeLessThan(2000);
    const seekMs = await page.evaluate<number>(
      `(() => { const t = performance.now(); for (let i = 0; i < 50; i++) goTo(i * 1400); return (performance.now() - t) / 50; })()`,
    );
    const paintMs = await page.evaluate<number>(
      '(() => { const t = performance.now(); paintAll(); return performance.now() - t; })()',
    );
    // Some ten times what a quiet machine takes: 600, 0.2 and 40.
    expect([openedMs < 8000, seekMs < 10, paintMs < 500]).toEqual([true, true, true]);
    await page.getByRole('button', { name: 'Shots: later ones' }).click();
    expect(await page.locator('#shot-list .shot').first().textContent()).toContain('Shot 25');
    await page.locator('#axis').focus();
    for (let i = 0; i < 12; i++) await page.keyboard.press('+');
    await page.keyboard.press('End');
    expect(await page.locator('#axis').getAttribute('aria-valuetext')).toMatch(
      /^20:00:00 of 20:00:00, shot 5000/,
    );
    expect(complaints).toEqual([]);
  });

  describeWithFfmpeg('with a film', (media) => {
    const film = (href: string): ReportInput => sampleInput({ media: { kind: 'link', href, isVideo: true } });
    const make = () =>
      media.make(
        'film.mp4',
        ...[...testPicture('size=160x90:rate=10:duration=30'), '-f', 'lavfi', '-i', 'sine=duration=30'],
        ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '10', '-c:a', 'aac'],
      );
    const currentTime = (page: Page) =>
      page.evaluate<number>('document.querySelector("#player").currentTime');

    test('plays it, and follows it', async () => {
      const source = await make();
      const folder = await makeTemporaryFolder();
      await copyFile(source, join(folder, 'a "film": #1.mp4'));
      await writeReport(join(folder, 'report.html'), film('a%20%22film%22%3A%20%231.mp4'));
      const { page, complaints, requests } = await open(pathToFileURL(join(folder, 'report.html')).href);
      await page.getByRole('button', { name: 'Go to 0:12.4: Storytelling' }).click();
      expect(await currentTime(page)).toBe(12.4);
      await page.locator('#axis').press('PageDown');
      expect(await currentTime(page)).toBe(15.67);
      await page.getByRole('button', { name: 'Play', exact: true }).click();
      await expect.poll(() => valueNow(page), { timeout: 10_000 }).toBeGreaterThan(16);
      await page.getByRole('button', { name: 'Pause', exact: true }).click();
      expect(await page.evaluate('document.querySelector("#player").paused')).toBe(true);
      expect(complaints).toEqual([]);
      expect(requests).toEqual([`${pathToFileURL(folder).href}/a%20%22film%22%3A%20%231.mp4`]);
    });

    test('goes to its times where the player counts on its own clock', async () => {
      const path = await media.make(
        'late.webm',
        ...[...testPicture('size=160x90:rate=10:duration=30'), '-c:v', 'libvpx', '-deadline', 'realtime'],
        ...['-output_ts_offset', '5'],
      );
      const embedded = { kind: 'embed', path, mimeType: 'video/webm', isVideo: true } as const;
      const { page } = await openReport(open, sampleInput({ media: embedded }));
      await expect.poll(() => page.locator('#play').isVisible()).toBe(true);
      expect(await currentTime(page)).toBe(5);
      expect(await valueNow(page)).toBe(0);
      await page.getByRole('button', { name: 'Go to 0:12.4: Storytelling' }).click();
      expect(await currentTime(page)).toBeCloseTo(17.4, 6);
      await expect.poll(() => page.evaluate('document.querySelector("#player").seeking')).toBe(false);
      expect(await page.evaluate('state.position')).toBe(12.4);
    });

    test('plays one that is part of the page', async () => {
      const path = await make();
      const embedded = { kind: 'embed', path, mimeType: 'video/mp4', isVideo: true } as const;
      const { page, complaints, requests } = await openReport(open, sampleInput({ media: embedded }));
      await expect.poll(() => page.locator('#play').isVisible()).toBe(true);
      await page.getByRole('button', { name: 'Go to 0:22.0' }).first().click();
      expect(await currentTime(page)).toBe(22);
      await expect.poll(() => page.evaluate('document.querySelector("#player").seeking')).toBe(false);
      expect(complaints).toEqual([]);
      expect(requests).toEqual([]);
    });

    test('says that it has moved, works without it, and takes it from the user', async () => {
      const path = await make();
      const { page, folder } = await openReport(open, film('gone.mp4'));
      await expect.poll(() => page.locator('#player-fault').isVisible()).toBe(true);
      expect(await page.locator('#play').isVisible()).toBe(false);
      await page.getByRole('button', { name: 'Go to 0:12.4: Storytelling' }).click();
      expect(await valueNow(page)).toBe(12.4);
      expect(await violationsOf(page)).toEqual([]);
      await page.locator('#player-file').setInputFiles(path);
      await expect.poll(() => page.locator('#play').isVisible()).toBe(true);
      expect(await page.locator('#player-fault').isVisible()).toBe(false);
      expect(await currentTime(page)).toBe(12.4);
      await rm(folder, { recursive: true });
    });

    test('plays sound alone', async () => {
      const path = await media.make('sound.wav', '-f', 'lavfi', '-i', 'sine=duration=30');
      const sound = { kind: 'embed', path, mimeType: 'audio/wav', isVideo: false } as const;
      const { page, complaints } = await openReport(open, sampleInput({ media: sound }));
      await expect.poll(() => page.locator('audio#player').count()).toBe(1);
      await page.locator('#axis').press('End');
      expect(await currentTime(page)).toBe(30);
      expect(complaints).toEqual([]);
    });
  });
});

describeWithBrowser('the index of reports', (open) => {
  test.each(['light', 'dark'] as const)('keeps nobody out, in %s colours', async (colorScheme) => {
    const path = join(await makeTemporaryFolder(), 'index.html');
    await writeReportIndex(path, [
      reportIndexFilm('a.html', await picturedInput()),
      reportIndexFilm('b.html', hostileInput()),
      { kind: 'failure', source: evil, reason: evil },
    ]);
    for (const width of [1280, 375]) {
      const { page, complaints, requests } = await open(pathToFileURL(path).href, {
        colorScheme,
        viewport: { width, height: 800 },
      });
      expect(await page.getByRole('row').count()).toBe(3);
      expect(await violationsOf(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      expect([complaints, requests]).toEqual([[], []]);
    }
  });
});

/** Windows, shots and segments of one unit that tell different things, each of a part of the others' time. */
function layeredAnalysis() {
  const [window, segment] = [sampleAnalysis().timeline.windows[0]!, sampleAnalysis().segments[0]!]; // the sample has both
  const interval = (timestamp: number, durationSeconds: number, label: string, probability: number) => ({
    ...window,
    ...{ timestamp, durationSeconds, labels: [{ label, probability }] },
  });
  const part = (timestamp: number, durationSeconds: number, label: string, probability: number) => ({
    ...segment,
    ...{ timestamp, durationSeconds, label, probability },
  });
  return sampleAnalysis({
    tracks: [],
    timeline: { windows: [interval(0, 10, 'Calm', 0.7)], shots: [interval(2, 8, 'Tense', 0.6)] },
    segments: [part(4, 4, 'Imaginative', 0.5), part(4, 6, 'Curious', 0.4)],
  });
}

/** What a script writes on a canvas, and from where to where across. */
const textsDrawn = (page: Page, script: string) =>
  page.evaluate<{ text: string; left: number; right: number }[]>(`(() => {
    const context = document.createElement('canvas').getContext('2d');
    const texts = [];
    context.fillText = (text, left) => texts.push({ text, left, right: left + context.measureText(text).width });
    ${script}
    return texts;
  })()`);

/** Where across the strip of shots its pictures, which are red, stand: 0 to 1. */
const redsOf = (page: Page) =>
  page.evaluate<number[]>(`(() => {
    const canvas = document.querySelector('canvas[aria-label*=" shots, beginning "]');
    const { data: bytes } = canvas.getContext('2d').getImageData(0, 10, canvas.width, 1);
    return Array.from({ length: canvas.width }, (_, i) => i).filter((i) => bytes[4 * i] > 150).map((i) => i / canvas.width);
  })()`);

/** How many colours there are on each canvas: one where nothing is drawn. */
const drawnColours = (page: Page, canvases: string) =>
  page.evaluate<number[]>(`[...document.querySelectorAll('${canvases}')].map((canvas) => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return new Set(new Uint32Array(data.buffer)).size;
  })`);

const evil = `"'></script><img src=x onerror=window.isHacked=1>\u202ejavascript:alert(1)`;

/** A film whose every name and text is hostile. */
function hostileInput(): ReportInput {
  const { analysis, ...input } = JSON.parse(JSON.stringify(sampleInput()), (key, value) => {
    const isFree = [
      'label',
      'group',
      'filename',
      'path',
      'codec',
      'text',
      'primary_type',
      'description',
      'title',
      'name',
      'factors',
    ];
    return isFree.includes(key) && typeof value === 'string' ? evil : value;
  }) as ReportInput; // it is one, with other strings
  const { document } = input;
  const metadata = { ...document.technical_analysis.metadata, tags: { title: evil, [evil]: 'x' } };
  const parts = [{ part: 'vision', status: 'failed', reason: evil }] as const;
  return {
    ...input,
    document: { ...document, technical_analysis: { ...document.technical_analysis, metadata } },
    analysis: analysis && { ...analysis, parts },
    media: { kind: 'link', href: 'https://example.org/%22%3E%3Cscript%3E', isVideo: true },
  };
}

function emptyInput(): ReportInput {
  const document = sampleDocument();
  const { technical_analysis: technical, combined_insights: insights } = document;
  return {
    media: { kind: 'none' },
    evidence: [],
    analysis: undefined,
    document: {
      ...document,
      ai_classifications: { video: [], audio: [] },
      technical_analysis: {
        ...technical,
        metadata: {
          ...technical.metadata,
          duration: null,
          size: null,
          bitrate: null,
          tags: {},
          video_streams: [],
          audio_streams: [],
        },
        scene_analysis: { ...technical.scene_analysis, scene_timestamps: [] },
      },
      combined_insights: {
        ...insights,
        content_type: {
          ...insights.content_type,
          subtypes: [],
          format_info: { duration: null, resolution: null, frame_rate: null },
        },
        mood: { primary_mood: 'Neutral', mood_confidence: 0, mood_elements: [], mood_progression: [] },
      },
    },
  };
}

/** 20 h of 5000 shots, a window each 10 s, 20,000 segments and full curves. */
function longInput(jpeg: Uint8Array): ReportInput {
  const length = 72_000;
  const { timeline, segments, curves } = sampleAnalysis();
  const repeat = <T extends { timestamp: number; durationSeconds: number }>(
    parts: readonly T[],
    count: number,
  ): T[] =>
    Array.from({ length: count }, (_, i) => ({
      ...parts[i % parts.length]!, // an index of theirs
      timestamp: (i * length) / count,
      durationSeconds: length / count,
    }));
  const shots = repeat(sampleShots, 5000).map((shot, index) => ({ ...shot, index }));
  return sampleInput({
    analysis: sampleAnalysis({
      technical: sampleTechnical({ shots }),
      thumbnails: thumbnailsOf(jpeg, shots),
      segments: repeat(segments, 20_000),
      timeline: { shots: repeat(timeline.shots, 10_000), windows: repeat(timeline.windows, 21_600) },
      curves: curves.map((curve) => ({
        ...curve,
        points: Array.from({ length: 4000 }, (_, i) => ({ timestamp: i * 18, value: Math.sin(i) })),
      })),
    }),
  });
}
