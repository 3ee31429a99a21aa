import type { AppPages, Component, Page } from '@sallyport/contract';

export interface Located {
  readonly slug: string;
  readonly page: Page;
  readonly id: string;
  readonly component: Component;
}

/** Finds a component in the whole app. */
export function locate(document: AppPages, id: string): Located | undefined {
  for (const [slug, page] of Object.entries(document.pages)) {
    const component = Object.hasOwn(page.components, id) ? page.components[id] : undefined;
    if (component) return { slug, page, id, component };
  }
  return undefined;
}

const byOrder = (a: readonly [string, Component], b: readonly [string, Component]): number =>
  a[1].order < b[1].order ? -1 : a[1].order > b[1].order ? 1 : a[0] < b[0] ? -1 : 1;

/** The components of one parent (`undefined`: the page), in reading order. */
export function childrenOf(page: Page, parent: string | undefined): [string, Component][] {
  return Object.entries(page.components)
    .filter(([, component]) => component.parent === parent)
    .sort(byOrder);
}

/** The ids of components below these, these included. */
export function withDescendants(page: Page, ids: Iterable<string>): Set<string> {
  const all = new Set(ids);
  for (let size = -1; size !== all.size; ) {
    size = all.size;
    for (const [id, component] of Object.entries(page.components)) {
      if (component.parent !== undefined && all.has(component.parent)) all.add(id);
    }
  }
  return all;
}

/** The chain of parents, nearest first. */
export function ancestorsOf(page: Page, id: string): string[] {
  const chain: string[] = [];
  for (let at = page.components[id]?.parent; at !== undefined; at = page.components[at]?.parent) {
    if (chain.includes(at)) break;
    chain.push(at);
  }
  return chain;
}

/** Without those whose ancestor is chosen too: what moves, copies and deletes as a whole. */
export function topmost(page: Page, ids: readonly string[]): string[] {
  const chosen = new Set(ids);
  return ids.filter((id) => page.components[id] && !ancestorsOf(page, id).some((a) => chosen.has(a)));
}

/** Pages in their order. */
export function pagesInOrder(document: AppPages): [string, Page][] {
  return Object.entries(document.pages).sort(([a, p], [b, q]) =>
    p.order < q.order ? -1 : p.order > q.order ? 1 : a < b ? -1 : 1,
  );
}
