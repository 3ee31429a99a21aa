import type { AppPages, Component, Page } from '@sallyport/contract';
import { ancestorsOf } from '../../runtime/layout/component-tree.ts';

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

/** Without those whose ancestor is chosen too: what moves, copies and deletes as a whole. */
export function topmost(page: Page, ids: readonly string[]): string[] {
  const chosen = new Set(ids);
  return ids.filter((id) => page.components[id] && !ancestorsOf(page, id).some((a) => chosen.has(a)));
}
