import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';

/** The path of Debian's Chromium. */
const executable = '/usr/bin/chromium';

export const isBrowserThere = existsSync(executable);
if (!isBrowserThere)
  console.warn(`LEFT OUT: tests of pages in a browser, for there is no ${executable} (Debian package chromium)`);

/** A browser that asks nobody for anything; a fresh profile each time. */
export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: executable,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });

export const desktop = { width: 1280, height: 900 };
export const phone = { width: 390, height: 844 };

/** A page opened from disk, and what it complains of: errors of its script or on the console, requests, dialogs. */
export interface Opened {
  readonly page: Page;
  readonly complaints: string[];
}

export async function open(
  browser: Browser,
  file: string,
  viewport = desktop,
  colorScheme: 'light' | 'dark' = 'light',
): Promise<Opened> {
  const page = await browser.newPage({ viewport, colorScheme, reducedMotion: 'reduce' });
  const complaints: string[] = [];
  const own = pathToFileURL(file).href;
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('dialog', (dialog) => {
    complaints.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (request.url() !== own && !request.url().startsWith('data:')) complaints.push(`a request: ${request.url()}`);
  });
  await page.goto(own);
  return { page, complaints };
}

/** What axe-core finds on a page that is serious or critical, each in a line. */
export async function seriousFindings(page: Page, rules?: readonly string[]): Promise<string[]> {
  await page.evaluate(axe.source);
  const only = rules && { runOnly: { type: 'rule', values: rules } };
  return page.evaluate<
    string[]
  >(`axe.run(document, ${JSON.stringify({ resultTypes: ['violations'], ...only })}).then(({ violations }) => violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => id + ': ' + nodes.length + ' times, first ' + nodes[0].html.slice(0, 200) + ' ' + (nodes[0].failureSummary ?? '')))`);
}

/** The rules of axe whose answers depend on the width or on the colours of a page: the others need be asked once. */
export const ofAppearance = ['color-contrast', 'target-size', 'scrollable-region-focusable', 'link-in-text-block'];

/** Whether a page is wider than its window. */
export const overflows = (page: Page): Promise<boolean> =>
  page.evaluate<boolean>('document.documentElement.scrollWidth > document.documentElement.clientWidth');
