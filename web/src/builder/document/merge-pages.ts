import type { AppPages, Page } from '@sallyport/contract';
import { own } from '../../lib/own.ts';
import { sameValue } from '../../lib/same-value.ts';
import { ancestorsOf, childrenOf } from '../../runtime/layout/component-tree.ts';
import { followAddresses, type NewName, setApart } from './apart.ts';
import { orderAfter } from './order-keys.ts';
import { settlePage } from './settle.ts';

export interface Merge {
  readonly merged: AppPages;
  /** What both added under one name: both are in `merged`, mine by another. */
  readonly renamed: readonly NewName[];
  /** What both changed differently: mine is in `merged`. As a person reads it: `table1 on Tickets`. */
  readonly clashes: string[];
}

/**
 * Joins two edits of one document, thing by thing (components, page titles, variables); nothing of either is lost but
 * clashes. `queries`: their names, which nothing else may have.
 */
export function mergePages(
  before: AppPages,
  one: AppPages,
  other: AppPages,
  queries: ReadonlySet<string>,
): Merge {
  const clashes: string[] = [];
  const [base, asMine, theirs] = followAddresses(before, one, other);
  const { mine, renamed } = setApart(base, asMine, theirs, queries);
  const pick = <T>(name: string, b: T | undefined, m: T | undefined, t: T | undefined): T | undefined => {
    if (sameValue(m, t) || sameValue(t, b)) return m;
    if (sameValue(m, b)) return t;
    clashes.push(name);
    // One side deleted what the other changed: the changed one stays, so that no work is lost.
    return m === undefined ? t : m;
  };
  const join = <T>(
    name: (key: string) => string,
    b: Record<string, T>,
    m: Record<string, T>,
    t: Record<string, T>,
    each: typeof pick<T> = pick,
  ): Record<string, T> => {
    const out: Record<string, T> = {};
    for (const key of new Set([...Object.keys(m), ...Object.keys(t)])) {
      const value = each(name(key), own(b, key), own(m, key), own(t, key));
      if (value !== undefined) out[key] = value;
    }
    return out;
  };
  const page = (name: string, b?: Page, m?: Page, t?: Page): Page | undefined => {
    if (!m || !t) return pick(name, b, m, t);
    const title = pick(`the title of ${name}`, b?.title, m.title, t.title) ?? m.title;
    return {
      title,
      order: pick(`the place of ${name}`, b?.order, m.order, t.order) ?? m.order,
      components: join((id) => `${id} on ${title}`, b?.components ?? {}, m.components, t.components),
      onLoad: pick(`what ${name} does on load`, b?.onLoad, m.onLoad, t.onLoad) ?? m.onLoad,
    };
  };
  const joined = join((slug) => `page ${slug}`, base.pages, mine.pages, theirs.pages, page);
  // Of two pages, each person may have removed the other's: the last one stays.
  const pages = Object.keys(joined).length > 0 ? joined : mine.pages;
  const home = pick('the home page', base.home, mine.home, theirs.home) ?? mine.home;
  const merged: AppPages = {
    home: Object.hasOwn(pages, home) ? home : (Object.keys(pages)[0] ?? mine.home),
    pages: Object.fromEntries(
      Object.entries(pages).map(([slug, page]) => [
        slug,
        madeRoom(withoutOrphans(page), own(theirs.pages, slug)),
      ]),
    ),
    variables: join((name) => `variable ${name}`, base.variables, mine.variables, theirs.variables),
  };
  return { merged, clashes, renamed };
}

/** A component whose parent the other person deleted, or put into it, comes to stand on the page. */
function withoutOrphans(page: Page): Page {
  let next = page;
  for (const [id, component] of Object.entries(page.components)) {
    const { parent, ...rest } = component;
    if (parent === undefined || (own(next.components, parent) && !ancestorsOf(next, id).includes(id)))
      continue;
    next = { ...next, components: { ...next.components, [id]: rest } };
  }
  return next;
}

/** Both may have put something in one place, or at the end: theirs stays there, and mine comes after it (B4). */
function madeRoom(page: Page, theirs: Page | undefined): Page {
  if (!theirs) return page;
  let next = page;
  const held = new Set<string>();
  for (const [id, { parent, layout, order }] of Object.entries(page.components)) {
    const other = own(theirs.components, id);
    if (other && other.parent === parent && sameValue(other.layout, layout)) held.add(id);
    const siblings = childrenOf(next, parent);
    if (other || siblings.every(([sibling, at]) => sibling === id || at.order !== order)) continue;
    const last = orderAfter(siblings.map(([, sibling]) => sibling.order));
    next = { ...next, components: { ...next.components, [id]: { ...page.components[id]!, order: last } } };
  }
  const parents = new Set(Object.values(next.components).map(({ parent }) => parent));
  for (const parent of parents) next = settlePage(next, parent, held);
  return next;
}
