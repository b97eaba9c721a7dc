import { spawnSync } from 'node:child_process';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';

const { CI, DEEPFFMPEG_CHROMIUM } = process.env;

/** A page in a real browser, with all that it did besides showing itself. */
export interface WatchedPage {
  readonly page: Page;
  /** What the console was told as a warning or an error, and errors that nobody caught. */
  readonly complaints: readonly string[];
  /** Addresses it asked for, itself and data apart. */
  readonly requests: readonly string[];
}

/** Opens a file or address; the page is closed when the test that called has finished. */
export type OpenPage = (address: string, options?: BrowserContextOptions) => Promise<WatchedPage>;

/**
 * Groups tests that open pages in a real Chromium. Where there is none they are skipped and say so; in CI they fail.
 * `DEEPFFMPEG_CHROMIUM` names another than those of the system.
 */
export function describeWithBrowser(title: string, define: (open: OpenPage) => void): void {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    const reason = 'there is no chromium on PATH, nor one named by DEEPFFMPEG_CHROMIUM';
    console.info(`skipped: ${title} (${reason})`);
    if (CI === 'true') test(title, () => expect.fail(reason));
    else test.skip(`${title} (${reason})`, () => {});
    return;
  }
  describe(title, { timeout: 60_000 }, () => {
    let browser: Browser | undefined;
    beforeAll(async () => {
      const { chromium } = await import('playwright-core'); // half a second that other tests need not spend
      // Chromium's sandbox refuses to work for root.
      browser = await chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 });
    }, 60_000);
    afterAll(() => browser?.close());

    define(async (address, options) => {
      if (!browser) throw new Error('the browser is started before the tests');
      const context = await browser.newContext(options);
      onTestFinished(() => context.close());
      const page = await context.newPage();
      const complaints: string[] = [];
      const requests: string[] = [];
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('request', (request) => {
        if (request.url() !== address && !request.url().startsWith('data:')) requests.push(request.url());
      });
      await page.goto(address);
      return { page, complaints, requests };
    });
  });
}

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const PLACES = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];

/** The first that starts: a name on PATH may be a stub that only tells how to install it. */
function findChromium(): string | undefined {
  const candidates = DEEPFFMPEG_CHROMIUM ? [DEEPFFMPEG_CHROMIUM] : [...NAMES.flatMap(whereIs), ...PLACES];
  return candidates.find((path) => spawnSync(path, ['--version'], { stdio: 'ignore' }).status === 0);
}

/** Playwright wants a whole path. */
function whereIs(name: string): string[] {
  const { status, stdout } = spawnSync('which', [name], { encoding: 'utf8' });
  return status === 0 ? [stdout.trim()] : [];
}
