import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/**
 * What axe finds wrong with the page as it is, and with its colours when the system turns dark, a line a rule. Only what is
 * wrong is asked for, in the page itself: the way through a second page takes four times as long. The sandbox's frame shows
 * nothing.
 */
export async function accessibilityFindings(page: Page): Promise<string[]> {
  const axe = () =>
    new AxeBuilder({ page })
      .setLegacyMode()
      .options({ resultTypes: ['violations'] })
      .exclude('iframe');
  const found = [...(await axe().analyze()).violations];
  // A colour that is on its way to another one would be measured.
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await page.waitForFunction(() => getComputedStyle(document.documentElement).colorScheme === 'dark');
  const dark = await axe().withRules(['color-contrast', 'link-in-text-block']).analyze();
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  found.push(...dark.violations.map((one) => ({ ...one, id: `${one.id} in the dark` })));
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join('\n   ')}`);
}
