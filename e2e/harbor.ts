import type { BrowserContext, Page } from '@playwright/test';
import { contract } from '@sallyport/contract';
import { type Person, person } from './person.ts';
import type { Sallyport } from './sallyport.ts';

/** The two people whom the browser tests know: the owner of the organization “Harbor”, and a member of it. */
export const owner = {
  name: 'Ada Quist',
  email: 'ada@harbor.example',
  password: 'a gate with one leaf shut 9',
};
export const member = { name: 'Bo Lind', email: 'bo@harbor.example', password: 'the other way stays open 4' };

const tokenOf = (link: string): string => new URL(link).searchParams.get('token') ?? '';

/** Sets the installation up, by its printed link; the owner is signed in. */
export async function setUpOwner(site: Sallyport): Promise<Person> {
  const ada = person(site.origin);
  await ada.call(contract.identity.completeSetup, {
    body: { token: tokenOf(site.setupLink), organization: 'Harbor', ...owner },
  });
  return ada;
}

/** Invited by the owner, and signed in. */
export async function inviteMember(site: Sallyport, ada: Person): Promise<Person> {
  const { link } = await ada.call(contract.identity.invite, {
    body: { email: member.email, role: 'member' },
  });
  const bo = person(site.origin);
  await bo.call(contract.identity.acceptInvitation, {
    body: { token: tokenOf(link), name: member.name, password: member.password },
  });
  return bo;
}

/** Gives a page the session of somebody who signed in before, in that spec; the first time, they sign in as `first` does. */
export async function comeIn(page: Page, who: typeof owner, first: () => Promise<void>): Promise<void> {
  const known = sessions.get(who.email);
  if (known) {
    await page.context().addCookies(known);
    return;
  }
  await first();
  sessions.set(who.email, await page.context().cookies());
}
const sessions = new Map<string, Awaited<ReturnType<BrowserContext['cookies']>>>();

/** Signs in at the page's form, and is let in. */
export async function signIn(page: Page, origin: string, who: typeof owner): Promise<void> {
  await page.goto(`${origin}/signin`);
  await page.getByLabel('Email').fill(who.email);
  await page.getByRole('textbox', { name: 'Password' }).fill(who.password);
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => !url.pathname.includes('signin'));
}
