import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, type Page, test } from '@playwright/test';
import { contract } from '@sallyport/contract';
import { accessibilityFindings } from './accessibility.ts';
import { codeOf } from './authenticator.ts';
import { inviteMember, member, owner, setUpOwner } from './harbor.ts';
import type { Person } from './person.ts';
import { type Sallyport, startSallyport } from './sallyport.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const fresh = 'nine grey lanterns wander';
const { identity } = contract;

let site: Sallyport;
let ada: Person;
let bo: Person;
const faults: string[] = [];

test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  test.setTimeout(240_000);
  site = await startSallyport();
  ada = await setUpOwner(site);
  bo = await inviteMember(site, ada);
});
test.afterAll(() => site?.stop());
test.beforeEach(({ page }) => {
  page.on('console', (message) => {
    if (/Content Security Policy|Trusted/i.test(message.text())) faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(error.message));
});
test.afterEach(() => expect(faults.splice(0)).toEqual([]));

async function signIn(page: Page, who: { email: string; password: string }, path = '/'): Promise<void> {
  await page.goto(site.origin + path);
  await page.getByLabel('Email').fill(who.email);
  await page.getByRole('textbox', { name: 'Password' }).fill(who.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}
const panel = (page: Page) => page.getByRole('complementary', { name: member.name });
/** Chooses a new password by a link, as the person who was given it. */
async function choose(page: Page, link: string, password: string): Promise<void> {
  await page.goto(link);
  await expect(page.getByRole('heading', { name: 'Choose a new password' })).toBeVisible();
  await page.getByRole('textbox', { name: 'New password' }).fill(password);
  await page.getByRole('button', { name: 'Change password' }).click();
  await expect(page.getByRole('heading', { name: 'Your password was changed' })).toBeVisible();
}

test('an admin passes a link on, the person chooses a new password, and the link is spent', async ({
  page,
  browser,
}) => {
  await page.goto(`${site.origin}/signin`);
  await expect(page.getByText('An admin of your organization can give you a reset link')).toBeVisible();
  await signIn(page, owner, '/people');
  await page.getByRole('row', { name: new RegExp(member.name) }).click();
  await panel(page).getByRole('button', { name: 'Reset password…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Create link' }).click();
  await expect(page.getByRole('button', { name: 'Copy link' })).toBeFocused();
  const link = ((await page.getByRole('dialog').locator('.sp-codebox').textContent()) ?? '').trim();
  expect(await accessibilityFindings(page)).toEqual([]);
  await page.getByRole('button', { name: 'Done' }).click();
  // Shown once.
  await expect(page.getByText(link)).toHaveCount(0);

  const other = await (await browser.newContext({ viewport: { width: 360, height: 740 } })).newPage();
  await other.goto(link);
  await other.getByRole('textbox', { name: 'New password' }).fill('password');
  await other.getByRole('button', { name: 'Change password' }).click();
  await expect(other.getByRole('alert')).toContainText('too easy to guess');
  expect(await accessibilityFindings(other)).toEqual([]);
  await choose(other, link, fresh);
  // The session that was open elsewhere has ended.
  expect((await bo.fetch(identity.getMe)).status).toBe(401);
  await other.getByRole('link', { name: 'Sign in' }).click();
  await signIn(other, { ...member, password: fresh });
  await expect(other.getByText('No apps yet')).toBeVisible();
  await other.goto(link);
  await expect(other.getByText('This link is no longer valid.')).toBeVisible();
  await other.context().close();
});

test('a link that went astray is withdrawn, and opens nothing', async ({ page, browser }) => {
  await signIn(page, owner, '/people');
  await page.getByRole('row', { name: new RegExp(member.name) }).click();
  const open = panel(page).getByText('A password reset link is active.');
  await expect(panel(page).getByRole('button', { name: 'Reset password…' })).toBeVisible();
  await expect(open).toHaveCount(0);
  await panel(page).getByRole('button', { name: 'Reset password…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Create link' }).click();
  const link = ((await page.getByRole('dialog').locator('.sp-codebox').textContent()) ?? '').trim();
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(open).toBeVisible();
  await expect(panel(page)).toContainText(`Created by ${owner.name}`);
  expect(await accessibilityFindings(page)).toEqual([]);
  await panel(page).getByRole('button', { name: 'Revoke' }).click();
  await expect(page.getByText('The link was revoked')).toBeVisible();
  await expect(open).toHaveCount(0);
  const other = await (await browser.newContext()).newPage();
  await other.goto(link);
  await expect(other.getByText('This link is no longer valid.')).toBeVisible();
  await other.context().close();
});

test('W2 what an admin may not do is said at the button', async ({ page }) => {
  await signIn(page, owner, '/people');
  await page.getByRole('row', { name: new RegExp(owner.name) }).click();
  const own = page.getByRole('complementary', { name: owner.name });
  await expect(own.getByRole('button', { name: 'Reset password…' })).toHaveAttribute('aria-disabled', 'true');
});

test('a lost second step is removed, and the person is told until they have read it', async ({
  page,
  browser,
}) => {
  await bo.call(identity.signIn, { body: { email: member.email, password: fresh } });
  const { secret } = await bo.call(identity.beginSecondFactor, { body: { password: fresh } });
  await bo.call(identity.confirmSecondFactor, { body: { code: codeOf(secret) } });
  await signIn(page, owner, '/people');
  await page.getByRole('row', { name: new RegExp(member.name) }).click();
  await panel(page).getByRole('button', { name: 'Remove two-factor…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove two-factor' }).click();
  await expect(page.getByText('Two-factor authentication was removed for')).toBeVisible();

  const other = await (await browser.newContext()).newPage();
  await signIn(other, { ...member, password: fresh });
  await expect(
    other.getByRole('heading', { name: 'Two-factor authentication was removed from your account' }),
  ).toBeVisible();
  expect(await accessibilityFindings(other)).toEqual([]);
  // Who does not answer there is told on every page of the console.
  await other.goto(site.origin);
  const notice = other
    .getByRole('status')
    .filter({ hasText: 'Two-factor authentication was removed from your account.' });
  await expect(notice).toBeVisible();
  expect(await accessibilityFindings(other)).toEqual([]);
  await notice.getByRole('button', { name: 'Dismiss' }).click();
  await expect(notice).toBeHidden();
  await other.reload();
  await expect(other.getByText('No apps yet')).toBeVisible();
  await expect(notice).toBeHidden();
  // Another browser tells it again, also to who comes straight to an app.
  const third = await (await browser.newContext()).newPage();
  await signIn(third, { ...member, password: fresh }, '/a/some-app');
  await third.getByRole('button', { name: 'Continue without it' }).click();
  await expect(third).toHaveURL(`${site.origin}/a/some-app`);
  await third.context().close();
  await other.context().close();
});

test('an operator reads the installation’s own log with its proof, and rotates its key', async ({ page }) => {
  const { items } = await ada.call(contract.audit.listInstallationRecords);
  expect(items.length).toBeGreaterThan(0);
  await signIn(page, owner, '/audit');
  await page.getByRole('navigation', { name: 'Logs' }).getByRole('link', { name: 'Installation' }).click();
  await expect(page).toHaveURL(/log=installation/);
  await page.getByRole('row', { name: /identity\.owner_created/ }).click();
  const record = page.getByRole('complementary', { name: 'Record' });
  await expect(record.getByText('Included')).toBeVisible();
  await page.reload();
  await expect(record.getByText('Included')).toBeVisible();
  expect(await accessibilityFindings(page)).toEqual([]);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  expect((await download).suggestedFilename()).toContain('installation');
  await page.goto(`${site.origin}/settings/vault`);
  const key = page.getByRole('region', { name: 'The installation’s key' });
  await key.getByRole('button', { name: 'Rotate this key…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Rotate key' }).click();
  await expect(key).toContainText('Finished');
  expect(await accessibilityFindings(page)).toEqual([]);
});

test('the last owner finds the way back on the server’s own machine, while it runs', async ({ page }) => {
  const { stdout } = await promisify(execFile)(
    join(root, 'node_modules/node/bin/node'),
    [join(root, 'cli/bin/sallyport.mjs'), 'recover', owner.email],
    {
      env: {
        PATH: process.env.PATH,
        SALLYPORT_DATA_DIR: site.dataDirectory,
        SALLYPORT_LISTEN: new URL(site.origin).host,
      },
    },
  );
  await choose(page, stdout.trim(), 'four loud meadows hum');
  await signIn(page, { ...owner, password: 'four loud meadows hum' }, '/audit');
  await expect(page.getByRole('row', { name: /identity\.password_reset_issued/ }).first()).toBeVisible();
});
