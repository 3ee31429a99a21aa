import { type AppPages, freeSlug } from '@sallyport/contract';
import { own } from '../../lib/own.ts';
import { sameValue } from '../../lib/same-value.ts';
import { moveAddress } from './edit-pages.ts';
import { componentIds, copyId } from './identifiers.ts';
import { locate } from './locate.ts';
import { orderAfter } from './order-keys.ts';
import { renameInPages } from './rename-everywhere.ts';

/** A name that two edits gave to different things, and the new name of mine. */
export interface NewName {
  readonly kind: 'page' | 'component';
  readonly from: string;
  readonly to: string;
}

/** Where one edit gave a page another address, the others have it there as well: it is one page, and not two. */
export function followAddresses(
  base: AppPages,
  mine: AppPages,
  theirs: AppPages,
): [base: AppPages, mine: AppPages, theirs: AppPages] {
  for (const [from, to] of movedAddresses(base, theirs)) {
    if (isTaken(mine, from, to)) continue;
    base = moveAddress(base, from, to);
    mine = moveAddress(mine, from, to);
  }
  for (const [from, to] of movedAddresses(base, mine)) {
    if (isTaken(theirs, from, to)) continue;
    base = moveAddress(base, from, to);
    theirs = moveAddress(theirs, from, to);
  }
  return [base, mine, theirs];
}

/** Whether a page cannot have that address, since another was put there: both stay, and are set apart. */
const isTaken = ({ pages }: AppPages, from: string, to: string): boolean =>
  own(pages, from) !== undefined && own(pages, to) !== undefined;

/** Ids are unique in the app, so a new page that shares one with a page that is gone is that page. */
const movedAddresses = (base: AppPages, edited: AppPages): [string, string][] =>
  Object.entries(base.pages).flatMap(([from, { components }]) => {
    if (own(edited.pages, from)) return [];
    const to = Object.entries(edited.pages).find(
      ([slug, page]) =>
        !own(base.pages, slug) && Object.keys(page.components).some((id) => own(components, id)),
    );
    return to ? [[from, to[0]]] : [];
  });

/**
 * Mine, with another name for each page and component whose name theirs gives to another: two people who both add a
 * button have a `button1` each. What mine reads by the name follows.
 */
export function setApart(
  base: AppPages,
  mine: AppPages,
  theirs: AppPages,
  queries: ReadonlySet<string>,
): { readonly mine: AppPages; readonly renamed: NewName[] } {
  const renamed: NewName[] = [];
  let next = mine;
  const slugs = new Set([...Object.keys(mine.pages), ...Object.keys(theirs.pages)]);
  const orders = Object.values(theirs.pages).map(({ order }) => order);
  for (const [from, page] of Object.entries(mine.pages)) {
    const other = own(theirs.pages, from);
    if (own(base.pages, from) || (other && sameValue(page, other))) continue;
    if (orders.includes(page.order)) {
      const order = orderAfter([...orders, ...Object.values(next.pages).map((one) => one.order)]);
      next = { ...next, pages: { ...next.pages, [from]: { ...page, order } } };
    }
    if (!other) continue;
    const to = freeSlug(from, slugs);
    slugs.add(to);
    next = moveAddress(next, from, to);
    renamed.push({ kind: 'page', from, to });
  }
  const names = new Set([...componentIds(mine), ...componentIds(theirs), ...queries]);
  for (const [slug, { components }] of Object.entries(next.pages)) {
    for (const from of Object.keys(components)) {
      const other = locate(theirs, from);
      const twice = other && bothStay(base, next, theirs, { id: from, mine: slug, theirs: other.slug });
      if (!twice && !queries.has(from)) continue;
      const to = copyId(from, names);
      names.add(to);
      next = renameInPages(next, { kind: 'component', from, to });
      renamed.push({ kind: 'component', from, to });
    }
  }
  return { mine: next, renamed };
}

/** Whether joining the two edits leaves two components of one id. */
function bothStay(
  base: AppPages,
  mine: AppPages,
  theirs: AppPages,
  at: { readonly id: string; readonly mine: string; readonly theirs: string },
): boolean {
  const of = (document: AppPages, slug: string) => componentAt(document, slug, at.id);
  if (at.mine === at.theirs)
    return !of(base, at.mine) && !sameValue(of(mine, at.mine), of(theirs, at.theirs));
  return stays(base, mine, theirs, at.mine, at.id) && stays(base, theirs, mine, at.theirs, at.id);
}

/** What the other edit does not have in its place stays if this one added or changed it, or its page, which the other removed. */
function stays(base: AppPages, edited: AppPages, other: AppPages, slug: string, id: string): boolean {
  if (!own(other.pages, slug)) return !sameValue(own(edited.pages, slug), own(base.pages, slug));
  return !sameValue(componentAt(edited, slug, id), componentAt(base, slug, id));
}

const componentAt = ({ pages }: AppPages, slug: string, id: string) =>
  own(own(pages, slug)?.components ?? {}, id);
