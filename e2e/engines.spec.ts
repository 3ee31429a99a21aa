import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import { contract } from '@sallyport/contract';
import type { Engine } from './engines/engine.ts';
import { type EnginePage, enginePage } from './engines/engine-page.ts';
import { openFirefox } from './engines/firefox.ts';
import { openWebKit } from './engines/webkit.ts';
import { inviteMember, member, owner, setUpOwner } from './harbor.ts';
import type { Person } from './person.ts';
import { type Sallyport, startSallyport } from './sallyport.ts';
import { openSandboxSite } from './sandbox/sandbox-site.ts';
import { isNothing, type Outcome, twin, waysOut } from './sandbox/ways-out.ts';

/** The browsers that are not Chromium's. The main job in each: what a browser lacks or does otherwise stops a person at once. */
const ENGINES = [
  ['Firefox', ['/usr/bin/firefox-esr'], openFirefox],
  ['WebKit', ['/usr/bin/WebKitWebDriver', '/usr/bin/Xvfb'], openWebKit],
] as const;
const PLACES = [
  ['/sources', 'Data sources'],
  ['/people', 'People'],
  ['/policies', 'Policies'],
  ['/sessions', 'Sessions'],
  ['/settings/vault', 'Settings'],
  ['/account', 'Your account'],
] as const;
const ENTER = '\uE007';
const CONTROL = '\uE009';

test.describe.configure({ mode: 'default' });
let site: Sallyport;
let ada: Person;
test.beforeAll(async () => {
  test.setTimeout(240_000);
  site = await startSallyport({ demo: true });
  ada = await setUpOwner(site);
  await inviteMember(site, ada);
});
test.afterAll(() => site?.stop());

/** The browser is kept between tests: who is signed in already is led on. */
async function signIn(page: EnginePage, who: typeof member): Promise<void> {
  await page.goto(`${site.origin}/signin`);
  const asked = await page.until('the way in', () =>
    page.evaluate(() => {
      if (document.querySelector('input[type=password]')) return true;
      return document.body.innerText.includes('Flight desk') ? false : null;
    }),
  );
  if (asked) {
    await page.type('input', 'Email', who.email);
    await page.type('input', 'Password', who.password + ENTER);
  }
  await page.sees('Flight desk');
}

for (const [name, programs, open] of ENGINES) {
  test.describe(name, () => {
    let engine: Engine;
    let page: EnginePage;
    test.skip(!programs.every((program) => existsSync(program)), `${name} is not here`);
    test.beforeAll(async () => {
      engine = await open();
      page = enginePage(engine);
    });
    test.beforeEach(() => test.setTimeout(120_000));
    test.afterEach(async () => {
      if (test.info().status === test.info().expectedStatus) return;
      await test.info().attach('page', { body: await page.screenshot(), contentType: 'image/png' });
    });
    test.afterAll(() => engine?.close());

    test('a member signs in, reads, narrows down, writes and signs out', async () => {
      await signIn(page, member);
      await page.click('a', 'Flight desk');
      await page.sees('272,727');
      await page.click('input', 'Any airport');
      await page.click('[role=option]', 'ORD');
      await page.sees('14,905');
      // Wherever the last click was, what is copied is where the keyboard is.
      await page.click('h1', 'Flights of January 2001');
      await page.evaluate(() => document.querySelector<HTMLElement>('[role=grid]')?.focus());
      await page.press('\uE014');
      await page.press('c', CONTROL);
      await page.click('input[type=search]');
      await page.press('v', CONTROL);
      await page.until('what was copied', () =>
        page.evaluate(() =>
          document.querySelector<HTMLInputElement>('[type=search]')?.value === 'ORD' ? true : null,
        ),
      );
      await page.click('[role=columnheader]', 'Miles');
      await page.find({ css: '[role=columnheader][aria-sort=ascending]', name: 'Miles' });
      await page.hover('[data-row="1"] [data-col="2"]');
      await page.click('[data-row="1"] [data-open]');
      await page.type('textarea', 'Note', `seen in ${name}`);
      await page.click('button', 'Save');
      await page.sees('Note saved.');
      await page.sees(`seen in ${name}`);
      await page.goto(`${site.origin}/a/flight-desk/delays`);
      await page.find({ css: '.rt-chart canvas' });
      await page.click('button[aria-label*="sign-out"]');
      await page.click('[role=menuitem]', 'Sign out');
      await page.find({ css: 'h1', name: 'Sign in' });
    });

    test('a builder places, takes it back, and runs a query', async () => {
      const app = await ada.call(contract.apps.createApp, { body: { name: `Made in ${name}` } });
      await signIn(page, owner);
      await page.goto(`${site.origin}/apps/${app.id}/edit`);
      await page.click('button', 'Add component');
      await page.drag({ css: '.bd-tile', name: 'Button' }, { css: '.rt-grid' });
      await page.find({ css: '[data-component="button1"]' });
      await page.press('z', CONTROL);
      await page.until('no button', () =>
        page.evaluate(() => (document.querySelector('[data-component]') ? null : true)),
      );
      await page.click('button', 'Add query');
      await page.click('[role=menuitem]', 'Demo database');
      await page.type('.cm-content', '', "select 'gate ' || (20 + 3) as found");
      await page.click('button', 'Run');
      await page.sees('gate 23');
    });

    test('the log shows a record with a proof that this browser recomputed', async () => {
      await signIn(page, owner);
      for (const [path, title] of PLACES) {
        await page.goto(site.origin + path);
        await page.find({ css: 'h1', name: title });
      }
      await page.goto(`${site.origin}/audit`);
      await page.click('tbody .sp-row-link');
      await page.sees('Included');
    });

    test('X9 no way out of the sandbox reaches a server; without its policy one does', async () => {
      const sandbox = await openSandboxSite();
      try {
        const ways = waysOut(sandbox);
        const outcomes = await evaluated(page, `${sandbox.address}/`, '/sandbox', ways);
        for (const [i, outcome] of outcomes.entries())
          expect(isNothing(outcome), `${ways[i]}: ${JSON.stringify(outcome)}`).toBe(true);
        await sleep(500);
        expect([sandbox.caught, sandbox.strays]).toEqual([[], []]);
        await evaluated(page, `${sandbox.address}/`, '/sandbox-without-policy', [twin(sandbox)]);
        await expect.poll(() => sandbox.caught).toEqual(['GET /twin']);
      } finally {
        await sandbox.close();
      }
    });
  });
}

/** What expressions come to in a sandbox of that frame on the page. */
async function evaluated(
  page: EnginePage,
  address: string,
  frame: string,
  expressions: readonly string[],
): Promise<readonly Outcome[]> {
  await page.goto(address);
  await page.evaluate(
    (of: string, templates: readonly string[]) => {
      const host = window as unknown as {
        openSandbox(of: string): {
          listen(listener: object): void;
          set(slots: readonly unknown[]): void;
          define(definition: object): void;
          evaluate(templates: readonly string[]): Promise<readonly Outcome[]>;
        };
        outcomes?: readonly Outcome[];
      };
      const opened = host.openSandbox(of);
      const nothing = () => undefined;
      opened.listen({ results: nothing, dependencies: nothing, failed: nothing });
      opened.set([]);
      opened.define({ roots: {}, bindings: [], active: [] });
      void opened.evaluate(templates).then((outcomes) => {
        host.outcomes = outcomes;
      });
    },
    frame,
    expressions.map((one) => `{{ ${one} }}`),
  );
  return page.until('the outcomes', () =>
    page.evaluate(() => (window as unknown as { outcomes?: readonly Outcome[] }).outcomes),
  );
}
