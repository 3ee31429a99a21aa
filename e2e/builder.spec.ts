import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, type Page, test } from '@playwright/test';
import { contract, type Draft } from '../contract/src/index.ts';
import { accessibilityFindings } from './accessibility.ts';
import { comeIn, inviteMember, member, owner, setUpOwner, signIn as signInAt } from './harbor.ts';
import type { Person } from './person.ts';
import { type Sallyport, startSallyport } from './sallyport.ts';

let site: Sallyport;
let ada: Person;
test.beforeAll(async () => {
  test.setTimeout(240_000);
  site = await startSallyport({ demo: true });
  ada = await setUpOwner(site);
  await inviteMember(site, ada);
});
test.afterAll(async () => site?.stop());
test.beforeEach(() => test.setTimeout(120_000));

const signIn = (page: Page, who: typeof owner): Promise<void> =>
  comeIn(page, who, () => signInAt(page, site.origin, who));

async function openBuilder(page: Page, id: string): Promise<void> {
  await page.goto(`${site.origin}/apps/${id}/edit`);
  await expect(page.getByRole('main', { name: 'Canvas' })).toBeVisible({ timeout: 30_000 });
}

async function newApp(page: Page, name: string): Promise<string> {
  const app = await ada.call(contract.apps.createApp, { body: { name } });
  await signIn(page, owner);
  await openBuilder(page, app.id);
  return app.id;
}

const draftOf = (id: string): Promise<Draft> => ada.call(contract.apps.getDraft, { params: { id } });
const componentsOf = (draft: Draft) => Object.values(draft.pages.pages)[0]!.components;
const frame = (page: Page, id: string) => page.locator(`[data-component="${id}"]`);
const saved = (page: Page) => expect(page.getByText(/^Saved (just now|\d+ s ago)$/)).toBeVisible();

/** Adds a component by the keyboard, with nothing selected. */
async function add(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Add component' }).first().click();
  await page.getByLabel('Find a component to add').fill(name);
  await page.getByRole('button', { name, exact: true }).press('Enter');
  await page.getByRole('button', { name: 'Close' }).press('Enter');
  await expect(page.locator('body')).not.toBeFocused();
}

async function writeQuery(page: Page, text: string): Promise<void> {
  await page.getByRole('button', { name: 'Add query' }).first().click();
  await page.getByRole('menuitem', { name: /demo.*PostgreSQL/i }).click();
  await expect(page.getByRole('textbox', { name: 'SQL of query1' })).toBeFocused();
  await page.getByRole('textbox', { name: 'SQL of query1' }).fill(text);
}

const connectApi = (name: string, baseUrl: string) =>
  ada.call(contract.sources.connectSource, {
    body: {
      name,
      environments: [
        { environment: 'development', settings: { engine: 'rest', baseUrl }, credential: { kind: 'none' } },
      ],
    },
  });

test('B7 a builder places, binds, runs and publishes what was reviewed; a member opens it and nobody else builds', async ({
  page,
  browser,
}) => {
  const id = await newApp(page, 'Airports');
  await add(page, 'Text input');
  await add(page, 'Table');
  await writeQuery(
    page,
    "select iata, city, state from airports where city ilike {{ textInput1.value }} || '%' order by iata",
  );
  await expect(page.getByText('Compiles')).toBeVisible();
  await expect(page.getByRole('img', { name: 'user', exact: true })).toBeVisible();
  await page.getByRole('textbox', { name: 'SQL of query1' }).press('Control+Enter');
  await expect(page.getByRole('region', { name: 'Result' }).getByText('Bay Springs')).toBeVisible();
  await expect(page.getByText(/ms in the database/)).toBeVisible();

  await page.getByRole('tab', { name: 'Sent vs. ran' }).click();
  await expect(page.getByRole('region', { name: 'The browser sent' })).toContainText('textInput1_value');
  await expect(page.getByRole('region', { name: 'The browser sent' })).not.toContainText('select iata');
  await expect(page.getByRole('region', { name: 'The server ran' })).toContainText('select iata');
  await expect(page.getByRole('list', { name: 'Binds' })).toContainText('textInput1.value');

  await frame(page, 'table1').click();
  await page
    .getByRole('complementary', { name: 'Inspector' })
    .getByLabel('Query', { exact: true })
    .selectOption('query1');
  await expect(frame(page, 'table1').getByText('Bay Springs')).toBeVisible();
  await saved(page);
  // Read out is what changed, not how long ago, nor what stands beside a verdict.
  await expect(page.getByRole('status').filter({ hasText: /^Saved/ })).toHaveText('Saved');
  const verdict = page.getByRole('status').filter({ hasText: 'Compiles' });
  await expect(verdict.locator('> :not([aria-live="off"])')).toHaveText(['Compiles']);

  // What is typed in a query and not saved is not in the release, and that is said where it is published.
  await page.getByRole('textbox', { name: 'SQL of query1' }).press('Control+End');
  await page.keyboard.type(' limit 7000');
  await page.getByRole('button', { name: /^Publish/ }).click();
  const dialog = page.getByRole('dialog');
  const unsaved = dialog.getByRole('region', { name: 'Not saved and not included in this release' });
  await unsaved.getByRole('button', { name: 'Save query1' }).click();
  await expect(unsaved).toHaveCount(0);
  await expect(dialog.getByText('limit 7000')).toBeVisible();
  await expect(dialog.getByText('New statements')).toBeVisible();
  await expect(dialog.getByText('airports', { exact: true })).toBeVisible();
  await dialog.getByLabel('Release note').fill('The first one.');
  // What is typed in a dialog is not lost by a press beside it.
  await page.mouse.click(8, 700);
  await expect(dialog.getByLabel('Release note')).toHaveValue('The first one.');
  const shown = (await dialog.locator('.bd-hash').textContent()) ?? '';
  const sent = page.waitForRequest((one) => one.method() === 'POST' && one.url().endsWith('/releases'));
  await dialog.getByRole('button', { name: 'Publish release 1' }).click();
  expect((await sent).postDataJSON().hash).toBe(shown.replaceAll(' ', ''));
  await expect(page.getByText('Release 1 is live.')).toBeVisible();
  await ada.call(contract.apps.changeApp, {
    params: { id },
    body: { audience: { everyone: true, groups: [] } },
  });

  const other = await browser.newContext();
  const bo = await other.newPage();
  await signIn(bo, member);
  await bo.goto(`${site.origin}/a/airports`);
  await expect(bo.getByText('Bay Springs')).toBeVisible();
  await bo.goto(`${site.origin}/apps/${id}/edit`);
  await expect(
    bo.getByRole('heading', { name: 'You do not have permission to do this', exact: true }),
  ).toBeVisible();
  await expect(bo.getByRole('link', { name: 'Go to your apps' })).toBeVisible();
  await other.close();
});

test('B7 what is live goes back to an earlier release and forward again, and the draft stays', async ({
  page,
}) => {
  const { id } = await ada.call(contract.apps.createApp, { body: { name: 'There and back' } });
  for (const text of ['one', 'two']) {
    const { version, pages } = await draftOf(id);
    Object.values(pages.pages)[0]!.components.said = {
      type: 'text',
      order: 'a0',
      layout: { x: 0, y: 0, w: 12, h: 2 },
      props: { text },
      on: {},
    };
    await ada.call(contract.apps.savePages, { params: { id }, body: { version, pages } as never });
    const { hash } = await ada.call(contract.apps.planRelease, { params: { id } });
    await ada.call(contract.apps.publish, { params: { id }, body: { hash, note: '' } });
  }
  await signIn(page, owner);
  await openBuilder(page, id);
  const member = await page.context().newPage();
  const memberSees = async (text: string) => {
    await member.goto(`${site.origin}/a/there-and-back`);
    await expect(member.locator('[data-component="said"]')).toHaveText(text);
    await page.bringToFront();
  };
  await memberSees('two');
  await page.getByRole('button', { name: 'There and back', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Releases and rollback…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: 'Go forward…' })).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Roll back…' }).last().click();
  await dialog.getByRole('button', { name: 'Roll back to release 1' }).click();
  await expect(page.getByText('Release 1 is live again.')).toBeVisible();
  await memberSees('one');
  await dialog.getByRole('button', { name: 'Go forward…' }).click();
  await dialog.getByRole('button', { name: 'Go forward to release 2' }).click();
  await expect(page.getByText('Release 2 is live again.')).toBeVisible();
  await memberSees('two');
  await expect(page.getByRole('main', { name: 'Canvas' }).getByText('two')).toBeVisible();
});

test('a query that cannot be bound does not save; the offer to rewrite it does', async ({ page }) => {
  const id = await newApp(page, 'Unsafe');
  await add(page, 'Text input');
  await writeQuery(page, "select iata from airports where city ilike '%{{ textInput1.value }}%'");
  await expect(page.getByText('Does not compile')).toBeVisible();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('query1 was not saved.')).toBeVisible();
  expect((await draftOf(id)).queries).toEqual({});
  await frame(page, 'textInput1').click();
  await page.getByRole('textbox', { name: 'Label of textInput1' }).click();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('{{ textInput2.value }}');
  await expect(page.getByText('“textInput2” does not exist in this app.').first()).toBeVisible();
  // An error stays, and covers no button of a dialog.
  await page.getByRole('button', { name: /^Publish/ }).click();
  await expect(page.getByRole('region', { name: 'Expressions with errors' })).toContainText(
    'textInput1.label',
  );
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('query1 was not saved.')).toBeVisible();
  await page.locator('.cm-lintRange-error').first().hover();
  await expect(page.locator('.cm-tooltip').getByRole('button', { name: /Write '%'/ })).toBeVisible();
  await page
    .getByRole('status')
    .getByRole('button', { name: /Write '%'/ })
    .press('Enter');
  await expect(page.getByText('Compiles')).toBeVisible();
  const editor = page.getByRole('textbox', { name: 'SQL of query1' });
  await editor.fill('select iata from airports where city in {{ [textInput1.value] }}');
  await expect(page.getByText('A list needs parentheses')).toBeVisible();
  await page
    .getByRole('status')
    .getByRole('button', { name: /^Write \(/ })
    .press('Enter');
  await expect(page.getByText('Compiles')).toBeVisible();
  await editor.press('Control+s');
  const saved = async () => (await draftOf(id)).queries.query1?.document;
  await expect.poll(async () => (await saved())?.run).toBe('auto');
  // A read that becomes a write is saved as one, also before it was checked.
  await editor.fill('update airports set city = city where iata = {{ textInput1.value }}');
  await editor.press('Control+s');
  await expect.poll(async () => (await saved())?.run).toBe('manual');
  await expect(page.getByText('query1 was not saved.')).toHaveCount(0);
  // The badge of an expression is no text: who types over several lines up to it has what was typed, and no “user”.
  await editor.fill('select iata\nfrom airports\nwhere city = {{ textInput1.value }}');
  await expect(page.getByRole('img', { name: 'user', exact: true })).toBeVisible();
  await editor.press('Control+a');
  await page.keyboard.type('values');
  await expect(editor).toHaveText('values');
});

test('a SELECT is a write where its author says that a function changes data, and a read again without it', async ({
  page,
}) => {
  const id = await newApp(page, 'Function that writes');
  await writeQuery(page, "select upper('a') as done");
  await expect(page.getByText('Compiles')).toBeVisible();
  await page.getByRole('tab', { name: 'Settings' }).click();
  const saved = async () => {
    await page.getByRole('button', { name: 'Save', exact: true }).press('Enter');
    const { document, compiled } = (await draftOf(id)).queries.query1 ?? {};
    return [document?.kind === 'sql' && document.writes, document?.run, compiled?.effect];
  };
  const says = page.getByRole('checkbox', { name: 'A function changes data' });
  await says.check();
  await expect.poll(saved).toEqual([true, 'manual', 'write']);
  await expect(page.getByRole('checkbox', { name: 'Server-side paging' })).toBeDisabled();
  const expected = page.getByRole('combobox', { name: 'May change' });
  await expect(expected).toHaveCount(0);
  await says.uncheck();
  await expect.poll(saved).toEqual([undefined, 'manual', 'read']);
  // Said of a statement that writes by itself, it is of no use, and takes nothing away.
  await says.check();
  await page
    .getByRole('textbox', { name: 'SQL of query1' })
    .fill("update airports set city = 'Oslo' where iata = 'OSL'");
  await expect(page.getByText('This statement writes by itself')).toBeVisible();
  await expected.selectOption('exactly');
  await expect.poll(saved).toEqual([true, 'manual', 'write']);
});

test('B6 a query that is closed before it was saved stands in the list, and opens as it was', async ({
  page,
}) => {
  await newApp(page, 'Closed');
  await writeQuery(page, 'select iata from airports');
  const list = page.getByRole('navigation', { name: 'App' }).getByRole('region', { name: 'Queries' });
  await page.getByRole('tab', { name: /^query1/ }).press('Delete');
  await expect(page.getByText('No query is open. Choose one on the left, or create one.')).toBeVisible();
  // Without a query, its panel leaves the room to the canvas, also in a low window.
  await page.setViewportSize({ width: 1280, height: 720 });
  const { height } = (await page.getByRole('region', { name: 'Query panel' }).boundingBox())!;
  expect(height).toBeLessThan(120);
  await list.getByRole('button', { name: /^query1/ }).click();
  await expect(page.getByRole('textbox', { name: 'SQL of query1' })).toHaveText('select iata from airports');
});

test('a statement that nobody could check, without a network, is checked once there is one', async ({
  page,
}) => {
  await newApp(page, 'Away');
  await writeQuery(page, 'select iata from airports');
  await expect(page.getByText('Compiles')).toBeVisible();
  await page.context().setOffline(true);
  await page.getByRole('textbox', { name: 'SQL of query1' }).fill('select city from airports');
  const said = page.getByRole('status').filter({ hasText: 'did not respond' });
  await expect(said).toBeVisible();
  await page.context().setOffline(false);
  await expect(page.getByText('Compiles')).toBeVisible({ timeout: 30_000 });
});

test('what is set of an argument is put right where it stands, also while the query does not compile for it', async ({
  page,
}) => {
  await newApp(page, 'Limits');
  await writeQuery(page, 'select iata from airports where latitude > {{ low }}');
  await expect(page.getByText('Compiles')).toBeVisible();
  await page.getByRole('tab', { name: /^Arguments/ }).click();
  const from = page.getByLabel('from of low');
  await from.press('-');
  await expect(page.getByRole('cell').getByText('“-” is not a valid decimal.')).toBeVisible();
  await expect(from).toBeFocused();
  await page.keyboard.type('5');
  await expect(page.getByText('Compiles')).toBeVisible();
  await expect(from).toHaveValue('-5');

  // Nothing that is set is in the way of another text, and it is there when its argument is again.
  const text = page.getByRole('textbox', { name: 'SQL of query1' });
  await text.fill('select iata from airports where latitude > {{ south }}');
  await expect(page.getByLabel('from of south')).toHaveValue('');
  await expect(page.getByText('Compiles')).toBeVisible();
  await text.fill('select iata from airports where latitude > {{ low }}');
  await expect(from).toHaveValue('-5');

  // The value that a run by hand takes from the page is the one that stands there now.
  await add(page, 'Text input');
  await text.fill('select iata from airports where city = {{ textInput1.value }}');
  const value = page.getByLabel('Value of textInput1_value');
  await expect(value).toHaveAttribute('placeholder', '"" (live)');
  await page.getByRole('textbox', { name: 'Default value of textInput1' }).fill('Lima');
  await expect(value).toHaveAttribute('placeholder', '"Lima" (live)');
});

test('B6 a request is written with keys alone, and keeps the body that was written of another kind', async ({
  page,
}) => {
  await connectApi('Tickets', 'http://127.0.0.1:9');
  await newApp(page, 'Requests');
  await page.getByRole('button', { name: 'New query' }).press('Enter');
  await page.getByRole('menuitem', { name: /Tickets/ }).press('Enter');
  await page.getByLabel('Method').press('P');
  await page.keyboard.press('Tab');
  await page.keyboard.type('/tickets');
  await expect(page.getByRole('textbox', { name: 'Path' })).toHaveText('/tickets');
  await page.getByRole('button', { name: 'Add to query parameters' }).press('Enter');
  await page.keyboard.type('{{');
  await expect(page.getByLabel('Name 1 of query parameters')).toHaveValue('{{');
  await expect(page.getByText(/^Name 1 of query parameters: /)).toBeVisible();
  const kind = page.getByLabel('Body type');
  await kind.selectOption('json');
  await page.getByRole('textbox', { name: /^Body of/ }).fill('{ "note": 1 }');
  await kind.selectOption('form');
  await kind.selectOption('json');
  await expect(page.getByRole('textbox', { name: /^Body of/ })).toHaveText('{ "note": 1 }');
});

test('a whole address that is pasted as a path is taken apart; of another host is said what to do', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await connectApi('Orders', 'http://127.0.0.1:9/v1');
  await newApp(page, 'Addresses');
  await page.getByRole('button', { name: 'New query' }).press('Enter');
  await page.getByRole('menuitem', { name: /Orders/ }).press('Enter');
  await expect(page.getByText('Base URL: http://127.0.0.1:9/v1')).toBeVisible();
  const path = page.getByRole('textbox', { name: 'Path' });
  const paste = async (text: string) => {
    await page.evaluate((one) => navigator.clipboard.writeText(one), text);
    await path.press('Control+a');
    await path.press('Control+v');
  };
  await paste('https://example.com/v1/orders');
  await expect(page.getByRole('alert').getByText('Another address needs another source.')).toBeVisible();
  await page.getByRole('button', { name: 'Add to query parameters' }).click();
  await page.keyboard.type('limit');
  await paste('http://127.0.0.1:9/v1/orders?status=open&q=a%26b');
  await expect(path).toHaveText('/orders');
  await expect(page.getByLabel('Name 1 of query parameters')).toHaveValue('limit');
  await expect(page.getByLabel('Name 2 of query parameters')).toHaveValue('status');
  await expect(page.getByLabel('Value 3 of query parameters')).toHaveText('a&b');
  await expect(page.getByText('Compiles')).toBeVisible();
});

test('an answer with its rows in a field says where they are', async ({ page }) => {
  const rows = [{ id: 1, customer: { name: 'Ada' } }, { id: 2 }];
  const api = createServer((_request, response) =>
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ data: rows })),
  );
  await new Promise<void>((done) => api.listen(0, '127.0.0.1', done));
  try {
    await connectApi('Listed', `http://127.0.0.1:${(api.address() as AddressInfo).port}`);
    await newApp(page, 'Rows within');
    await page.getByRole('button', { name: 'New query' }).press('Enter');
    await page.getByRole('menuitem', { name: /Listed/ }).press('Enter');
    await page.getByRole('button', { name: /^Run Ctrl/ }).click();
    await page.getByRole('button', { name: 'Use its items as rows' }).click();
    await expect(page.getByRole('tab', { name: 'Result 2' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Use its items as rows' })).toHaveCount(0);
    await page.getByRole('tab', { name: 'Settings' }).click();
    await expect(page.getByLabel('Rows at')).toHaveValue('data');
  } finally {
    api.closeAllConnections();
    api.close();
  }
});

test('a request sends a list as repeated names, reads a header, and fails where its API says that it failed', async ({
  page,
}) => {
  const asked: string[] = [];
  const api = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.setHeader('content-type', 'application/json').setHeader('X-Total-Count', '25');
    response.end(request.url?.includes('bad') ? '{"error":{"info":"No such tag."}}' : '{"rows":[{"id":7}]}');
  });
  await new Promise<void>((done) => api.listen(0, '127.0.0.1', done));
  try {
    await connectApi('Tagged', `http://127.0.0.1:${(api.address() as AddressInfo).port}`);
    await newApp(page, 'Repeated names');
    await page.getByRole('button', { name: 'New query' }).press('Enter');
    await page.getByRole('menuitem', { name: /Tagged/ }).press('Enter');
    await page.getByRole('button', { name: 'Add to query parameters' }).click();
    await page.keyboard.type('tag');
    const each = page.getByLabel('Once for each item, 1 of query parameters');
    const value = page.getByLabel('Value 1 of query parameters');
    await value.fill('a');
    await expect(each).toHaveCount(0);
    await value.fill("{{ ['a&b', 'ü'] }}");
    await each.check();
    await expect(page.getByText('Compiles')).toBeVisible();
    await page.getByRole('tab', { name: 'Settings' }).click();
    await page.getByLabel('Response headers').fill('Set-Cookie');
    await expect(page.getByText('Response headers: “Set-Cookie” may hold a credential')).toBeVisible();
    await page.getByLabel('Response headers').fill('X-Total-Count');
    await page.getByLabel('Error at').fill('error');
    await page.getByLabel('Rows at').fill('rows');
    await expect(page.getByText("{{ query1.headers['x-total-count'] }}")).toBeVisible();
    await page.getByRole('button', { name: /^Run Ctrl/ }).click();
    const result = page.getByRole('tabpanel', { name: /^Result/ });
    await expect(result.getByText('x-total-count')).toBeVisible();
    await expect(result.getByText('25')).toBeVisible();
    expect(asked.at(-1)).toBe('/?tag=a%26b&tag=%C3%BC');
    await value.fill("{{ ['bad'] }}");
    await page.getByRole('button', { name: /^Run Ctrl/ }).click();
    await expect(result.getByText('The response says at “error” that it failed')).toBeVisible();
  } finally {
    api.closeAllConnections();
    api.close();
  }
});

test('what a query brought goes with it to its new name, and not to the next query of the old one', async ({
  page,
}) => {
  await newApp(page, 'Renamed query');
  await writeQuery(page, "select iata from airports where iata = '00M'");
  await page.keyboard.press('Control+Enter');
  const result = page.getByRole('region', { name: 'Result' });
  await expect(result.getByText('00M')).toBeVisible();
  await page
    .getByRole('navigation', { name: 'App' })
    .getByRole('button', { name: /^query1/ })
    .dblclick();
  await page.getByRole('dialog').getByLabel('Name').fill('one_airport');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tab', { name: 'one_airport' })).toBeVisible();
  await expect(result.getByText('00M')).toBeVisible();
  await writeQuery(page, 'select 2');
  await expect(page.getByText('Not run yet')).toBeVisible();
  await expect(page.getByRole('tab', { name: 'Runs', exact: true })).toBeVisible();

  // The name of what was begun is taken too; where an undo gives it back, what was begun has another.
  await page.getByRole('tab', { name: 'one_airport' }).dblclick();
  await page.getByRole('dialog').getByLabel('Name').fill('query1');
  await expect(page.getByText('“query1” is already used in this app.')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Undo: Rename query1 to one_airport' }).click();
  await expect(page.getByText('not saved is now called query2')).toBeVisible();
  await page.getByRole('tab', { name: /^query2/ }).click();
  await expect(page.getByRole('textbox', { name: 'SQL of query2' })).toHaveText('select 2');
});

test('the keys stay in a list whose rows are added, moved and removed', async ({ page }) => {
  const id = await newApp(page, 'Lists by keys');
  await writeQuery(page, 'select iata, city, state from airports');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('region', { name: 'Result' }).getByText('Bay Springs')).toBeVisible();
  await add(page, 'Table');
  await frame(page, 'table1').click();
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  const button = (name: string) => inspector.getByRole('button', { name, exact: true });
  await inspector.getByLabel('Query', { exact: true }).selectOption('query1');
  await button('Add the columns of query1').click();
  await inspector.getByRole('button', { name: /^iata/i }).press('Enter');
  await button('Down').press('Enter');
  await expect(button('Down')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(button('Down')).toBeFocused();
  await expect(button('Down')).toHaveAttribute('aria-disabled', 'true');
  await button('Remove iata').press('Enter');
  await expect(inspector.getByRole('button', { name: /^state/i })).toBeFocused();

  await page.keyboard.press('Escape');
  await add(page, 'Select');
  await frame(page, 'select1').click();
  await button('Add option').press('Enter');
  await page.keyboard.type('open');
  await button('Add option').press('Enter');
  await page.keyboard.type('paid');
  await button('Remove paid').press('Enter');
  await expect(button('Remove open')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(button('Add option')).toBeFocused();

  await inspector.getByRole('tab', { name: 'Events' }).click();
  await button('Add step: onChange').press('Enter');
  await page.getByRole('menuitem', { name: 'Run query' }).press('Enter');
  await expect(inspector.getByLabel('Query', { exact: true })).toBeFocused();
  await button('Add step: onChange, step 1, on success').press('Enter');
  await page.getByRole('menuitem', { name: 'Notify' }).press('Enter');
  await expect(inspector.getByRole('textbox', { name: /on success, step 1, message$/ })).toBeFocused();
  await button('Add step: onChange').press('Enter');
  await page.getByRole('menuitem', { name: 'Notify' }).press('Enter');
  // What is wrong with an expression is said where it is written, and not to who presses the button.
  await page.keyboard.press('Control+a');
  await page.keyboard.type('{{ select1.vlaue }}');
  const wrong = /^select1 has no “vlaue”/;
  await expect(inspector.getByText(wrong)).toBeVisible();
  await expect(inspector.getByLabel(wrong)).toBeVisible();
  await button('Use value').click();
  await expect(inspector.getByText(wrong)).toHaveCount(0);
  await expect(inspector.getByLabel(wrong)).toHaveCount(0);
  const message = inspector.getByRole('textbox', { name: 'onChange, step 2, message' });
  await expect(message).toHaveText('{{ select1.value }}');
  await message.click();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('Second');
  await button('Move step 2 up').last().press('Enter');
  await expect(button('Move step 1 up').first()).toBeFocused();
  await saved(page);
  expect(componentsOf(await draftOf(id)).select1?.on.onChange?.[0]).toMatchObject({ message: 'Second' });
  await button('Remove step 1').first().press('Enter');
  await expect(button('Remove step 1')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(button('Add step: onChange')).toBeFocused();
});

test('who removes the only line of a list by keys goes on at what adds one', async ({ page }) => {
  await newApp(page, 'Only lines');
  const left = page.getByRole('navigation', { name: 'App' });
  await left.getByRole('button', { name: 'Add variable' }).press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByLabel('Name')).toBeFocused();
  await page.keyboard.type('count');
  await page.mouse.click(8, 700);
  await dialog.getByLabel('Name').press('Enter');
  // Its name is changed by Rename, and by no field here that looks as if it took another.
  await left.getByRole('button', { name: /^count/ }).press('Enter');
  await expect(dialog.getByLabel('Initial value')).toBeFocused();
  await expect(dialog.getByLabel('Name')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  const remove = async (row: string, item: string) => {
    await left.getByRole('button', { name: row }).first().focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: item }).press('Enter');
  };
  await remove('count', 'Remove');
  await expect(left.getByRole('button', { name: 'Add variable' })).toBeFocused();
  await writeQuery(page, 'select 1');
  await page.keyboard.press('Control+s');
  await expect(left.getByRole('button', { name: /^query1 (idle|1 row)/ })).toBeVisible();
  await remove('query1', 'Remove…');
  await page.getByRole('button', { name: 'Remove query1' }).press('Enter');
  await expect(left.getByRole('button', { name: 'Add query' })).toBeFocused();
});

test('the value of a new option is its label until another is given', async ({ page }) => {
  const id = await newApp(page, 'Options');
  await add(page, 'Select');
  await frame(page, 'select1').click();
  await page.getByRole('button', { name: 'Add option' }).click();
  await page.keyboard.type('open');
  await expect(page.getByLabel('Value 1')).toHaveValue('open');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.type('Still open');
  await saved(page);
  expect(componentsOf(await draftOf(id)).select1?.props.options).toEqual([
    { label: 'Still open', value: 'open' },
  ]);
});

test('data that a table does not show beside its query says so', async ({ page }) => {
  await newApp(page, 'Query and data');
  await writeQuery(page, 'select 1 as n');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('tab', { name: 'Result 1' })).toBeVisible();
  await add(page, 'Table');
  await frame(page, 'table1').click();
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await inspector.getByRole('textbox', { name: 'Data of table1' }).fill('{{ query1.data }}');
  const unused = inspector.getByText('Not used: the rows come from the query query1.');
  await expect(inspector.getByText('live', { exact: true })).toBeVisible();
  await expect(unused).toHaveCount(0);
  await inspector.getByLabel('Query', { exact: true }).selectOption('query1');
  await expect(unused).toBeVisible();
});

test('W9 a session that ends in the builder is taken up again with all that is open, and what was refused is said or sent', async ({
  page,
  browser,
}) => {
  const id = await newApp(page, 'Interrupted');
  // A session of its own: the others go on.
  const other = await browser.newContext();
  const again = await other.newPage();
  await signInAt(again, site.origin, owner);
  await openBuilder(again, id);
  await add(again, 'Text input');
  await writeQuery(again, 'select 42 as answer');
  await expect(again.getByText('Compiles')).toBeVisible();
  await other.clearCookies();
  await again.getByRole('button', { name: 'Save', exact: true }).click();
  const ended = again.getByRole('dialog', { name: 'Your session has ended' });
  const signInAgain = async () => {
    await ended.getByRole('textbox', { name: 'Password' }).fill(owner.password);
    await ended.getByRole('button', { name: 'Sign in' }).click();
    await expect(ended).toHaveCount(0);
  };
  await signInAgain();
  const refused = again.getByRole('alert').filter({ hasText: 'query1 was not saved.' });
  await expect(refused).toContainText('Your session had ended, so this was not done. Try again.');
  await expect(again.getByRole('textbox', { name: 'SQL of query1' })).toHaveText('select 42 as answer');
  await again.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(refused).toHaveCount(0);

  await frame(again, 'textInput1').click();
  await other.clearCookies();
  await again.getByRole('textbox', { name: 'Label of textInput1' }).fill('City');
  await signInAgain();
  await saved(again);
  expect(componentsOf(await draftOf(id)).textInput1?.props.label).toBe('City');
  await expect(again.getByRole('button', { name: 'Undo: Set label of textInput1' })).toBeVisible();
  await other.close();
});

test('B1 moving and resizing by pointer and keyboard, undone and redone', async ({ page }) => {
  const id = await newApp(page, 'Moves');
  await add(page, 'Text');
  await add(page, 'Statistic');
  const text = frame(page, 'text1');
  const layout = async (name: string) => componentsOf(await draftOf(id))[name]?.layout;
  const box = (await text.boundingBox())!;
  await page.mouse.move(box.x + 30, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + 250, box.y + 40, { steps: 6 });
  await page.mouse.move(box.x + 30 + box.width, box.y + 20, { steps: 6 });
  await page.mouse.up();
  await saved(page);
  await expect.poll(() => layout('text1')).toEqual({ x: 6, y: 0, w: 6, h: 2 });
  await page.keyboard.press('Control+z');
  await expect.poll(() => layout('text1')).toEqual({ x: 0, y: 0, w: 6, h: 2 });
  await page.keyboard.press('Control+Shift+z');
  await expect.poll(() => layout('text1')).toEqual({ x: 6, y: 0, w: 6, h: 2 });

  await text.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+ArrowLeft');
  await expect.poll(() => layout('text1')).toEqual({ x: 6, y: 1, w: 5, h: 2 });

  const handle = (await text.locator('[data-handle="e"]').boundingBox())!;
  await page.mouse.move(handle.x + 4, handle.y + 4);
  await page.mouse.down();
  await page.mouse.move(handle.x + 400, handle.y + 4, { steps: 5 });
  await page.mouse.up();
  await expect.poll(() => layout('text1')).toEqual({ x: 6, y: 1, w: 6, h: 2 });

  await text.focus();
  await page.keyboard.press('Control+d');
  await expect(frame(page, 'text2')).toBeVisible();
  await page.keyboard.press('Delete');
  await expect(frame(page, 'text2')).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo: Delete text2' }).click();
  await expect(frame(page, 'text2')).toBeVisible();
  const inTree = page
    .getByRole('navigation', { name: 'App' })
    .getByRole('button', { name: 'text2', exact: true });
  await inTree.press('Delete');
  await expect(frame(page, 'text2')).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(frame(page, 'text2')).toBeVisible();

  await text.click();
  const hidden = page
    .getByRole('complementary', { name: 'Inspector' })
    .getByRole('checkbox', { name: 'Hidden' });
  await hidden.click();
  await expect(hidden).toBeChecked();
  await page.keyboard.press('Control+z');
  await expect(hidden).not.toBeChecked();
});

test('several are moved, cut, pasted and brought back by the keyboard, which goes on with them', async ({
  page,
}) => {
  const id = await newApp(page, 'Several');
  await add(page, 'Text');
  await add(page, 'Statistic');
  const rows = async () =>
    Object.fromEntries(
      Object.entries(componentsOf(await draftOf(id))).map(([name, { layout }]) => [name, layout.y]),
    );
  await frame(page, 'text1').click();
  await frame(page, 'statistic1').click({ modifiers: ['Shift'] });
  for (let row = 0; row < 2; row += 1) await page.keyboard.press('ArrowDown');
  await expect.poll(rows).toEqual({ text1: 2, statistic1: 4 });
  // Dragged beyond the edge they stop together, where the one that is held is said to land.
  const held = (await frame(page, 'statistic1').boundingBox())!;
  await page.mouse.move(held.x + 30, held.y + 20);
  await page.mouse.down();
  await page.mouse.move(held.x + 34, held.y - 120, { steps: 8 });
  const landing = (await page.locator('.bd-landing').boundingBox())!;
  await page.mouse.up();
  await expect.poll(rows).toEqual({ text1: 0, statistic1: 2 });
  expect((await frame(page, 'statistic1').boundingBox())!.y).toBeCloseTo(landing.y, -1);
  // Without leave to write the clipboard.
  await page.keyboard.press('Control+x');
  await expect(page.locator('[data-component]')).toHaveCount(0);
  await page.keyboard.press('Control+v');
  await expect(page.locator('[data-component]')).toHaveCount(2);
  await page.keyboard.press('Delete');
  await expect(page.locator('[data-component]')).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(page.locator('[data-component]')).toHaveCount(2);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await expect(page.locator('[data-component]')).toHaveCount(0);
  // A Russian keyboard has other letters on these keys.
  const devtools = await page.context().newCDPSession(page);
  const press = (key: string, code: string) =>
    devtools.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key, code, modifiers: 2 });
  await press('я', 'KeyZ');
  await expect(page.locator('[data-component]')).toHaveCount(2);
  await press('ф', 'KeyA');
  await press('в', 'KeyD');
  await expect(page.locator('[data-component]')).toHaveCount(4);
});

test('what is pasted or moved below the fold comes into sight', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await newApp(page, 'Below the fold');
  for (const name of ['Chart', 'Chart', 'Text', 'Statistic']) await add(page, name);
  await frame(page, 'text1').click();
  await frame(page, 'statistic1').click({ modifiers: ['Shift'] });
  await page.keyboard.press('Control+c');
  const canvas = page.getByRole('main', { name: 'Canvas' });
  await canvas.evaluate((scroller) => scroller.scrollTo(0, 0));
  await page.keyboard.press('Control+v');
  await expect(frame(page, 'text2')).toBeInViewport({ ratio: 1 });
  await expect(frame(page, 'statistic2')).toBeInViewport({ ratio: 1 });

  await frame(page, 'text2').focus();
  for (let row = 0; row < 20; row += 1) await page.keyboard.press('ArrowDown');
  await expect(frame(page, 'text2')).toBeInViewport({ ratio: 1 });
});

test('a table without listed columns draws the first hundred, says of how many, and shows others', async ({
  page,
}) => {
  const id = await newApp(page, 'Wide');
  await add(page, 'Table');
  await saved(page);
  const { version, pages } = await draftOf(id);
  Object.values(pages.pages)[0]!.components.table1!.props.data =
    '{{ [Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`c${i}`, i]))] }}';
  await ada.call(contract.apps.savePages, { params: { id }, body: { version, pages } });
  await openBuilder(page, id);
  await page.getByRole('button', { name: 'Preview' }).click();
  const table = page.getByRole('region', { name: 'table1' });
  await expect(table.getByText('100 of 5,000 columns are shown.')).toBeVisible();
  await expect(table.getByRole('columnheader')).toHaveCount(100);
  await table.getByRole('button', { name: 'Columns' }).click();
  const choices = page.getByRole('dialog', { name: 'Columns' });
  await choices.getByText('The first 100 of 5,000').scrollIntoViewIfNeeded();
  await choices.getByRole('checkbox').nth(100).check();
  await expect(table.getByText('101 of 5,000 columns are shown.')).toBeVisible();
});

test('a text input refuses what no run has room for, says so, and stays as it was', async ({ page }) => {
  await newApp(page, 'Long');
  await add(page, 'Text input');
  await page.getByRole('button', { name: 'Preview' }).click();
  const input = page.getByRole('main', { name: 'Preview of Long' }).getByRole('textbox');
  await input.fill('kept');
  await input.fill('x'.repeat(1_000_001));
  await expect(page.getByText('Not entered. Maximum 1,000,000 characters, entered 1,000,001.')).toBeVisible();
  await expect(input).toHaveValue('kept');
  await input.fill('kept, and typed');
  await expect(page.getByText(/^Not entered/)).toHaveCount(0);
  await expect(input).toHaveValue('kept, and typed');
});

test('Debug follows a variable that a step sets, and the tree whether a modal is closed', async ({
  page,
}) => {
  const { id } = await ada.call(contract.apps.createApp, { body: { name: 'Counts' } });
  const { version, pages } = await draftOf(id);
  Object.values(pages.pages)[0]!.components.more = {
    type: 'button',
    order: 'a0',
    layout: { x: 0, y: 0, w: 2, h: 2 },
    props: { label: 'One more' },
    on: { onClick: [{ do: 'setVariable', name: 'count', value: '{{ variables.count + 1 }}' }] },
  };
  Object.values(pages.pages)[0]!.components.side = {
    type: 'modal',
    order: 'a1',
    layout: { x: 0, y: 2, w: 12, h: 4 },
    props: { title: 'Beside' },
    on: {},
  };
  pages.variables.count = 7;
  await ada.call(contract.apps.savePages, { params: { id }, body: { version, pages } });
  await signIn(page, owner);
  await openBuilder(page, id);
  const side = page.getByRole('navigation', { name: 'App' }).getByText('side', { exact: true }).locator('..');
  await expect(side).toContainText('closed');
  await side.click();
  await expect(frame(page, 'side')).toBeVisible();
  await expect(side).not.toContainText('closed');
  await page.getByRole('button', { name: 'Preview' }).click();
  await expect(side).toContainText('closed');
  await page.getByRole('button', { name: 'Debug' }).click();
  const count = page.getByRole('region', { name: 'Debug' }).getByText('variables.count').locator('..');
  await expect(count).toContainText('7');
  await page.getByRole('button', { name: 'One more' }).click();
  await expect(count).toContainText('8');
});

test('a component that is dragged over a form lands in it, though the form would make room for it', async ({
  page,
}) => {
  const id = await newApp(page, 'Nests');
  await add(page, 'Text');
  await page.keyboard.press('Escape');
  await page.getByRole('complementary', { name: 'Inspector' }).click();
  await add(page, 'Form');
  const from = (await frame(page, 'text1').boundingBox())!;
  const form = (await frame(page, 'form1').boundingBox())!;
  await page.mouse.move(from.x + 30, from.y + 20);
  await page.mouse.down();
  await page.mouse.move(form.x + 80, form.y + 20, { steps: 8 });
  await page.mouse.move(form.x + 80, form.y + 120, { steps: 8 });
  await page.mouse.up();
  await expect.poll(async () => componentsOf(await draftOf(id)).text1?.parent).toBe('form1');
});

test('B3 a rename reaches pages and queries, and undo takes it back in both', async ({ page }) => {
  const id = await newApp(page, 'Renames');
  await add(page, 'Text input');
  await add(page, 'Text');
  await page.getByRole('textbox', { name: 'Text of text1' }).fill('You typed {{ textInput1.value }}');
  await writeQuery(page, 'select iata from airports where iata = {{ textInput1.value }}');
  await page.getByRole('textbox', { name: 'SQL of query1' }).press('Control+s');
  await expect.poll(async () => Object.keys((await draftOf(id)).queries)).toEqual(['query1']);

  await frame(page, 'textInput1').click();
  await page.getByRole('button', { name: 'Rename textInput1' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('code');
  await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
  const state = async () => {
    const draft = await draftOf(id);
    const query = draft.queries.query1?.document;
    return [componentsOf(draft).text1?.props.text, query?.kind === 'sql' && query.text];
  };
  const named = (name: string) => [
    `You typed {{ ${name}.value }}`,
    `select iata from airports where iata = {{ ${name}.value }}`,
  ];
  await expect.poll(state).toEqual(named('code'));
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo: Rename textInput1 to code' }).click();
  await expect.poll(state).toEqual(named('textInput1'));

  const tab = page.getByRole('tablist', { name: 'Open queries' }).getByRole('tab');
  await tab.dblclick();
  await page.getByRole('dialog').getByLabel('Name').fill('airports_of');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(tab).toHaveText('airports_of');
  await expect(tab).toBeFocused();

  // Each row of tabs is one stop for Tab, and what is shown is named by its tab.
  const about = page.getByRole('tablist', { name: 'About airports_of' });
  await about.getByRole('tab', { name: 'Result' }).focus();
  for (const [key, name] of [
    ['End', /^Runs/],
    ['ArrowRight', /^Result/],
    ['ArrowLeft', /^Runs/],
    ['Home', /^Result/],
    ['ArrowRight', /^Arguments/],
  ] as const) {
    await page.keyboard.press(key);
    await expect(about.getByRole('tab', { name })).toBeFocused();
    await expect(
      page.getByRole('tabpanel', { name: 'airports_of' }).getByRole('tabpanel', { name }),
    ).toBeVisible();
  }
});

test('what a button of the inspector asks for is what is typed next', async ({ page }) => {
  await newApp(page, 'Typed next');
  await add(page, 'Select');
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  for (const label of ['Open', 'Closed']) {
    await inspector.getByRole('button', { name: 'Add option' }).click();
    await page.keyboard.type(label);
  }
  await expect(inspector.getByLabel('Label 1')).toHaveValue('Open');
  await expect(inspector.getByLabel('Label 2')).toHaveValue('Closed');
});

test('an expression is written as soon as it is asked for, and its button keeps the keys on the way back', async ({
  page,
}) => {
  await newApp(page, 'Expressions');
  await add(page, 'Select');
  const fx = page.getByRole('button', { name: 'fx: expression for required' });
  await fx.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Required of select1' })).toBeFocused();
  await page.keyboard.type('1 < 2');
  await expect(page.getByRole('textbox', { name: 'Required of select1' })).toHaveText('{{ 1 < 2 }}');
  await fx.press('Enter');
  await expect(fx).toBeFocused();
  await expect(fx).toHaveAttribute('aria-pressed', 'false');
});

test('B6 one person in two tabs: both are kept, and nobody else is named', async ({ page, browser }) => {
  const id = await newApp(page, 'Both');
  const other = await browser.newContext();
  const second = await other.newPage();
  await signIn(second, owner);
  await openBuilder(second, id);
  await add(second, 'Checkbox');
  await add(second, 'Button');
  await saved(second);
  await add(page, 'Button');
  const dialog = page.getByRole('dialog', { name: 'You saved this app in another tab' });
  await expect(dialog.getByRole('listitem')).toHaveText('button1 → button2');
  await dialog.getByRole('button', { name: 'Merge both' }).click();
  await expect
    .poll(async () => Object.keys(componentsOf(await draftOf(id))).sort())
    .toEqual(['button1', 'button2', 'checkbox1']);
  await other.close();
});

test('B6 one query in two tabs: nothing is written over without a word', async ({ page, browser }) => {
  const id = await newApp(page, 'One query');
  await writeQuery(page, 'select iata from airports');
  const text = (of: Page) => of.getByRole('textbox', { name: 'SQL of query1' });
  const saves = async (of: Page, sql: string) => {
    await text(of).fill(sql);
    await text(of).press('Control+s');
  };
  const stored = async () => {
    const document = (await draftOf(id)).queries.query1?.document;
    return document?.kind === 'sql' ? document.text : undefined;
  };
  // Another tab of this browser leaves alone what is typed here; a reload brings it back.
  const beside = await page.context().newPage();
  await openBuilder(beside, id);
  await expect(beside.getByText('No query is open')).toBeVisible();
  await beside.close();
  await page.reload();
  await expect(text(page)).toHaveText('select iata from airports');
  await text(page).press('Control+s');
  await expect.poll(stored).toBe('select iata from airports');

  const other = await browser.newContext();
  const second = await other.newPage();
  await signIn(second, owner);
  await openBuilder(second, id);
  await saves(second, 'select city from airports');
  await expect.poll(stored).toBe('select city from airports');

  await saves(page, 'select state from airports');
  const dialog = page.getByRole('dialog', { name: 'You saved query1 in another tab' });
  await expect(dialog).toContainText('select city from airports');
  expect(await stored()).toBe('select city from airports');
  await dialog.getByRole('button', { name: 'Save this tab’s over it' }).click();
  await expect.poll(stored).toBe('select state from airports');
  await other.close();
});

test('B6 work that could not be saved comes back after a reload, where the local storage is full as well', async ({
  page,
  context,
}) => {
  const id = await newApp(page, 'Crash');
  await page.evaluate(() => {
    for (let size = 2 ** 23; size >= 1; size /= 2)
      try {
        localStorage.setItem(`full${size}`, 'x'.repeat(size));
      } catch {
        // A half of it may fit.
      }
  });
  await context.setOffline(true);
  await add(page, 'Date');
  await expect(page.getByText(/^Not saved:.*kept in this browser/)).toBeVisible();
  // However long that is, the app's name is read in full, and the button with it is there.
  for (const width of [1024, 760]) {
    await page.setViewportSize({ width, height: 800 });
    const name = page.locator('.bd-name .sp-cut');
    expect(await name.evaluate((cut) => cut.scrollWidth - cut.clientWidth)).toBe(0);
    const again = page.getByRole('banner').getByRole('button', { name: 'Try again' });
    await expect(again).toBeInViewport({ ratio: 1 });
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => /unsaved/.test(key)))).toEqual(
    [],
  );
  await frame(page, 'date1').click();
  await expect(page).toHaveURL(/\?select=date1$/);
  page.on('dialog', (dialog) => void dialog.accept());
  await context.setOffline(false);
  await page.route('**/draft/pages', (route) => route.abort());
  await page.reload();
  const dialog = page.getByRole('dialog', { name: 'Unsaved work found' });
  await expect(dialog).toBeVisible();
  await page.unroute('**/draft/pages');
  await dialog.getByRole('button', { name: 'Restore' }).click();
  await expect(frame(page, 'date1')).toBeVisible();
  await expect.poll(async () => Object.keys(componentsOf(await draftOf(id)))).toEqual(['date1']);
});

test('the keys by which an input method is told to take or to leave a word choose and close nothing', async ({
  page,
}) => {
  const devtools = await page.context().newCDPSession(page);
  /** Composes letters that find something, leaves one word by Escape, and takes another by Enter. */
  const compose = async (name: string) => {
    const field = page.getByLabel(name);
    await expect(field).toBeFocused();
    for (const key of ['Escape', 'Enter']) {
      await devtools.send('Input.imeSetComposition', { text: 'co', selectionStart: 2, selectionEnd: 2 });
      await page.keyboard.press(key);
      await expect(field).toHaveValue('co');
    }
    // In Safari, nothing is composed any more by then.
    await devtools.send('Input.insertText', { text: 'co' });
    await devtools.send('Input.dispatchKeyEvent', {
      type: 'rawKeyDown',
      key: 'Enter',
      windowsVirtualKeyCode: 229,
    });
    await expect(field).toHaveValue('co');
  };
  await newApp(page, 'Composed');
  await page.getByRole('button', { name: 'Find a component' }).click();
  await compose('Find a component');
  await page.getByRole('button', { name: 'Add component' }).first().click();
  await compose('Find a component to add');
  await page.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByText('No components yet.')).toBeVisible();
  await page.keyboard.press('Control+k');
  await compose('Find a page, component, query or action');
  await page.goto(site.origin);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.keyboard.press('Control+k');
  await compose('Search for an app or a page');
});

test('in Find, what Enter would choose stays in sight and is read out', async ({ page }) => {
  await newApp(page, 'Finding');
  await page.keyboard.press('Control+k');
  const field = page.getByRole('combobox', { name: 'Find a page, component, query or action' });
  await expect(field).toBeFocused();
  for (let row = 0; row < 15; row += 1) await page.keyboard.press('ArrowDown');
  const chosen = page.getByRole('option', { selected: true });
  await expect(chosen).toBeInViewport({ ratio: 1 });
  const { bottom } = await page
    .getByRole('listbox', { name: 'Found' })
    .evaluate((list) => list.getBoundingClientRect());
  const box = (await chosen.boundingBox())!;
  expect(box.y + box.height).toBeLessThanOrEqual(bottom + 1);
  await expect(field).toHaveAttribute('aria-activedescendant', (await chosen.getAttribute('id')) ?? '');
});

test('in forced colours, what Enter would choose of a list is outlined', async ({ page }) => {
  await newApp(page, 'Outlined');
  await page.emulateMedia({ forcedColors: 'active' });
  await writeQuery(page, 'select 1');
  await page.keyboard.press('Control+End');
  await page.keyboard.type(' from air');
  const offered = page.locator('.cm-tooltip-autocomplete li[aria-selected]');
  await expect(offered).toHaveCSS('outline-style', 'solid');
  // A dot that says something by itself is there, in a colour of the person's own.
  await expect(page.getByRole('img', { name: 'unsaved' })).toHaveCSS('background-color', 'rgb(0, 0, 0)');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('option').first()).toHaveCSS('outline-style', 'solid');
  await page.goto(`${site.origin}/policies`);
  await page.getByRole('combobox', { name: 'Action' }).fill('app');
  await expect(page.getByRole('option', { name: 'app:edit' })).toHaveCSS('outline-style', 'solid');
  await expect(page.getByRole('option', { name: 'app:list' })).toHaveCSS('outline-style', 'none');
});

test('a tablet and a phone show one side of the canvas at a time, and nothing outside the window', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 800 });
  await newApp(page, 'In a pocket');
  const canvas = page.getByRole('main', { name: 'Canvas' });
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await expect(inspector).toBeHidden();
  await canvas.getByRole('button', { name: 'Add component' }).click();
  await page.getByRole('button', { name: 'Text', exact: true }).click();
  await expect(frame(page, 'text1')).toBeInViewport();
  await page.getByRole('button', { name: 'Inspector' }).click();
  await expect(inspector.getByRole('heading', { name: 'text1' })).toBeInViewport();
  for (const width of [390, 768]) {
    await page.setViewportSize({ width, height: 800 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    await expect(page.getByRole('button', { name: 'Publish' })).toBeInViewport({ ratio: 1 });
  }
  await expect(frame(page, 'text1')).toBeInViewport();
});

test('a finger on a tablet is told why nothing happens, places what it taps and nothing below it, and scrolls without choosing', async ({
  browser,
}) => {
  const page = await browser.newPage({
    hasTouch: true,
    isMobile: true,
    viewport: { width: 820, height: 700 },
  });
  const id = await newApp(page, 'By finger');
  await page.getByRole('button', { name: 'Undo' }).tap({ force: true });
  await expect(page.getByRole('tooltip')).toHaveText('Nothing to undo.');
  const chosen = page.locator('[data-component][data-selected]');
  for (const name of ['chart1', 'chart2', 'chart3', 'chart4']) {
    await page.getByRole('button', { name: 'Add component' }).first().tap();
    await page.getByRole('button', { name: 'Chart', exact: true }).tap();
    await expect(page.getByRole('dialog', { name: 'Add component' })).toHaveCount(0);
    await expect(chosen).toHaveAccessibleName(`Chart ${name}`);
  }
  await expect.poll(async () => Object.keys(componentsOf(await draftOf(id))).length).toBe(4);
  const placed = componentsOf(await draftOf(id));
  const canvas = page.getByRole('main', { name: 'Canvas' });
  const scrolledTo = () => canvas.evaluate((one) => one.scrollTop);
  const devtools = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...at: number[]) =>
    devtools.send('Input.dispatchTouchEvent', { type, touchPoints: at.map((y) => ({ x: 500, y })) });
  const end = await scrolledTo();
  // The second begins where the first ended, as one scrolls on.
  for (const from of [200, 320]) {
    await touch('touchStart', from);
    for (let y = from + 10; y <= from + 120; y += 10) await touch('touchMove', y);
    await touch('touchEnd');
  }
  await expect.poll(scrolledTo).toBeLessThan(end - 150);
  await expect(chosen).toHaveAccessibleName('Chart chart4');
  expect(componentsOf(await draftOf(id))).toEqual(placed);
  await page.context().close();
});

test('the builder has no accessibility faults that axe finds', async ({ browser }) => {
  const viewport = { width: 1440, height: 900 };
  const context = await browser.newContext({ viewport, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await signIn(page, owner);
  const demo = (await ada.call(contract.apps.listApps)).items.find((app) => app.slug === 'flight-desk')!;
  await openBuilder(page, demo.id);
  await expect(frame(page, 'flights_table')).toBeVisible();
  await frame(page, 'average').click();
  await expect(page.getByText('live', { exact: true }).first()).toBeVisible();
  expect(await accessibilityFindings(page)).toEqual([]);
  await page.getByRole('tab', { name: 'Arguments' }).click();
  await page.getByRole('tab', { name: /Events/ }).click();
  await page.getByRole('button', { name: /^Drafts run in/ }).click();
  await expect(page.getByRole('menu')).toBeVisible();
  expect(await accessibilityFindings(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Publish/ }).click();
  await expect(page.getByRole('dialog').getByText('Summary')).toBeVisible();
  expect(await accessibilityFindings(page)).toEqual([]);
  await context.close();
});

test('an app goes into a file and comes back from it, and another file is told apart', async ({ page }) => {
  await newApp(page, 'Carried');
  await add(page, 'Text');
  await saved(page);
  await page.goto(site.origin);
  await page.getByRole('button', { name: 'More about Carried' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Export draft' }).click();
  const bundle = await readFile(await (await download).path());
  await page.goto(`${site.origin}/?new=import`);
  const give = (buffer: Buffer) =>
    page.getByLabel('Bundle').setInputFiles({ name: 'app.json', mimeType: 'application/json', buffer });
  const send = page.getByRole('button', { name: 'Import app' });
  for (const [text, answer] of [
    ['{', 'The file is not valid JSON.'],
    ['{"format":"another/1"}', 'expected "sallyport.app/1"'],
  ] as const) {
    await give(Buffer.from(text));
    await expect(page.getByRole('alert')).toContainText(answer);
    await expect(send).toHaveAttribute('aria-disabled', 'true');
  }
  await give(bundle);
  await expect(page.getByRole('alert')).toBeHidden();
  await send.click();
  await expect(page).toHaveURL(/\/apps\/[0-9a-f-]+\/edit/);
  await expect(frame(page, 'text1')).toBeVisible();
});
