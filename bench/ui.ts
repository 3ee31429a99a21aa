import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from '@playwright/test';
import type { Bench } from './report.ts';
import { openUiSite } from './ui/ui-site.ts';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const TABLE_ROWS = 100_000;

const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ??
  Number.NaN;

/** Times from a keystroke in the page's input until the last text that reads it is painted. */
async function stateChanges(page: Page, address: string, times: number): Promise<number[]> {
  await page.goto(`${address}/a/page300`);
  await page.getByLabel('Source').waitFor();
  await page.waitForTimeout(1_000);
  return page.evaluate(async (count) => {
    const input = document.querySelector<HTMLInputElement>('#rt-source')!;
    const shown = () => document.querySelector('[data-component="text24"] p')?.textContent;
    const write = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!;
    const took: number[] = [];
    for (let i = 0; i < count; i++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      const before = shown();
      const began = performance.now();
      await new Promise<void>((resolve) => {
        const watch = new MutationObserver(() => {
          if (shown() === before) return;
          watch.disconnect();
          // The task after the next frame: the frame with the change has been painted.
          requestAnimationFrame(() => {
            const painted = new MessageChannel();
            painted.port1.onmessage = () => resolve();
            painted.port2.postMessage(null);
          });
        });
        watch.observe(document.body, { subtree: true, childList: true, characterData: true });
        write.call(input, 'x'.repeat(2 + (i % 2) * 50 + (i % 7)));
        input.dispatchEvent(new Event('input', { bubbles: true }));
      });
      took.push(performance.now() - began);
    }
    return took;
  }, times);
}

/** Times between frames while the table is scrolled by a wheel's worth each frame. */
async function scrollFrames(page: Page, address: string, frames: number): Promise<number[]> {
  await page.goto(`${address}/a/table`);
  await page.locator('[data-row="0"]').waitFor({ timeout: 60_000 });
  await page.waitForTimeout(1_000);
  return page.evaluate(async (count) => {
    const grid = document.querySelector('[role="grid"]')!;
    const took: number[] = [];
    let last = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
    for (let i = 0; i < count; i++) {
      grid.scrollTop += 240;
      const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
      took.push(now - last);
      last = now;
    }
    return took;
  }, frames);
}

/** Compressed JavaScript that arrives before a released page shows its first component, with the sandbox's. */
async function scriptBytes(
  browser: Browser,
  address: string,
): Promise<{ readonly bytes: number; readonly files: number }> {
  const page = await browser.newPage();
  const client = await page.context().newCDPSession(page);
  const scripts = new Set<string>();
  let bytes = 0;
  await client.send('Network.enable');
  client.on('Network.responseReceived', ({ requestId, type }) => {
    if (type === 'Script') scripts.add(requestId);
  });
  client.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength;
  });
  await page.goto(`${address}/a/page300`);
  await page.getByLabel('Source').waitFor();
  await page.close();
  // The document of the sandbox is one script. It arrives in a frame of another process, which this client does not see.
  const sandbox = await fetch(`${address}/sandbox`, { headers: { 'accept-encoding': 'br' } });
  return { bytes: bytes + Number(sandbox.headers.get('content-length')), files: scripts.size + 1 };
}

/** `ui.page300`, `ui.table100k`, `ui.bytes`: the browser's part, in the system's Chromium over fixed answers. */
export const ui: Bench = async (report, { quick }) => {
  if (!existsSync(CHROMIUM)) {
    process.stderr.write(
      `There is no ${CHROMIUM}: the figures of ui.* are left out. CHROMIUM names another.\n`,
    );
    return;
  }
  const site = await openUiSite(TABLE_ROWS);
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    const changes = await stateChanges(page, site.address, quick ? 40 : 200);
    report.add('ui.page300', percentile(changes, 0.95), 'ms', { reach: 50, p50: percentile(changes, 0.5) });
    const frames = await scrollFrames(page, site.address, quick ? 120 : 600);
    report.add('ui.table100k', percentile(frames, 0.95), 'ms', { reach: 34, p50: percentile(frames, 0.5) });
    const { bytes, files } = await scriptBytes(browser, site.address);
    report.add('ui.bytes', bytes / 1024, 'KB', { reach: 300, files });
  } finally {
    await browser.close();
    await site.close();
  }
};
