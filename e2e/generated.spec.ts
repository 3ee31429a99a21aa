import { type Browser, expect, type Page, test } from '@playwright/test';
import { contract } from '../contract/src/index.ts';
import { type Person, person } from './person.ts';
import { type Sallyport, startSallyport } from './sallyport.ts';

const owner = { name: 'Ada Quist', email: 'ada@harbor.example', password: 'a gate with one leaf shut 9' };

let site: Sallyport;
let ada: Person;
test.beforeAll(async () => {
  test.setTimeout(240_000);
  site = await startSallyport({ demo: true });
  ada = person(site.origin);
  const token = new URL(site.setupLink).searchParams.get('token') ?? '';
  await ada.call(contract.identity.completeSetup, { body: { token, organization: 'Harbor', ...owner } });
});
test.afterAll(async () => site?.stop());
test.beforeEach(() => test.setTimeout(90_000));

/** Generates and publishes an app over a table of the demo, and opens it where the clock says something else than UTC. */
async function open(browser: Browser, table: string): Promise<Page> {
  const { items } = await ada.call(contract.sources.listSources);
  const app = await ada.call(contract.apps.generateApp, {
    body: {
      name: `All ${table}`,
      sourceId: items[0]!.id,
      environment: 'development',
      schema: 'public',
      table,
    },
  });
  const { hash } = await ada.call(contract.apps.planRelease, { params: { id: app.id } });
  await ada.call(contract.apps.publish, { params: { id: app.id }, body: { hash, note: '' } });
  const context = await browser.newContext({ timezoneId: 'America/New_York', reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.goto(`${site.origin}/signin?to=${encodeURIComponent(`/a/${app.slug}`)}`);
  await page.getByLabel('E-mail').fill(owner.email);
  await page.getByRole('textbox', { name: 'Password' }).fill(owner.password);
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => !url.pathname.includes('signin'));
  await page.goto(`${site.origin}/a/${app.slug}`);
  await expect(page.getByRole('gridcell').first()).toBeVisible({ timeout: 30_000 });
  return page;
}

test('a row with a time without a zone is saved by somebody who is not in UTC', async ({ browser }) => {
  const page = await open(browser, 'flights');
  await page.getByRole('gridcell').first().click();
  await page.keyboard.press('Enter');
  const drawer = page.getByRole('complementary', { name: /^Flights \d/ });
  await drawer.getByLabel('Note').fill('Seen from elsewhere');
  await drawer.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved.')).toBeVisible();
  await expect(page.getByRole('grid')).toBeFocused();
  await page.context().close();
});

test('a new row is made by the keyboard alone, a date included', async ({ browser }) => {
  const page = await open(browser, 'movies');
  const button = page.getByRole('button', { name: 'New row' });
  await button.press('Enter');
  const dialog = page.getByRole('dialog', { name: /^New row in/ });
  const title = dialog.getByRole('textbox', { name: 'Title' });
  await expect(title).toBeFocused();
  await page.keyboard.type('A door that opens');
  const released = dialog.getByRole('textbox', { name: 'Released on' });
  await released.focus();
  await page.keyboard.type('7 Apr 1999');
  await expect(page.getByRole('button', { name: '7 April 1999', exact: true })).toBeVisible();
  // Escape closes the calendar, and not the dialog around it.
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: '7 April 1999', exact: true })).toHaveCount(0);
  await expect(released).toHaveValue('7 Apr 1999');
  await title.press('Enter');
  await expect(page.getByText('Created.')).toBeVisible();
  await expect(button).toBeFocused();

  await page.getByLabel('Search').fill('A door that opens');
  const row = page.getByRole('row').filter({ hasText: 'A door that opens' });
  await expect(row).toContainText('7 Apr 1999');
  await page.context().close();
});
