import { type Browser, expect, type Page, test } from '@playwright/test';
import { contract } from '../contract/src/index.ts';
import { mariadbIsInstalled, startMariadb } from '../server/test/mariadb-server.ts';
import { owner, setUpOwner, signIn } from './harbor.ts';
import type { Person } from './person.ts';
import { type Sallyport, startSallyport } from './sallyport.ts';

let site: Sallyport;
let ada: Person;
test.beforeAll(async () => {
  test.setTimeout(240_000);
  site = await startSallyport({ demo: true });
  ada = await setUpOwner(site);
});
test.afterAll(async () => site?.stop());
test.beforeEach(() => test.setTimeout(90_000));

/** Generates and publishes an app over a table of a source, the demo at first, and opens it where the clock says something else than UTC. */
async function open(browser: Browser, table: string, schema = 'public', sourceId?: string): Promise<Page> {
  const { items } = await ada.call(contract.sources.listSources);
  const app = await ada.call(contract.apps.generateApp, {
    body: {
      name: `All ${table}`,
      sourceId: sourceId ?? items[0]!.id,
      environment: 'development',
      schema,
      table,
    },
  });
  const { hash } = await ada.call(contract.apps.planRelease, { params: { id: app.id } });
  await ada.call(contract.apps.publish, { params: { id: app.id }, body: { hash, note: '' } });
  const context = await browser.newContext({ timezoneId: 'America/New_York', reducedMotion: 'reduce' });
  const page = await context.newPage();
  await signIn(page, site.origin, owner);
  await page.goto(`${site.origin}/a/${app.slug}`);
  await expect(page.getByRole('gridcell').first()).toBeVisible({ timeout: 30_000 });
  return page;
}

test('a row with a time without a zone is saved by somebody who is not in UTC', async ({ browser }) => {
  const page = await open(browser, 'flights');
  await page.getByRole('gridcell').first().click();
  await page.keyboard.press('Enter');
  const drawer = page.getByRole('complementary', { name: /^Flights \d/ });
  // However low the window is, what saves a row is in reach.
  await page.setViewportSize({ width: 1280, height: 420 });
  for (const name of ['Save', 'Delete…'])
    await expect(drawer.getByRole('button', { name })).toBeInViewport({ ratio: 1 });
  // So is all of a calendar, which scrolls there.
  await drawer.getByRole('button', { name: /^Departed/ }).click();
  await expect(page.locator('[data-dates-dropdown]')).toBeInViewport({ ratio: 1 });
  await page.getByRole('button', { name: 'Done' }).click();
  await drawer.getByLabel('Note').fill('Seen from elsewhere');
  await drawer.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved.')).toBeVisible();
  await expect(page.getByRole('grid')).toBeFocused();
  // On a phone the list ends at the foot of the window, and it alone scrolls.
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(page.locator('.rt-card').first()).toBeVisible();
  const beyond = page.getByRole('main').evaluate((main) => main.scrollHeight - main.clientHeight);
  expect(await beyond).toBe(0);
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
  // The calendar of a refused date is not in the way of what is said of it.
  await released.fill('soon');
  await title.press('Enter');
  await expect(released).toBeFocused();
  await expect(dialog.getByText('Enter a date, such as')).toBeVisible();
  await expect(page.locator('[data-dates-dropdown]')).toHaveCount(0);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('7 Apr 1999');
  await expect(page.getByRole('button', { name: '7 April 1999', exact: true })).toBeVisible();
  await title.press('Enter');
  await expect(page.getByText('Created.')).toBeVisible();
  await expect(button).toBeFocused();

  await page.getByLabel('Search').fill('A door that opens');
  const row = page.getByRole('row').filter({ hasText: 'A door that opens' });
  await expect(row).toContainText('7 Apr 1999');
  await page.context().close();
});

test('a row of MariaDB is made and saved by somebody who is not in UTC, with every kind of value', async ({
  browser,
}) => {
  test.skip(!mariadbIsInstalled(), 'MariaDB is not installed');
  const server = await startMariadb();
  try {
    const admin = await server.admin();
    await admin.query('create database shop');
    const deferred = 'deferred until the papers are complete, '.repeat(6).trim();
    await admin.query(
      `create table shop.visits (id int auto_increment primary key, title varchar(20) not null, opened datetime, seen timestamp null, paid tinyint(1) not null, bits bit(8), state enum('open', '${deferred}'))`,
    );
    await admin.query(
      `insert into shop.visits values (1, 'one', '2026-03-04 05:06:07', '2026-03-04 05:06:07', 1, b'101', '${deferred}')`,
    );
    const source = await ada.call(contract.sources.connectSource, {
      body: {
        name: 'shop',
        environments: (['development', 'production'] as const).map((environment) => ({
          environment,
          settings: {
            engine: 'mysql' as const,
            host: server.host,
            port: server.port,
            database: 'shop',
            tls: 'off' as const,
          },
          credential: { kind: 'password' as const, user: server.adminUser, password: server.adminPassword },
        })),
      },
    });
    const page = await open(browser, 'visits', 'shop', source.id);
    // A tag that is longer than its column ends within it, and says the whole of it to who points at it.
    const tag = page.getByText('deferred until');
    const cell = page.getByRole('gridcell').filter({ has: tag });
    const cutBy = await tag.evaluate((text) => text.scrollWidth - text.clientWidth);
    const outsideBy = await cell.evaluate((one) => one.scrollWidth - one.clientWidth);
    expect([cutBy > 0, outsideBy]).toEqual([true, 0]);
    await tag.hover();
    await expect(page.getByRole('tooltip')).toHaveText(deferred);
    await page.getByRole('gridcell').first().click();
    await page.keyboard.press('Enter');
    const drawer = page.getByRole('complementary', { name: 'Visits 1' });
    // On a phone, a switch there is as large as a finger, as on the page.
    const wide = page.viewportSize()!;
    await page.setViewportSize({ width: 390, height: 844 });
    expect((await drawer.locator('.rt-check').boundingBox())?.height).toBeGreaterThanOrEqual(44);
    await page.setViewportSize(wide);
    await drawer.getByLabel('Title').fill('uno');
    await drawer.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Saved.')).toBeVisible();

    await page.getByRole('button', { name: 'New row' }).click();
    const dialog = page.getByRole('dialog', { name: /^New row in/ });
    await dialog.getByLabel('Title').fill('two');
    for (const name of ['Opened', 'Seen']) {
      await dialog.getByLabel(name).click();
      await page
        .getByRole('button', { name: /^15 \w+ \d{4}$/ })
        .first()
        .click();
      await page.locator('.mantine-TimePicker-field').nth(0).fill('14');
      await page.locator('.mantine-TimePicker-field').nth(1).fill('30');
      await page.keyboard.press('Enter');
    }
    await dialog.getByRole('button', { name: 'Create' }).click();
    await expect(page.getByText('Created.')).toBeVisible();
    const [rows] = await admin.query(
      'select title, time(opened) as opened, timestampdiff(hour, opened, seen) as later, paid, bits + 0 as bits from shop.visits',
    );
    await admin.end();
    await page.context().close();
    // 14:30 without a zone is 14:30 everywhere; of New York it is four or five hours later.
    expect((rows as { later: number }[])[1]?.later).toBeGreaterThan(3);
    expect(rows).toEqual([
      { title: 'uno', opened: '05:06:07', later: 0, paid: 1, bits: 5 },
      { title: 'two', opened: '14:30:00', later: expect.any(Number), paid: 0, bits: null },
    ]);
  } finally {
    await server.stop();
  }
});
