import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, type Page, type Request, test } from '@playwright/test';
import { accessibilityFindings } from './accessibility.ts';
import { codeOf } from './authenticator.ts';
import { comeIn, member, owner, signIn as signInAt } from './harbor.ts';
import { type Sallyport, startSallyport } from './sallyport.ts';

let site: Sallyport;
let api: Server;
const faults: string[] = [];

test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  test.setTimeout(240_000);
  site = await startSallyport({ demo: true });
  api = createServer((_request, answer) =>
    answer.setHeader('content-type', 'application/json').end('{"ok":true}'),
  );
  await new Promise<void>((listening) => api.listen(0, '127.0.0.1', listening));
});
test.afterAll(async () => {
  await site?.stop();
  api?.close();
});
// What the page's own policy refuses is told to the console: the product must never run into it.
test.beforeEach(({ page }) => {
  page.on('console', (message) => {
    if (/Content Security Policy|Trusted/i.test(message.text())) faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(error.message));
});
test.afterEach(() => expect(faults.splice(0)).toEqual([]));

async function give(page: Page, who: { email: string; password: string }): Promise<void> {
  await page.getByLabel('Email').fill(who.email);
  await page.getByRole('textbox', { name: 'Password' }).fill(who.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}
async function signIn(page: Page, who: typeof owner, path = '/'): Promise<void> {
  await comeIn(page, who, () => signInAt(page, site.origin, who));
  await page.goto(site.origin + path);
}
async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /ada@harbor/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
}
/** The session ends under the page, which hears of it from what it asks next; the same person signs in over it. */
async function interrupt(page: Page, ask: () => Promise<void>): Promise<void> {
  await page.context().clearCookies();
  await ask();
  const again = page.getByRole('dialog', { name: 'Your session has ended' });
  // The key is of what stands in front.
  await again.getByRole('textbox', { name: 'Password' }).press('Escape');
  await again.getByRole('textbox', { name: 'Password' }).fill(owner.password);
  await again.getByRole('button', { name: 'Sign in' }).click();
  await expect(again).toHaveCount(0);
}
const places = (page: Page) => page.getByRole('navigation', { name: 'Main' });

test('the owner is created through the printed link, once', async ({ page }) => {
  await page.goto(site.setupLink);
  await page.getByLabel('Organization').fill('Harbor');
  await page.getByLabel('Your name').fill(owner.name);
  await page.getByLabel('Email').fill(owner.email);
  await page.getByRole('textbox', { name: 'Password' }).fill('password');
  await page.getByRole('button', { name: 'Create owner' }).click();
  await expect(page.getByRole('alert')).toContainText('too easy to guess');
  await page.getByRole('textbox', { name: 'Password' }).fill(owner.password);
  await page.getByRole('button', { name: 'Create owner' }).click();
  await expect(page.getByRole('heading', { name: 'Set up two-factor authentication' })).toBeVisible();
  await expect(page.getByRole('img', { name: /QR code/ })).toBeVisible();
  await page.getByRole('button', { name: 'Later' }).click();
  await expect(places(page)).toBeVisible();
  await expect(places(page).getByText('Access', { exact: true })).toBeVisible();
  await expect(places(page).getByRole('heading')).toHaveCount(0);
  await page.goto(site.setupLink);
  await expect(page.getByText('already has an owner')).toBeVisible();
});

test('W8 a form names what is missing below each field, in its own words', async ({ page }) => {
  await page.goto(`${site.origin}/signin`);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText('Email is required.')).toBeVisible();
  await expect(page.getByText('Password is required.')).toBeVisible();
  await expect(page.getByLabel('Email')).toBeFocused();
  await page.getByLabel('Email').fill('ada');
  await expect(page.getByText('Email is required.')).toHaveCount(0);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText('Enter an email address, such as name@example.com.')).toBeVisible();
  await page.goto(`${site.origin}/no/such/page`);
  await expect(page.getByRole('heading', { name: 'Page not found' })).toBeVisible();
});

test('sign-in says the same for a wrong password as for nobody, and leads back to the page that was asked for', async ({
  page,
}) => {
  await page.goto(`${site.origin}/sources?engine=postgres`);
  // Once it is shown, a browser would send it to a spelling service.
  await expect(page.getByRole('textbox', { name: 'Password' })).toHaveAttribute('spellcheck', 'false');
  for (const email of [owner.email, 'nobody@harbor.example']) {
    await give(page, { email, password: 'not this one 12345' });
    await expect(page.getByRole('alert')).toContainText('The email, password or code is wrong.');
  }
  await give(page, owner);
  await expect(page).toHaveURL(`${site.origin}/sources?engine=postgres`);
  await expect(page.getByRole('row', { name: /Demo database/ }).first()).toBeVisible();
});

test('a browser that keeps no cookies is told so, and not asked to sign in again without a word', async ({
  page,
}) => {
  await page.route('**/v1/session', async (route) => {
    const answer = await route.fetch();
    await page.context().clearCookies();
    const { 'set-cookie': _kept, ...headers } = answer.headers();
    await route.fulfill({ response: answer, headers });
  });
  await page.goto(`${site.origin}/signin`);
  await give(page, owner);
  await expect(page.getByRole('alert')).toContainText('Allow cookies for this address, then sign in again.');
  await page.unroute('**/v1/session');
  await give(page, owner);
  await expect(places(page)).toBeVisible();
});

test('a return address of another origin is not followed', async ({ page }) => {
  await page.goto(`${site.origin}/signin?return=${encodeURIComponent('//evil.example/x')}`);
  await give(page, owner);
  await expect(places(page)).toBeVisible();
  expect(new URL(page.url()).origin).toBe(site.origin);
});

test('a second step is turned on with a code, asked for at sign-in, and a recovery code opens once', async ({
  page,
}) => {
  await page.goto(`${site.origin}/account`);
  await give(page, owner);
  await page.getByRole('button', { name: 'Set up' }).click();
  // What is wrong is typed again where one is.
  const password = page.getByRole('textbox', { name: 'Your password' });
  await password.fill('another one');
  await password.press('Enter');
  await expect(page.getByRole('alert')).toContainText('The password is wrong.');
  await expect(password).toBeFocused();
  await password.fill(owner.password);
  await page.getByRole('button', { name: 'Continue' }).click();
  const secret = ((await page.locator('.sp-qr .sp-codebox').textContent()) ?? '').trim();
  await page.getByLabel('Code from the app').fill('000000');
  await page.getByRole('button', { name: 'Turn on' }).click();
  await expect(page.getByText('The code is wrong.')).toBeVisible();
  await page.getByLabel('Code from the app').fill(codeOf(secret));
  await page.getByRole('button', { name: 'Turn on' }).click();
  const list = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
  await expect(list.first()).toBeVisible();
  const codes = await list.allTextContents();
  await page.getByRole('button', { name: 'I have saved them' }).click();
  await signOut(page);
  for (const [code, opens] of [
    [codes[0]!, true],
    [codes[0]!, false],
    [codes[1]!, true],
  ] as const) {
    await give(page, owner);
    await page.getByLabel('Code').fill(code);
    await page.getByRole('button', { name: 'Continue' }).click();
    if (opens) {
      await expect(places(page)).toBeVisible();
      await signOut(page);
    } else {
      await expect(page.getByRole('alert')).toContainText('is wrong');
      await page.getByRole('button', { name: 'Use another account' }).click();
    }
  }
  await give(page, owner);
  await page.getByLabel('Code').fill(codes[2]!);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(places(page)).toBeVisible();
  await page.goto(`${site.origin}/account`);
  await page.getByRole('button', { name: 'Turn off…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Your password' }).fill(owner.password);
  await dialog.getByLabel('Two-factor code or recovery code').fill(codes[3]!);
  await dialog.getByRole('button', { name: 'Turn off' }).click();
  await expect(page.getByText('Two-factor authentication is off')).toBeVisible();
});

test('an invited person joins by the link, sees apps and nothing to step over', async ({ page, browser }) => {
  await signIn(page, owner, '/people');
  await page.getByRole('button', { name: 'Invite a person…' }).click();
  await page.getByRole('dialog').getByLabel('Email').fill(member.email);
  await page.getByRole('button', { name: 'Create link' }).click();
  const copy = page.getByRole('button', { name: 'Copy link' });
  await expect(copy).toBeFocused();
  await expect(copy).toHaveAccessibleDescription(/join until .* It is shown only once/);
  const link = ((await page.getByRole('dialog').locator('.sp-codebox').textContent()) ?? '').trim();
  // What is shown only once stays, whatever comes between.
  await page.mouse.click(8, 400);
  await interrupt(page, () =>
    page.evaluate(() => window.dispatchEvent(new Event('visibilitychange'))).then(),
  );
  await expect(page.getByRole('dialog').locator('.sp-codebox')).toHaveText(link);
  // Another begins with an empty address, where the keyboard is.
  await page.getByRole('button', { name: 'Invite another' }).press('Enter');
  await expect(page.getByRole('dialog').getByLabel('Email')).toBeFocused();
  await expect(page.getByRole('dialog').getByLabel('Email')).toHaveValue('');
  await page.keyboard.type('cy@harbor.example');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Done' }).click();
  // A row that goes with its own button leaves the keyboard at what is before it.
  const another = page.getByRole('row').filter({ hasText: 'cy@harbor.example' });
  await another.getByRole('button', { name: 'Revoke' }).press('Enter');
  await expect(another).toHaveCount(0);
  await expect(page.locator(':focus')).toHaveCount(1);
  await expect(page.getByRole('table', { name: 'Invitations' })).toContainText(member.email);

  const other = await (await browser.newContext()).newPage();
  await other.goto(link);
  await expect(other.getByRole('heading', { name: 'Join Harbor' })).toBeVisible();
  await other.getByLabel('Your name').fill(member.name);
  await other.getByRole('textbox', { name: 'Choose a password' }).fill(member.password);
  await other.getByRole('button', { name: 'Join Harbor' }).click();
  await expect(other.getByRole('link', { name: 'Flight desk' })).toBeVisible();
  await expect(places(other)).toBeHidden();
  await other.goto(`${site.origin}/audit`);
  await expect(other.getByRole('heading', { name: 'You do not have access to this page' })).toBeVisible();
  await other.goto(link);
  await expect(other.getByText('This invitation is no longer valid.')).toBeVisible();

  // Access turned off: the open page of that person ends with its next request.
  await other.goto(site.origin);
  await expect(other.getByRole('link', { name: 'Flight desk' })).toBeVisible();
  await page.goto(`${site.origin}/people`);
  await page.getByRole('row', { name: new RegExp(member.name) }).click();
  await page.getByRole('button', { name: 'Turn off access…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Turn off access' }).click();
  await expect(page.getByText('was turned off')).toBeVisible();
  await other.reload();
  await expect(other.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await page.getByRole('button', { name: 'Turn on access' }).click();
  await expect(page.getByText('can sign in again')).toBeVisible();
  await other.context().close();
});

test('a source is tried, connected, tested, paused and removed; a forbidden address names its rule', async ({
  page,
}) => {
  const address = `http://127.0.0.1:${(api.address() as AddressInfo).port}/`;
  await signIn(page, owner, '/sources');
  await page.getByRole('link', { name: 'Connect a source' }).click();
  await page.getByText('REST', { exact: true }).click();
  await page.getByLabel('Base URL').fill('http://169.254.169.254/latest/meta-data');
  await page.getByRole('button', { name: 'Test', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('Refused by the rule');
  await page.getByLabel('Base URL').fill(address);
  await page.getByRole('textbox', { name: 'Name' }).fill('shipping-api');
  // A slip to another kind, or to another page, costs nothing of what was typed.
  await page.getByText('PostgreSQL', { exact: true }).click();
  await expect(page.getByRole('textbox', { name: 'Port' })).toHaveValue('5432');
  await page.getByText('REST', { exact: true }).click();
  await page.getByRole('link', { name: 'People' }).click();
  const leave = page.getByRole('dialog', { name: 'Leave without saving?' });
  await leave.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByLabel('Base URL')).toHaveValue(address);
  const tryOut = page.getByRole('button', { name: /^Test/ });
  await interrupt(page, () => tryOut.click());
  await expect(page.getByLabel('Base URL')).toHaveValue(address);
  await tryOut.click();
  await expect(page.getByText('Connected')).toBeVisible();
  // Some APIs take a key as the user, and no password: then nobody is shown the user either.
  await page.getByRole('combobox', { name: 'Authentication' }).click();
  await page.getByRole('option', { name: 'User and password' }).click();
  await page.getByLabel('User', { exact: true }).fill('sk_shipping');
  await page.getByRole('button', { name: 'Save source' }).click();
  const panel = page.getByRole('complementary', { name: 'shipping-api' });
  // It is asked at once, and again when somebody wants to know.
  await expect(panel).toContainText('Healthy');
  await expect(panel).not.toContainText('sk_shipping');
  await panel.getByRole('button', { name: 'Test' }).click();
  await expect(panel).toContainText('Healthy');
  await expect(panel).toContainText('Allowed by the rule');
  await panel.getByRole('button', { name: 'Pause' }).click();
  await expect(panel).toContainText('Paused');
  await panel.getByRole('button', { name: 'Resume' }).click();
  await expect(panel.getByRole('button', { name: 'Pause' })).toBeVisible();
  const remove = page.getByRole('button', { name: 'Remove shipping-api' });
  const ask = async () => {
    await panel.getByRole('button', { name: 'More about shipping-api' }).click();
    await page.getByRole('menuitem', { name: 'Remove…' }).click();
    await expect(page.getByRole('dialog').getByRole('alert')).toHaveCount(0);
    await expect(remove).toHaveAttribute('aria-disabled', 'true');
    await page.getByLabel('Type shipping-api to confirm').fill('shipping-api');
    // With something typed, a press beside the dialog does not close it.
    await page.mouse.click(8, 400);
    await remove.click();
  };
  await page.route(/\/v1\/sources\/[^/]+$/, (route) => route.abort(), { times: 1 });
  await ask();
  await expect(page.getByRole('dialog').getByRole('alert')).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await ask();
  await expect(page).toHaveURL(`${site.origin}/sources`);
  await expect(page.getByRole('row', { name: /shipping-api/ })).toBeHidden();
});

test('W3 filters live in the address, and a filter that matches nothing can be dropped', async ({ page }) => {
  await signIn(page, owner, '/sources');
  await page.getByRole('button', { name: 'Engine' }).click();
  await page.getByRole('menuitem', { name: 'MySQL' }).click();
  await expect(page).toHaveURL(/engine=mysql/);
  await page.reload();
  // It is read out, and what takes it back is gone then: the keyboard goes on at what is before.
  await expect(page.getByRole('status').getByText('No source matches “MySQL, MariaDB”')).toBeVisible();
  await page.getByRole('button', { name: 'Remove “MySQL, MariaDB”' }).press('Enter');
  await expect(page).not.toHaveURL(/engine/);
  await expect(page.locator('.sp-fbar :focus')).toHaveCount(1);
  await page.getByRole('button', { name: 'Engine' }).click();
  await page.getByRole('menuitem', { name: 'PostgreSQL' }).click();
  await page.getByRole('button', { name: 'Remove the filter Engine' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Engine' })).toBeFocused();
  const row = page.getByRole('row', { name: /Demo database/ }).first();
  await expect(row).toBeVisible();
  // What opens beside a list opens in another tab as any link does.
  for (const [place, how] of [
    [row.getByRole('link'), { button: 'middle' }],
    [row.getByRole('cell').last(), { modifiers: ['ControlOrMeta'] }],
  ] as const) {
    const [tab] = await Promise.all([page.context().waitForEvent('page'), place.click(how as object)]);
    await expect(tab).toHaveURL(/sources\/[0-9a-f-]{36}/);
    await tab.close();
  }
  await expect(page).toHaveURL(/sources$/);
});

test('W11 a long list is drawn as far as it is looked at, says how much there is, and finds everyone', async ({
  page,
}) => {
  await page.route('**/v1/people?*', async (route) => {
    const from = Number(new URL(route.request().url()).searchParams.get('cursor'));
    const { items } = await (await route.fetch({ url: `${site.origin}/v1/people?limit=200` })).json();
    const more = Array.from({ length: 200 }, (_, i) => ({
      ...items[0],
      id: randomUUID(),
      name: `Nr ${from + i}`,
    }));
    // On two pages.
    await route.fulfill({
      json: from === 0 ? { items: [...items, ...more], next: '200' } : { items: more, next: null },
    });
  });
  await signIn(page, owner, '/people');
  const rows = page.getByRole('table', { name: 'People' }).locator('tbody tr');
  await expect(rows).toHaveCount(100);
  await expect(page.getByText(/^The first 100 of 40\d/)).toBeAttached();
  await rows.last().scrollIntoViewIfNeeded();
  await expect(rows).toHaveCount(200);
  await page.getByPlaceholder('Name, email or group').fill('nr 399');
  await expect(rows).toHaveText([/Nr 399/]);
});

test('the tables of a source can be browsed, and one becomes an app', async ({ page }) => {
  await signIn(page, owner, '/sources');
  await page.getByRole('row', { name: /Demo database.*Production/ }).click();
  await page.getByRole('link', { name: 'Browse tables' }).click();
  await expect(page.getByRole('table', { name: /Columns of/ })).toBeVisible();
  await page.goto(`${site.origin}/?new=generate`);
  const tables = page.getByRole('group', { name: 'Tables' });
  await tables.getByRole('radio').first().check();
  await page.getByLabel('App name').fill('Made from a table');
  await page.getByRole('button', { name: 'Generate app' }).click();
  await expect(page).toHaveURL(/\/apps\/[0-9a-f-]+\/edit/);
});

test('the log shows a record with a proof that this browser recomputed, and can be taken away', async ({
  page,
}) => {
  // By its action: it is the oldest, and however many came since, a list is drawn only as far as it is looked at.
  await signIn(page, owner, '/audit?event=identity.owner_created');
  await expect(page.getByText('Signed', { exact: true })).toBeVisible({ timeout: 20_000 });
  await page.getByRole('row', { name: /identity\.owner_created/ }).click();
  const panel = page.getByRole('complementary', { name: 'Record' });
  await expect(panel.getByText('Included')).toBeVisible();
  await expect(panel.getByRole('img', { name: /leads to the root/ })).toBeVisible();
  // One that no checkpoint covers yet says so, and then has its proof.
  await page.route(
    /\/v1\/audit\/records\/[^/?]+$/,
    async (route) => {
      const answer = await route.fetch();
      const { record } = await answer.json();
      await route.fulfill({ response: answer, json: { record: { ...record, index: null }, proof: null } });
    },
    { times: 1 },
  );
  await page.reload();
  await expect(panel.getByText('The next checkpoint, within ten seconds')).toBeVisible();
  await expect(panel.getByText('Included')).toBeVisible();
  await page.goto(`${site.origin}/audit`);
  await page.getByRole('button', { name: 'Decision' }).click();
  await page.getByRole('menuitem', { name: 'Refused' }).click();
  await expect(page).toHaveURL(/outcome=refused/);
  await expect(page.getByRole('row', { name: /identity\./ }).first()).toContainText('Refused');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  expect((await download).suggestedFilename()).toMatch(/^sallyport-audit-.*\.ndjson$/);
});

test('a record tells what was tried and that the server did it itself, and an action is found by typing', async ({
  page,
}) => {
  // Words that are no choice are no filter: the page opens without them.
  await signIn(page, owner, '/audit?when=never&outcome=bogus&event=sources.tried');
  await expect(page.getByRole('row', { name: /sources\.tried/ }).first()).toContainText('127.0.0.1');
  await expect(page.getByRole('button', { name: /never|bogus/ })).toHaveCount(0);
  await page.goto(`${site.origin}/settings/vault`);
  // Where two keys are, this organization's comes first: the installation's alone may be there already.
  await expect(page.getByRole('button', { name: 'Rotate this key…' })).toHaveCount(2);
  await page.getByRole('button', { name: 'Rotate this key…' }).first().click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Rotate/ })
    .click();
  await expect(page.getByText(/^Finished/).first()).toBeVisible({ timeout: 20_000 });
  await page.goto(`${site.origin}/audit`);
  // More than are seen at once: a space is a letter of what is looked for, and chooses nothing.
  await page.getByRole('button', { name: 'Action', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Find: Action')).toBeFocused();
  await page.keyboard.type('vault finished');
  await expect(page.getByRole('option')).toHaveCount(1);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/event=vault\.rotation_finished/);
  await expect(page.getByRole('button', { name: /^Action vault/ })).toBeFocused();
  await expect(page.getByRole('row', { name: /vault\.rotation_finished/ })).toContainText('the server');
});

test('the name of an organization may be one long word, and privileges are told in full', async ({
  browser,
}) => {
  const page = await browser.newPage({ viewport: { width: 390, height: 800 } });
  await page.route('**/v1/session', async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replaceAll('"Harbor"', `"${'Donaudampfschifffahrt'.repeat(4)}"`);
    await route.fulfill({ response, body });
  });
  await signIn(page, owner);
  for (const path of ['/', '/audit', '/account', '/settings/organization', '/people', '/sources']) {
    await page.goto(site.origin + path);
    await expect(page.locator('h1')).toBeVisible();
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
    const wider = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    await expect.poll(wider, path).toBeLessThanOrEqual(0);
  }
  await page
    .getByRole('row', { name: /Demo database/ })
    .first()
    .click();
  const privileges = page.getByRole('table', { name: /^Privileges of/ });
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 800 });
    const cut = await privileges
      .locator('td:not(:first-child)')
      .evaluateAll((cells) =>
        cells.filter((one) => one.scrollWidth > one.clientWidth || one.clientHeight > 40),
      );
    expect(cut, `${width}`).toEqual([]);
  }
  // Where there are no shadows, a dialog has an edge of another kind.
  await page.emulateMedia({ forcedColors: 'active' });
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Shortcuts' });
  expect(await dialog.evaluate((box) => getComputedStyle(box).borderTopWidth)).toBe('1px');
  // Asked for more contrast, greys come nearer to the text.
  const grey = () =>
    dialog
      .locator('kbd')
      .first()
      .evaluate((key) => getComputedStyle(key).color);
  await page.emulateMedia({ forcedColors: null });
  const before = await grey();
  await page.emulateMedia({ contrast: 'more' });
  expect(await grey()).not.toBe(before);
  await page.emulateMedia({ contrast: null, forcedColors: 'active' });
  // And a line tells the log that is shown from the other one.
  await page.goto(`${site.origin}/audit`);
  const logs = page.getByRole('navigation', { name: 'Logs' }).getByRole('link');
  await expect(logs).toHaveCount(2);
  const line = (link: Element) => getComputedStyle(link).borderBottomColor;
  expect(await logs.first().evaluate(line)).not.toBe(await logs.last().evaluate(line));
  // Zoomed to 200 %, there is room for rows, and the one that the keyboard comes to is not below the head.
  await page.setViewportSize({ width: 640, height: 400 });
  const records = page.getByRole('table', { name: 'Audit records' });
  const rows = records.getByRole('link');
  expect(await rows.count()).toBeGreaterThan(8);
  expect(await page.locator('.sp-list').evaluate((list) => list.clientHeight)).toBeGreaterThan(200);
  await rows.last().focus();
  const head = records.getByRole('columnheader').first();
  for (let i = 0; i < 8; i++) {
    await page.keyboard.press('ArrowUp');
    const row = await page.locator('.sp-row-link:focus').boundingBox();
    const { y, height } = (await head.boundingBox())!;
    expect(row?.y).toBeGreaterThan(y + height);
    expect(row?.y).toBeLessThan(400 - 20);
  }
  await page.close();
});

test('everything is reached by keys: palette, places, lists', async ({ page }) => {
  await signIn(page, owner);
  const search = page.getByRole('searchbox', { name: 'Find an app' });
  await expect(search).toBeFocused();
  // The page starts in its search, which is empty yet: there, the keys that no name begins with are shortcuts too.
  await page.keyboard.press('/');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Shortcuts' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(search).toBeFocused();
  await page.keyboard.type('a?/');
  await expect(search).toHaveValue('a?/');
  await page.keyboard.press('Control+k');
  // As fast as it goes: no letter may reach the field behind.
  await page.keyboard.type('audit');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`${site.origin}/audit`);
  // The palette gives the keys back once it has closed; where they were before is gone with its page.
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('main')).toBeFocused();
  // They stop at the link of a row: the row itself has no name to be read out.
  const records = page.getByRole('table', { name: 'Audit records' }).getByRole('link');
  await records.first().focus();
  await page.keyboard.press('ArrowDown');
  await expect(records.nth(1)).toBeFocused();
  await expect(page.locator('tr[tabindex]')).toHaveCount(0);
  await expect(async () => {
    await page.keyboard.press('g');
    await page.keyboard.press('p');
    await expect(page).toHaveURL(`${site.origin}/people`, { timeout: 1_000 });
  }).toPass();
  // No document was loaded, so the page tells a screen reader itself where it is now.
  await expect(page.locator('[aria-live]').filter({ hasText: /^People$/ })).toBeAttached();
  const row = page.getByRole('row', { name: new RegExp(owner.name) }).getByRole('link');
  await row.focus();
  await page.keyboard.press('Enter');
  const person = page.getByRole('complementary', { name: owner.name });
  await expect(person).toBeVisible();
  await expect(person.getByRole('status').first()).toHaveText(owner.name);
  await expect(row).toHaveAttribute('aria-current', 'true');
  for (const attribute of ['region', 'eu']) {
    await person.getByRole('button', { name: 'Add attribute' }).click();
    await person.getByLabel('Attribute name').last().fill(attribute);
  }
  const save = person.getByRole('button', { name: 'Save', exact: true });
  await save.click();
  // The database keeps them in another order; nothing is left to save, or to be asked about.
  await expect(save).toHaveAttribute('aria-disabled', 'true');
  // From inside the panel, one comes back to the row that it was about.
  await person.getByRole('button', { name: 'Close', exact: true }).focus();
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(`${site.origin}/people`);
  await expect(row).toBeFocused();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Shortcuts' })).toBeVisible();
  // What is shown only once is where one goes on, and is read out.
  await page.goto(`${site.origin}/account`);
  await page.getByRole('button', { name: 'New token…' }).press('Enter');
  await page.getByRole('dialog').getByLabel('Name').fill('by keys');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Copy token' })).toBeFocused();
  await page.context().grantPermissions(['clipboard-write'], { origin: site.origin });
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog').getByRole('status')).toHaveText('Copied');
  await page.getByRole('button', { name: 'Done' }).press('Enter');
  const tokens = page.getByRole('region', { name: 'API tokens' });
  await tokens.getByRole('button', { name: 'Revoke' }).press('Enter');
  await expect(tokens.getByText('No tokens yet')).toBeVisible();
  await expect(page.locator(':focus')).toHaveCount(1);
  // From a dialog that a menu led to, one comes back to the button of the menu.
  await page.goto(site.origin);
  const more = page.getByRole('button', { name: /^More about (Flight desk|Renamed elsewhere)/ });
  await more.press('Enter');
  await page.getByRole('menuitem', { name: /^Name, address/ }).press('Enter');
  const name = page.getByRole('dialog').getByLabel('Name');
  await expect(name).toBeFocused();
  // What somebody else changes meanwhile does not take away what is typed.
  await name.fill('Typed here');
  await page.route('**/v1/apps?*', async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replaceAll('Flight desk', 'Renamed elsewhere');
    await route.fulfill({ response, body });
  });
  await page.evaluate(() => {
    // A minute later, when what was read has aged, the window is looked at again.
    const now = Date.now() + 60_000;
    Date.now = () => now;
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  });
  await expect(page.getByRole('dialog', { name: 'Renamed elsewhere' })).toBeVisible();
  await expect(name).toHaveValue('Typed here');
  await page.unroute('**/v1/apps?*');
  await page.keyboard.press('Escape');
  await expect(more).toBeFocused();
});

test('no page has an accessibility finding', async ({ browser }) => {
  test.setTimeout(180_000);
  const page = await (await browser.newContext({ reducedMotion: 'reduce' })).newPage();
  const findings: string[] = [];
  const look = async (name: string) => {
    for (const finding of await accessibilityFindings(page)) findings.push(`${name}: ${finding}`);
  };
  await page.goto(`${site.origin}/signin`);
  await page.getByLabel('Email').waitFor();
  await look('signin');
  await give(page, owner);
  await expect(places(page)).toBeVisible();
  for (const path of [
    '/',
    '/?new=generate',
    '/sources',
    '/sources/connect',
    '/people',
    '/policies',
    '/sessions',
    '/audit',
    '/account',
    '/settings/constants',
    '/settings/organization',
    '/settings/vault',
  ]) {
    await page.goto(site.origin + path);
    await expect(page.locator('h1')).toBeVisible();
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
    await look(path);
  }
  for (const path of ['/sources', '/people', '/audit']) {
    await page.goto(site.origin + path);
    await expect(page.locator('table[aria-busy="false"]')).toBeVisible();
    await page.getByRole('row').nth(1).click();
    await expect(page.getByRole('button', { name: 'Close' })).toBeVisible();
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
    await look(`${path}/…`);
  }
  await page.context().close();
  expect(findings).toEqual([]);
});

test('W6 a member loads at most 300 KB of compressed script, the sandbox with it', async ({ page }) => {
  const sizes: Promise<number>[] = [];
  const note = (request: Request) => {
    if (!request.url().endsWith('.js') && !request.url().endsWith('/sandbox')) return;
    sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
  };
  page.on('requestfinished', note);
  await signIn(page, member);
  await page.getByRole('link', { name: 'Flight desk' }).click();
  await expect(page).toHaveURL(/\/a\//);
  await page.waitForLoadState('networkidle');
  // Nobody would wait for the size of what comes later, and the page is gone by then.
  page.off('requestfinished', note);
  const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  test.info().annotations.push({ type: 'member.js', description: `${Math.round(bytes / 1024)} KB` });
  expect(bytes).toBeLessThan(300 * 1024);
});

test('the licences of what the page is made of come with it', async ({ page }) => {
  const text = await (await page.request.get(`${site.origin}/licenses.txt`)).text();
  for (const name of ['react-dom', '@tabler/icons-react', 'Notice of echarts'])
    expect(text).toContain(`## ${name}`);
});

test('W10 the colours that a person chose are there before the app is', async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem('sallyport-colour', 'dark'));
  await page.route(/assets\/start-/, () => {});
  await page.goto(`${site.origin}/signin`, { waitUntil: 'commit' });
  await expect(page.locator('html')).toHaveCSS('background-color', 'rgb(14, 16, 20)');
  // And a word where the app does not come.
  await expect(page.getByText('reload the page')).toBeVisible();
});

test('a browser that cannot keep all digits of a number is told to be newer, and shows nothing else', async ({
  page,
}) => {
  await page.addInitScript(() => Reflect.deleteProperty(JSON, 'rawJSON'));
  await page.goto(site.origin);
  await expect(page.locator('#root')).toHaveText(/too old\. Use Chrome or Edge 120/);
  await expect(page.getByText('too old')).toBeVisible();
});

test('a page whose code cannot come says so in its place, and comes when the server is back', async ({
  page,
}) => {
  await signIn(page, owner);
  await expect(places(page)).toBeVisible();
  await page.context().setOffline(true);
  await places(page).getByRole('link', { name: 'Sessions' }).click();
  await expect(page.getByRole('alert')).toContainText('Sallyport cannot be reached.');
  await expect(page).toHaveURL(/\/sessions/);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('alert')).toContainText('Sallyport cannot be reached.');
  await page.context().setOffline(false);
  // What was tried again before may still be under way on a slow machine, and comes without another press.
  const came = page.getByRole('heading', { name: 'Sessions' });
  await expect(async () => {
    if ((await came.count()) === 0)
      await page.getByRole('button', { name: 'Try again' }).click({ timeout: 1_000 });
    await expect(came).toBeVisible({ timeout: 1_000 });
  }).toPass();

  // A change is refused at once, and does not wait to be sent when nobody looks any more.
  await page.goto(`${site.origin}/settings/organization`);
  await page.getByLabel('Name', { exact: true }).fill('Harbor, renamed');
  await page.context().setOffline(true);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Sallyport did not respond.')).toBeVisible();
});

test('a page of a build that was replaced says that a newer version is there', async ({ page }) => {
  await signIn(page, owner);
  await expect(places(page)).toBeVisible();
  // The first page's own parts too: one of them that failed would say the same.
  await page.waitForLoadState('networkidle');
  let replaced = true;
  await page.route('**/assets/*.js', (route) =>
    replaced ? route.fulfill({ status: 404, body: 'no such file' }) : route.continue(),
  );
  await page.route(`${site.origin}/`, async (route) => {
    const answer = await route.fetch();
    const body = (await answer.text()).replace(/\/assets\/index-[^"]+\.js/, '/assets/index-newer000.js');
    await (replaced ? route.fulfill({ response: answer, body }) : route.continue());
  });
  await places(page).getByRole('link', { name: 'Policies' }).click();
  await expect(page.getByRole('alert')).toContainText('A new version of Sallyport is available.');
  // Not before the reload: the part is asked for again meanwhile, and would come.
  await page.route(`${site.origin}/policies`, (route) => {
    replaced = false;
    return route.continue();
  });
  await page.getByRole('button', { name: 'Reload' }).click();
  await expect(page.getByRole('heading', { name: 'Policies' })).toBeVisible();
});

test('another organization begins empty, with the three first steps', async ({ page }) => {
  await signIn(page, owner, '/settings/organization');
  await page.getByLabel('Organization name').fill('Quay');
  await page.getByRole('button', { name: 'Create organization' }).click();
  await page.getByRole('button', { name: 'Switch to it' }).click();
  const home = () => expect(page.getByRole('heading', { name: /No apps yet/ })).toBeVisible();
  await home();
  await expect(page.getByRole('button', { name: 'Generate an app' })).toHaveAttribute(
    'aria-disabled',
    'true',
  );
  await expect(page.getByRole('button', { name: 'Sample data' })).toBeVisible();
  // And from one organization's apps to the other's.
  const go = async (from: string, to: string) => {
    await page.getByRole('button', { name: new RegExp(`${from} ada@harbor`) }).click();
    await page.getByRole('menuitem', { name: to }).click();
  };
  await go('Quay', 'Harbor');
  await expect(page.getByRole('link', { name: 'Flight desk' })).toBeVisible();
  // Another tab keeps what it shows of the one that was left, and the way back to it; a page that holds nothing follows.
  const tab = await page.context().newPage();
  await tab.goto(`${site.origin}/a/flight-desk`);
  const rows = tab.getByRole('row');
  await expect(rows.nth(1)).toBeVisible();
  await tab.getByRole('searchbox').first().fill('a');
  await go('Harbor', 'Quay');
  await home();
  await page.goto(`${site.origin}/settings/organization`);
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Quay');
  const changed = tab.getByRole('dialog', { name: 'You are now in Quay' });
  await changed.getByRole('button', { name: 'Go back to Harbor' }).click();
  await expect(changed).toHaveCount(0);
  await expect(tab.getByRole('searchbox').first()).toHaveValue('a');
  await expect(rows.nth(1)).toBeVisible();
  await expect(page.getByText('You are in Harbor as')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Flight desk' })).toBeVisible();
  await expect(page.getByRole('button', { name: /Harbor ada@harbor/ })).toBeVisible();
});
