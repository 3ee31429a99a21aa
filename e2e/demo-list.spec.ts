import { expect, type Page, test } from '@playwright/test';
import { owner, setUpOwner, signIn } from './harbor.ts';
import { type Sallyport, startSallyport } from './sallyport.ts';

let site: Sallyport;
let page: Page;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(240_000);
  site = await startSallyport({ demo: true });
  await setUpOwner(site);
  page = await browser.newPage();
  await signIn(page, site.origin, owner);
});
test.afterAll(async () => {
  await page?.close();
  await site?.stop();
});

test('Q17 the demo’s list joins names, and still selects and turns its pages beside its rows', async () => {
  const windows: Record<string, unknown>[] = [];
  page.on('request', (request) => {
    const body = request.url().endsWith('/v1/runs')
      ? (request.postDataJSON() as Record<string, unknown>)
      : {};
    if (body.query === 'list_flights') windows.push(body.window as Record<string, unknown>);
  });
  await page.goto(`${site.origin}/a/flight-desk`);
  const table = page.locator('[data-component="flights_table"]');
  const foot = table.locator('footer');
  await expect(foot).toContainText(/1–50 of 272[\s,.  ]?727/);
  // Its columns fit, so that nothing is to be scrolled sideways.
  expect(await table.locator('.rt-scroll').evaluate((e) => e.scrollWidth - e.clientWidth)).toBe(0);
  await page.getByRole('button', { name: 'Next page' }).click();
  await expect(foot).toContainText('51–100 of');
  expect(windows.at(-1)).toMatchObject({
    after: { id: expect.any(String), departed_at: expect.any(String) },
  });
  expect(windows.at(-1)?.offset ?? 0).toBe(0);
  await table.locator('[data-row="3"] [data-col="1"]').click();
  const selected = table.locator('[role="row"][aria-selected="true"]');
  await expect(selected).toHaveCount(1);
  // And where the keyboard is: a reader says what changes there.
  await expect(selected.locator('[aria-selected="true"]')).toHaveId(/-active$/);
  const chosen = await selected.textContent();
  await page.getByRole('button', { name: 'Next page' }).click();
  await expect(foot).toContainText('101–150 of');
  await page.getByRole('button', { name: 'Previous page' }).click();
  await expect(foot).toContainText('51–100 of');
  await expect(selected).toHaveText(chosen ?? '');
});

test('on a phone with large text of a person’s own, what opens stays in the window', async () => {
  const wide = page.viewportSize()!;
  await page.setViewportSize({ width: 390, height: 844 });
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '32px';
  });
  await page.locator('[data-component="flights_table"]').getByRole('button', { name: 'Filter' }).click();
  await expect(page.getByRole('button', { name: 'Add filter' })).toBeInViewport({ ratio: 1 });
  await page.keyboard.press('Escape');
  await page.evaluate(() => document.documentElement.removeAttribute('style'));
  await page.setViewportSize(wide);
});

test('D1 D2 the demo is a server of its own, connected by the owner at set-up, and that is on the record', async () => {
  const answer = async (path: string) => (await page.request.get(site.origin + path)).json();
  const [demo] = (await answer('/v1/sources')).items;
  expect(demo.environments[0].settings).toMatchObject({ engine: 'postgres', host: '127.0.0.1' });
  for (const event of ['demo.installed', 'sources.connected'])
    expect((await answer(`/v1/audit/records?event=${event}`)).items).toMatchObject([
      { actor: { email: owner.email }, outcome: 'allowed' },
    ]);
});
