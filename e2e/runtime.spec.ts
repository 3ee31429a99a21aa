import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { contract } from '../contract/src/index.ts';
import { accessibilityFindings } from './accessibility.ts';
import { inviteMember, member, setUpOwner, signIn } from './harbor.ts';
import type { Person } from './person.ts';
import { deskApp } from './runtime/desk-app.ts';
import { type Sallyport, startSallyport } from './sallyport.ts';

let site: Sallyport;
let ada: Person;
let appId: string;
let release: string;
let context: BrowserContext;
let page: Page;
const problems: string[] = [];

async function publish(note: string): Promise<void> {
  const { hash } = await ada.call(contract.apps.planRelease, { params: { id: appId } });
  await ada.call(contract.apps.publish, { params: { id: appId }, body: { hash, note } });
  release = hash;
}

/** Somebody else adds a flight, or takes one away. */
async function elsewhere(query: 'add_flight' | 'drop_flight', id: number): Promise<void> {
  const body = { release, query, arguments: { flights_selectedKey: id } };
  const answer = await ada.fetch(contract.gateway.run, { body });
  expect(answer.status, await answer.text()).toBe(200);
}

test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ browser }) => {
  test.setTimeout(240_000);
  site = await startSallyport({ demo: true });
  ada = await setUpOwner(site);
  await inviteMember(site, ada);
  const { items } = await ada.call(contract.sources.listSources);
  const app = await ada.call(contract.apps.importApp, { body: { bundle: deskApp(items[0]?.slug ?? '') } });
  appId = app.id;
  await ada.call(contract.apps.changeApp, {
    params: { id: appId },
    body: { slug: 'desk', audience: { everyone: true, groups: [] } },
  });
  await publish('first');
  context = await browser.newContext({ reducedMotion: 'reduce' });
  page = await context.newPage();
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    if (/Content Security Policy|Trusted/.test(message.text())) problems.push(message.text());
  });
  await signIn(page, site.origin, member);
});
test.afterAll(async () => {
  await context?.close();
  await site?.stop();
});

const grid = () => page.getByRole('grid', { name: 'Flights' });
const cell = (row: number, column: number) => grid().locator(`[data-row="${row}"] [data-col="${column}"]`);
const foot = () => page.locator('[data-component="flights"] footer');

test('what an app is made of is asked for at once, and not one after the other', async () => {
  const slow = await context.newPage();
  const asked: string[] = [];
  slow.on('request', (request) => asked.push(new URL(request.url()).pathname));
  const isAsked = (path: RegExp) => expect.poll(() => asked.some((one) => path.test(one))).toBe(true);

  // The entry does not come; what it would ask for does.
  await slow.route(/\/assets\/index-.*js$/, (route) => route.abort());
  await slow.goto(`${site.origin}/a/desk`, { waitUntil: 'commit' });
  for (const name of ['react', 'mantine', 'lib', 'ui']) await isAsked(new RegExp(`/assets/${name}-.*js$`));
  await slow.unrouteAll();

  // Nobody says yet who is signed in; then the app does not come, and at last is refused.
  const session = Promise.withResolvers<void>();
  const app = Promise.withResolvers<void>();
  await slow.route('**/v1/session', (route) => session.promise.then(() => route.continue()));
  await slow.route('**/v1/open/desk', (route) => app.promise.then(() => route.abort()));
  await slow.goto(`${site.origin}/a/desk`, { waitUntil: 'commit' });
  await isAsked(/^\/assets\/RuntimePage-/);
  session.resolve();
  await isAsked(/^\/sandbox$/);
  app.resolve();
  await expect(slow.locator('iframe')).toHaveCount(0);
  await slow.close();
});

test('a member opens a release: the first page of the table, with its total', async () => {
  await page.locator('a[href="/a/desk"]').first().press('Enter');
  await expect(page).toHaveURL(/\/a\/desk/);
  // The link that led here is gone: the keyboard begins in the page, and what it begins with is its one heading.
  await expect(page.getByRole('main', { name: 'List' })).toBeFocused();
  await expect(page.getByRole('heading', { name: 'Flight desk', level: 1 })).toBeVisible();
  // What a browser translates, or makes a link of, would stand as it was when its value changes.
  expect(await page.evaluate(() => document.documentElement.translate)).toBe(false);
  await expect(page.locator('meta[name="google"]')).toHaveAttribute('content', 'notranslate');
  await expect(page.locator('meta[name="format-detection"]')).toHaveAttribute('content', /telephone=no/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
  await expect(foot()).toContainText(/1–50 of 2\d\d,\d{3}/, { timeout: 30_000 });
  await expect(cell(0, 0)).not.toBeEmpty();
  // On paper, every row that the foot counts.
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await expect(grid().locator('[data-row]')).toHaveCount(50);
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  await expect(cell(49, 0)).toHaveCount(0);
  await expect(page.locator('[data-component="howMany"]')).toContainText(/2\d\d,\d{3}/);
});

test('paging, sorting, search and filters are asked of the server', async () => {
  const sent: { window?: Record<string, unknown> }[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/v1/runs')) sent.push(request.postDataJSON());
  });
  await page.getByRole('button', { name: 'Next page' }).click();
  await expect(foot()).toContainText('51–100 of');
  await page.getByRole('columnheader', { name: 'Miles' }).click();
  await expect(page.getByRole('columnheader', { name: 'Miles' })).toHaveAttribute('aria-sort', 'ascending');
  await expect(foot()).toContainText('1–50 of');
  await page.getByRole('columnheader', { name: 'Miles' }).click();
  await expect(page.getByRole('columnheader', { name: 'Miles' })).toHaveAttribute('aria-sort', 'descending');
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('combobox', { name: 'Column' }).click();
  await page.getByRole('option', { name: 'From' }).click();
  await page.getByLabel('Value').fill('SFO');
  await page.getByRole('button', { name: 'Add filter' }).click();
  await expect(page.getByText('From is SFO', { exact: true })).toBeVisible();
  // Asked for twice, it is one.
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByLabel('Value').fill('SFO');
  await page.getByRole('button', { name: 'Add filter' }).click();
  await expect(page.getByLabel('Value')).toHaveCount(0);
  await expect(page.getByText('From is SFO', { exact: true })).toHaveCount(1);
  await expect(cell(0, 1)).toHaveText('SFO');
  await page.getByRole('searchbox').fill('nowhere at all');
  // It is read out. What takes it back is gone then: the keyboard goes on at what is before.
  await expect(page.getByRole('status').getByText(/the filter and “nowhere at all”/)).toBeVisible();
  const chip = page.getByRole('button', { name: 'Remove the filter From is SFO' });
  await chip.press('Enter');
  await expect(page.getByRole('status').getByText('Nothing contains “nowhere at all”')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Filter', exact: true })).toBeFocused();
  await page.getByRole('searchbox').fill('x'.repeat(201));
  await expect(page.getByText('Not searched. Maximum 200 characters, entered 201.')).toBeVisible();
  await page.getByRole('button', { name: 'Clear the search' }).press('Enter');
  await expect(foot()).toContainText('1–50 of');
  await expect(grid()).toBeFocused();
  await page.getByRole('columnheader', { name: 'Miles' }).click();
  await expect(page.getByRole('columnheader', { name: 'Miles' })).toHaveAttribute('aria-sort', 'none');
  await expect(page.locator('[data-component="flights"] section[aria-busy="false"]')).toBeVisible();
  expect(sent.some(({ window }) => window?.after !== undefined)).toBe(true);
  for (const body of sent) expect(Object.keys(body)).not.toContain('sql');
});

test('Q17 rows that come and go between pages are neither shown twice nor missed', async () => {
  let received = '';
  await page.route('**/v1/runs', async (route) => {
    const response = await route.fetch();
    received = await response.text();
    await route.fulfill({ response, body: received });
  });
  const turned = async (label: string): Promise<number[]> => {
    received = '';
    await page.getByRole('button', { name: label }).click();
    await expect.poll(() => received).toContain('"end"');
    await expect(page.locator('[data-component="flights"] section[aria-busy="false"]')).toBeVisible();
    return [...received.matchAll(/"id":"(-?\d+)"/g)].map(([, id]) => Number(id));
  };
  const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
  await expect(foot()).toContainText('1–50 of');
  for (const id of [-1, -2]) await elsewhere('add_flight', id);
  await elsewhere('drop_flight', 10);
  // Counted, this page would begin at 50 again.
  expect(await turned('Next page')).toEqual(range(51, 100));
  await expect(foot()).toContainText('52–101 of');
  await expect(cell(0, 0)).toHaveText('51');
  await elsewhere('drop_flight', 60);
  expect(await turned('Next page')).toEqual(range(101, 150));
  await expect(foot()).toContainText('101–150 of');
  expect(await turned('Previous page')).toEqual(range(50, 100).filter((id) => id !== 60));
  await expect(foot()).toContainText('51–100 of');
  expect(await turned('Previous page')).toEqual([-2, -1, ...range(1, 49).filter((id) => id !== 10)]);
  await expect(foot()).toContainText('1–50 of');
  await expect(page.getByRole('button', { name: 'Previous page' })).toHaveAttribute('aria-disabled', 'true');
  for (const id of [-1, -2]) await elsewhere('drop_flight', id);
  await page.unroute('**/v1/runs');
  await page.getByRole('button', { name: 'Refresh' }).click();
  await expect(cell(0, 0)).toHaveText('1');
});

test('the keyboard moves, selects, opens and copies; the selection outlives paging', async () => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: site.origin });
  await grid().focus();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  const from = await cell(1, 1).textContent();
  await page.keyboard.press('Control+c');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(from);
  await page.keyboard.press('Space');
  const id = await cell(1, 0).textContent();
  await expect(page.getByText(`Chosen ${id}`)).toBeVisible();
  await page.getByRole('button', { name: 'Next page' }).click();
  await expect(foot()).toContainText('51–100 of');
  await expect(page.getByText(`Chosen ${id}`)).toBeVisible();
  await page.getByRole('button', { name: 'Previous page' }).click();
  await expect(foot()).toContainText('1–50 of');
  await expect(grid().locator('[role="row"][aria-selected="true"]')).toContainText(String(id));
  await grid().focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary', { name: /Flight / })).toBeVisible();
});

test('a form checks its inputs, asks, writes with typed arguments, and the table shows it', async () => {
  const drawer = page.getByRole('complementary', { name: /Flight / });
  await drawer.getByLabel('Note').fill('');
  await drawer.getByRole('button', { name: 'Save' }).click();
  await expect(drawer.getByText('Note is required.')).toBeVisible();
  await drawer.getByLabel('Note').fill(`<b>Gate</b> 7'); drop table flights; --`);
  await drawer.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('dialog', { name: 'Save this note?' })).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('Saved.')).toHaveCount(0);
  await drawer.getByRole('button', { name: 'Save' }).click();
  // The answer repeats the word of the button.
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved.')).toBeVisible();
  await expect(grid().getByText(`<b>Gate</b> 7'); drop table flights; --`)).toBeVisible();
});

test('what was typed for one row never reaches another, and is not lost without a question', async () => {
  const drawer = page.getByRole('complementary', { name: /Flight / });
  await cell(3, 1).click();
  await drawer.getByLabel('Note').fill('for the row before');
  const question = page.getByRole('dialog', { name: 'Discard changes?' });
  const ways = [
    () => cell(4, 1).click(),
    () => page.keyboard.press('Escape'),
    () => page.getByRole('link', { name: 'All apps' }).click(),
  ];
  for (const leave of ways) {
    await leave();
    await question.getByRole('button', { name: 'Cancel' }).click();
    await expect(question).toHaveCount(0);
    expect(new URL(page.url()).pathname).toMatch(/^\/a\/desk/);
    await expect(drawer.getByLabel('Note')).toHaveValue('for the row before');
  }
  await cell(4, 1).click();
  await question.getByRole('button', { name: 'Discard' }).click();
  await expect(drawer.getByLabel('Note')).toHaveValue('');
  await drawer.getByRole('button', { name: 'Close' }).click();
  await expect(drawer).toHaveCount(0);
});

test('R6 a row that is deleted is selected no more', async () => {
  await elsewhere('add_flight', -1);
  await page.getByRole('button', { name: 'Refresh' }).click();
  await expect(cell(0, 0)).toHaveText('-1');
  await cell(0, 1).click();
  await expect(page.getByText('Chosen -1')).toBeVisible();
  await elsewhere('drop_flight', -1);
  await page.getByRole('button', { name: 'Refresh' }).click();
  await expect(cell(0, 0)).toHaveText('1');
  await expect(page.getByText('Chosen -1')).toHaveCount(0);
});

test('what opens a row is in sight, also of a table that is wider than the window', async () => {
  const wide = page.viewportSize()!;
  await page.setViewportSize({ width: 760, height: 700 });
  const rows = page.locator('[data-component="flights"] .rt-scroll');
  expect(await rows.evaluate((at) => at.scrollWidth - at.clientWidth)).toBeGreaterThan(20);
  await cell(3, 1).hover();
  const open = page.locator('[data-row="3"] [data-open]');
  for (const at of [0, 10_000]) {
    await rows.evaluate((scroll, left) => scroll.scrollTo({ left }), at);
    await cell(3, 2).hover();
    const box = (await open.boundingBox())!;
    expect(box.x + box.width).toBeLessThanOrEqual(760);
    expect(box.x).toBeGreaterThan(700);
  }
  await page.setViewportSize(wide);
});

test('W9 a session that ends under a page is taken up again, with what was typed', async () => {
  await cell(5, 1).hover();
  await page.locator('[data-row="5"] [data-open]').click();
  const drawer = page.getByRole('complementary', { name: /Flight / });
  await drawer.getByLabel('Note').fill('typed before the session ended');
  const cookies = await context.cookies();
  await context.clearCookies();
  await page.getByRole('button', { name: 'Divide' }).click();
  const again = page.getByRole('dialog', { name: 'Your session has ended' });
  await expect(again).toBeVisible();
  await again.getByRole('button', { name: 'Sign in' }).click();
  await expect(again.getByText('Password is required.')).toBeVisible();
  // The key is of what stands in front, and that stays.
  for (let times = 0; times < 3; times++) await page.keyboard.press('Escape');
  // As a browser does it at a phone's second way back.
  await again.evaluate((dialog: HTMLDialogElement) => dialog.close());
  await expect(again.getByRole('textbox', { name: 'Password' })).toBeFocused();
  await again.getByRole('textbox', { name: 'Password' }).fill(member.password);
  await again.getByRole('button', { name: 'Sign in' }).click();
  await expect(again).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Divide' })).toBeFocused();
  const undone = page.getByRole('alert').filter({ hasText: 'Your session had ended, so this was not done.' });
  await undone.getByRole('button', { name: 'Close' }).click();
  await expect(drawer.getByLabel('Note')).toHaveValue('typed before the session ended');
  expect((await context.cookies()).map(({ value }) => value)).not.toEqual(cookies.map(({ value }) => value));

  // Rows that could not be read for want of a session are read by themselves.
  await context.clearCookies();
  await page.getByRole('columnheader', { name: 'Miles' }).click();
  await again.getByRole('textbox', { name: 'Password' }).fill(member.password);
  await again.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('columnheader', { name: 'Miles' })).toHaveAttribute('aria-sort', 'ascending');
  await expect(page.locator('[data-component="flights"] section[aria-busy="false"]')).toBeVisible();
  await expect(page.getByText('These rows may be out of date.')).toHaveCount(0);
  for (let turn = 0; turn < 2; turn += 1) await page.getByRole('columnheader', { name: 'Miles' }).click();

  // Signed out in another tab, it says so at once and not with the next thing that is tried.
  const beside = await context.newPage();
  await beside.goto(site.origin);
  await beside.getByRole('button', { name: /Bo Lind|bo@harbor/ }).click();
  await beside.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(again).toBeVisible();
  await beside.close();
  await again.getByRole('textbox', { name: 'Password' }).fill(member.password);
  await again.getByRole('button', { name: 'Sign in' }).click();
  await expect(again).toHaveCount(0);
  await drawer.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(drawer).toHaveCount(0);
});

test('a failed query says what, why, next, and an id to quote; nothing of the source leaks', async () => {
  await page.getByRole('button', { name: 'Divide' }).click();
  const toast = page.getByRole('alert').filter({ hasText: 'The data source rejected the statement.' });
  await expect(toast).toContainText(/Request \S{6,}/);
  await expect(toast).not.toContainText(/127\.0\.0\.1|postgres:|password/i);
  await toast.getByRole('button', { name: 'Close' }).press('Enter');
  await expect(toast).toHaveCount(0);
  await expect(page.locator(':focus')).toHaveCount(1);
});

test('rows that could not be read again are told from those that were asked for', async () => {
  await page.route('**/v1/runs', (route) => route.abort());
  await page.getByRole('searchbox').fill('SFO');
  const note = page.getByRole('alert').filter({ hasText: 'These rows may be out of date' });
  await expect(note).toContainText('Sallyport did not respond.');
  await page.unroute('**/v1/runs');
  await note.getByRole('button', { name: 'Try again' }).press('Enter');
  await expect(note).toHaveCount(0);
  await expect(page.locator('[data-component="flights"] :focus')).toHaveCount(1);
  await page.getByRole('searchbox').fill('');
  await expect(foot()).toContainText(/1–50 of 2\d\d,\d{3}/);
});

test('hostile text stays text, an error stays at its field', async () => {
  await page.goto(`${site.origin}/a/desk/other?who=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E`);
  await expect(page.getByText('Hello <img src=x onerror=alert(1)>')).toBeVisible();
  await expect(page.locator('[data-component="greeting"] img')).toHaveCount(0);
  await expect(page.getByRole('button', { name: /wrong has an error.*Did you mean “data”/ })).toBeVisible();
  await expect(page.getByText('Still here: 3')).toBeVisible();
  await expect(page.locator('[data-component="broken"]')).toContainText('The data could not be loaded');
  await page.goto(`${site.origin}/a/desk/other?who=invoice%E2%80%AEfdp.exe`);
  for (const shown of ['greeting', 'who'])
    await expect(page.locator(`[data-component="${shown}"]`)).toContainText('invoice⟨U+202E⟩fdp.exe');
});

test('a component that cannot be drawn says so in its place, and the others are there', async () => {
  const other = await context.newPage();
  await other.addInitScript(() => {
    const { observe } = ResizeObserver.prototype;
    ResizeObserver.prototype.observe = function (element, options) {
      if (element.matches('.rt-statistic') && !('drawn' in globalThis)) throw new Error('Not drawn.');
      observe.call(this, element, options);
    };
    // Not before the press: its data may come late, and it would then be drawn without.
    addEventListener('click', () => Object.assign(globalThis, { drawn: true }), { capture: true });
  });
  await other.goto(`${site.origin}/a/desk`);
  await expect(other.getByRole('alert').filter({ hasText: 'howMany could not be displayed.' })).toBeVisible();
  await expect(other.getByRole('grid', { name: 'Flights' }).locator('[data-row="0"]')).toBeVisible();
  await other.locator('[data-component="howMany"]').getByRole('button', { name: 'Try again' }).click();
  await expect(other.locator('[data-component="howMany"]')).toContainText(/2\d\d,\d{3}/);
  await other.close();
});

test('an address that the browser does not open by itself is offered, and its tab knows nothing of this one', async () => {
  await context.route('https://map.example/**', (route) => route.fulfill({ body: 'A map' }));
  const other = await context.newPage();
  await other.goto(`${site.origin}/a/desk/other`);
  // Once, as where the press is long ago.
  await other.evaluate(() => {
    const { open } = window;
    window.open = () => {
      window.open = open;
      return null;
    };
  });
  await other.getByRole('button', { name: 'On the map' }).click();
  const blocked = other.getByRole('alert').filter({ hasText: 'Your browser blocked a new tab.' });
  await expect(blocked).toContainText(/https:\/\/map\.example\/2\d{5}/);
  const opened = other.waitForEvent('popup');
  await blocked.getByRole('button', { name: 'Open' }).click();
  const tab = await opened;
  await expect(tab.getByText('A map')).toBeVisible();
  expect(await tab.evaluate(() => [window.opener, document.referrer])).toEqual([null, '']);
  await expect(blocked).toHaveCount(0);
  await tab.close();
  // A link in a table is followed by key as well.
  const maps = other.getByRole('grid', { name: 'Maps' });
  // A count is a text to an expression, and a number to who reads what it hands on.
  await expect(maps.locator('[data-row="0"] [data-col="2"]')).toHaveText(/^\d{1,3}(?:,\d{3})+$/);
  await maps.focus();
  await other.keyboard.press('ArrowRight');
  const [followed] = await Promise.all([other.waitForEvent('popup'), other.keyboard.press('Enter')]);
  await expect(followed).toHaveURL('https://map.example/SFO');
  await Promise.all([followed.close(), other.close()]);
});

test('inputs keep their types: 20 digits, a date, a time on its last day, a choice, a switch', async () => {
  // What a comma was read as is said of what somebody typed, and not of what stands there.
  await expect(page.getByLabel('Amount')).toHaveValue('2,450');
  await expect(page.getByText('Read as')).toHaveCount(0);
  await page.getByLabel('Amount').fill('1,250');
  await expect(page.getByText('Read as 1250.')).toBeVisible();
  await page.getByLabel('Amount').fill('12345678901234567890.5');
  await page.getByRole('switch', { name: 'Urgent' }).click();
  await page.getByRole('combobox', { name: 'Size' }).click();
  await page.getByRole('option', { name: 'Two' }).click();
  await page.getByLabel('Day').fill('31.02.2026');
  await page.getByLabel('Amount').click();
  await expect(page.getByText('Enter a date, such as 22 Nov 2026.')).toBeVisible();
  await page.getByRole('button', { name: 'Clear Day' }).click();
  await expect(page.getByText('Enter a date, such as 22 Nov 2026.')).toHaveCount(0);
  await page.getByLabel('Day').fill('22.11.2026');
  await expect(page.getByRole('button', { name: '22 November 2026' })).toBeVisible();
  await page.getByRole('textbox', { name: 'Day' }).press('Enter');
  await expect(page.getByRole('button', { name: '22 November 2026' })).toHaveCount(0);
  // A button is heard as its name alone, so that has the value as well.
  const until = (time: string) =>
    page.getByRole('button', { name: `Until, required, 22 Nov 2026, ${time}`, exact: true });
  await until('08:00').click();
  // A second click leaves all of it selected, and what is typed replaces it.
  await page.getByLabel('Hours').click();
  await page.getByLabel('Hours').click();
  await page.keyboard.type('0915');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-component="echo"]')).toHaveText(
    '{"amount":"12345678901234567890.5","day":"2026-11-22","size":2,"until":"2026-11-22T09:15:00","urgent":true}',
  );
  await expect(until('09:15')).toBeFocused();
  const since = page.getByRole('textbox', { name: 'Since' });
  await expect(since).toHaveAttribute('aria-required', 'true');
  const here = await page.evaluate(() => new Date('2026-10-31T22:00:00-05:00').getDate());
  await expect(since).toHaveValue(here === 1 ? '1 Nov 2026' : '31 Oct 2026');
  // A tooltip is of the whole field: whoever is in it has it read out after what the field says itself.
  await since.focus();
  await expect(since).toHaveAccessibleDescription('The first day Of the lease');
  await page.keyboard.press('Escape');
  await expect(since).toHaveAccessibleDescription('The first day');
});

test('in a list of choices, Enter takes the first match, keeps what is chosen, and empties what was taken out', async () => {
  const port = page.getByRole('combobox', { name: 'Port', exact: true });
  const chosen = (text: string) =>
    expect(page.locator('[data-component="chosenPorts"]')).toHaveText(`Ports: ${text}`);
  // It is highlighted a moment after the letter; a person sees it before they press Enter.
  const highlighted = (name: string) =>
    expect(page.getByRole('option', { name, exact: true })).toHaveAttribute('data-combobox-selected', 'true');
  await chosen('["Ankara",[]]');
  await port.fill('ozt');
  await highlighted('Öztürk');
  await port.press('Enter');
  await chosen('["Öztürk",[]]');
  // What is called just so comes before what only contains it.
  await port.fill('berlin');
  await highlighted('Berlin');
  await port.press('Enter');
  await chosen('["Berlin",[]]');
  // Typed again unchanged, the list is whole and its first is another.
  await port.press('Backspace');
  await highlighted('Berlin');
  await port.press('n');
  await port.press('Enter');
  await chosen('["Berlin",[]]');
  // Searched for again, it is meant, not taken away.
  await port.press('Backspace');
  await highlighted('Berlin');
  await port.press('Enter');
  await chosen('["Berlin",[]]');
  await expect(port).toHaveValue('Berlin');
  // Nor is it where the list is only looked at.
  await port.click();
  await port.press('Enter');
  await expect(port).toHaveAttribute('aria-expanded', 'false');
  await chosen('["Berlin",[]]');
  await port.fill('nothing like it');
  await port.press('Enter');
  await chosen('["Berlin",[]]');
  await port.fill('');
  await port.press('Enter');
  await chosen('[null,[]]');

  const ports = page.getByRole('combobox', { name: 'Ports' });
  await ports.fill('east');
  await highlighted('East Berlin');
  await ports.press('Enter');
  await chosen('[null,["East Berlin"]]');
  await ports.press('Enter');
  await chosen('[null,["East Berlin"]]');
});

test('what is typed in the middle of a text stays there, and an input method goes on composing', async () => {
  const lines = page.getByLabel('Lines');
  await lines.press('Control+Home');
  await page.keyboard.type('XY');
  await expect(lines).toHaveValue('XYone\ntwo');
  const devtools = await context.newCDPSession(page);
  for (const text of ['お', 'おお', '大阪']) {
    await devtools.send('Input.imeSetComposition', { text, selectionStart: 0, selectionEnd: text.length });
    await expect(lines).toHaveValue(`XY${text}one\ntwo`);
  }
  await devtools.send('Input.insertText', { text: '大阪' });
  await expect(lines).toHaveValue('XY大阪one\ntwo');
});

test('what is hidden with the keyboard in it leaves it at what is before', async () => {
  await page.getByRole('button', { name: 'Leave' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Leave' })).toHaveCount(0);
  await expect(page.locator('[data-component="until"] :focus')).toHaveCount(1);
});

test('in forced colours, a line tells the page that is shown from the others', async () => {
  await page.emulateMedia({ forcedColors: 'active' });
  const lines = await page
    .getByRole('navigation', { name: 'Pages' })
    .getByRole('link')
    .evaluateAll((links) => links.map((link) => getComputedStyle(link).borderBottomColor));
  expect(lines).toHaveLength(2);
  expect(new Set(lines).size).toBe(2);
  await page.emulateMedia({ forcedColors: null });
});

test('on an iPhone, a finger scrolls the page on from the end of a table, and types a number below zero', async ({
  browser,
}) => {
  const storageState = await context.storageState();
  const held = await browser.newContext({
    storageState,
    hasTouch: true,
    isMobile: true,
    userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X)',
    viewport: { width: 900, height: 320 },
  });
  const other = await held.newPage();
  await other.goto(`${site.origin}/a/desk`);
  const grid = other.getByRole('grid', { name: 'Flights' });
  await expect(grid.getByRole('gridcell').first()).toBeVisible();
  await grid.evaluate((one) => one.scrollIntoView());
  const { y: top } = (await grid.boundingBox())!;
  const devtools = await held.newCDPSession(other);
  const scrolled = () => other.getByRole('main').evaluate((one) => one.scrollTop);
  const before = await scrolled();
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...at: number[]) =>
    devtools.send('Input.dispatchTouchEvent', { type, touchPoints: at.map((y) => ({ x: 450, y })) });
  await touch('touchStart', top + 50);
  for (let y = top + 60; y <= top + 150; y += 10) await touch('touchMove', y);
  await touch('touchEnd');
  await expect.poll(scrolled).toBeLessThan(before - 50);
  await other.goto(`${site.origin}/a/desk/other`);
  await expect(other.getByLabel('Amount')).toHaveAttribute('inputmode', 'text');
  await held.close();
});

test('a chart has its data as a table', async () => {
  await expect(page.getByRole('img', { name: /bar chart of flights by carrier/ })).toBeVisible();
  await page.getByRole('button', { name: 'Show as a table' }).click();
  await expect(page.getByRole('region', { name: 'Busiest' }).getByRole('row')).not.toHaveCount(1);
});

test('R9 a new release is offered, and taking it keeps what was typed', async () => {
  const { version, pages } = await ada.call(contract.apps.getDraft, { params: { id: appId } });
  const other = pages.pages.other!;
  other.components.greeting!.props.text = 'Good day {{ url.searchParams.who }}';
  await ada.call(contract.apps.savePages, { params: { id: appId }, body: { version, pages } as never });
  await publish('second');
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })));
  await expect(page.getByText('Release 2 is available.')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText(/^Hello/)).toBeVisible();
  await page.getByRole('button', { name: 'Use release 2' }).click();
  await expect(page.getByText(/^Good day/)).toBeVisible();
  await expect(page.getByLabel('Amount')).toHaveValue('12345678901234567890.5');
});

test('a release that was rolled back refuses the next run, and what is in its place is offered at once', async () => {
  const { items } = await ada.call(contract.apps.listReleases, { params: { id: appId } });
  await page.getByRole('link', { name: 'List' }).click();
  await expect(page.locator('[aria-live]').filter({ hasText: /^List$/ })).toBeAttached();
  const wide = page.viewportSize()!;
  await page.setViewportSize({ width: 360, height: 800 });
  await page.locator('.rt-card').first().click();
  await ada.call(contract.apps.rollBack, { params: { id: appId }, body: { hash: items.at(-1)?.hash ?? '' } });
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })));
  // On a phone a drawer covers the page, which offers it below.
  const drawer = page.locator('.rt-drawer');
  await expect(drawer.getByRole('button', { name: 'Use release 1' })).toBeVisible();
  await drawer.getByRole('button', { name: 'Close' }).click();
  await page.setViewportSize(wide);
  await page.getByRole('button', { name: 'Divide' }).click();
  await expect(page.getByText('This release does not exist or can no longer run.').first()).toBeVisible();
  await page.getByRole('button', { name: 'Use release 1' }).click();
  // While it switches, the button is called otherwise and the app is still the one before.
  await expect(page.getByText('Release 1 is available.')).toHaveCount(0);
  await page.getByRole('button', { name: 'Divide' }).click();
  await expect(page.getByText('The data source rejected the statement.')).toBeVisible();
});

for (const [name, width] of [
  ['wide', 1280],
  ['narrow', 360],
] as const) {
  test(`axe finds nothing: ${name}`, async () => {
    await page.setViewportSize({ width, height: 800 });
    for (const path of ['/a/desk', '/a/desk/other', '/a/nothing-here']) {
      await page.goto(site.origin + path);
      await expect(page.getByRole('heading').first()).toBeVisible();
      await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
      expect(await accessibilityFindings(page), path).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    }
  });
}

test('on a phone, two figures stand beside each other', async () => {
  await page.setViewportSize({ width: 360, height: 800 });
  await page.goto(`${site.origin}/a/desk`);
  const top = async (id: string) => (await page.locator(`[data-component="${id}"]`).boundingBox())?.y;
  await expect(page.locator('[data-component="howMany"]')).toBeVisible();
  expect(await top('key')).toBe(await top('howMany'));
  // The name of a page may be one long word.
  await page.getByRole('button', { name: 'Pages' }).click();
  const excess = (name: Element) => {
    name.textContent = 'Rindfleischetikettierung'.repeat(3);
    return name.scrollWidth - name.clientWidth;
  };
  const item = page.getByRole('menuitem', { name: 'Other' });
  expect(await item.locator('.mantine-Menu-itemLabel').evaluate(excess)).toBe(0);
  await page.keyboard.press('Escape');
  const narrow = page.viewportSize()!;
  await page.setViewportSize({ width: 1280, height: 800 });
  const tab = page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Other' });
  expect(await tab.locator('span').evaluate(excess)).toBeGreaterThan(0);
  expect((await page.getByRole('link', { name: /^Rind/ }).boundingBox())?.width).toBeLessThan(300);
  await page.setViewportSize(narrow);
});

test('the cards of a narrow table are one tab stop: keys go through them, into what is not in sight', async () => {
  const cards = page.getByRole('region', { name: 'Rows' }).getByRole('button');
  await cards.first().focus();
  await page.keyboard.press('End');
  await expect(cards.last()).toBeFocused();
  await expect(cards.last()).toBeInViewport({ ratio: 1 });
  await page.keyboard.press('ArrowUp');
  await expect(cards.last()).not.toBeFocused();
  await page.keyboard.press('Tab');
  await expect(cards.and(page.locator(':focus'))).toHaveCount(0);
});

test('an app for others, and one that is not there, say so and lead back', async () => {
  await ada.call(contract.apps.changeApp, {
    params: { id: appId },
    body: { audience: { everyone: false, groups: ['pilots'] } },
  });
  await page.goto(`${site.origin}/a/desk`);
  await expect(
    page.getByRole('heading', { name: 'This app is not shared with you', exact: true }),
  ).toBeVisible();
  await page.goto(`${site.origin}/a/nothing-here`);
  await expect(page.getByRole('heading', { name: 'App not found', exact: true })).toBeVisible();
  await expect(page).toHaveTitle('App not found · Sallyport');
  await page.getByRole('link', { name: 'Go to your apps' }).click();
  await expect(page).toHaveURL(`${site.origin}/`);
});

test('the page met no fault and broke no policy on the way', () => {
  expect(problems).toEqual([]);
});
