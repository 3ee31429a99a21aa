import type { AppPages, Page } from '@sallyport/contract';
import { sameValue } from '../../lib/same-value.ts';

export interface Merge {
  readonly merged: AppPages;
  /** What both changed differently: mine is in `merged`. As a person reads it: `table1 on Tickets`. */
  readonly clashes: string[];
}

/** Joins two edits of one document, thing by thing (components, page titles, variables); nothing of either is lost but clashes. */
export function mergePages(base: AppPages, mine: AppPages, theirs: AppPages): Merge {
  const clashes: string[] = [];
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
      const value = each(name(key), b[key], m[key], t[key]);
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
  const pages = join((slug) => `page ${slug}`, base.pages, mine.pages, theirs.pages, page);
  const home = pick('the home page', base.home, mine.home, theirs.home) ?? mine.home;
  const merged: AppPages = {
    home: pages[home] ? home : (Object.keys(pages)[0] ?? mine.home),
    pages: withoutOrphans(pages),
    variables: join((name) => `variable ${name}`, base.variables, mine.variables, theirs.variables),
  };
  return { merged, clashes };
}

/** A component whose parent the other person deleted comes to stand on the page. */
function withoutOrphans(pages: Record<string, Page>): Record<string, Page> {
  return Object.fromEntries(
    Object.entries(pages).map(([slug, page]) => [
      slug,
      {
        ...page,
        components: Object.fromEntries(
          Object.entries(page.components).map(([id, component]) => {
            if (component.parent === undefined || page.components[component.parent]) return [id, component];
            const { parent: _gone, ...rest } = component;
            return [id, rest];
          }),
        ),
      },
    ]),
  );
}
