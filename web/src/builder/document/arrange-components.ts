import type { AppPages, Component, Layout, Page } from '@sallyport/contract';
import { sameValue } from '../../lib/same-value.ts';
import { childrenOf } from '../../runtime/layout/component-tree.ts';
import { editComponent, editPage } from './edit-page.ts';
import { withDescendants } from './locate.ts';
import { keysToMove, orderAfter } from './order-keys.ts';
import { bottomOf, COLUMNS, clampLayout, settlePage } from './settle.ts';

/** Gives components new places among their siblings; siblings in the way move down. The same page where none moves. */
export function arrangeComponents(
  document: AppPages,
  slug: string,
  layouts: ReadonlyMap<string, Layout>,
): AppPages {
  return editPage(document, slug, (page) => {
    let next = page;
    const parents = new Set<string | undefined>();
    for (const [id, given] of layouts) {
      const layout = clampLayout(given);
      next = editComponent(next, id, (one) => (sameValue(one.layout, layout) ? one : { ...one, layout }));
      const component = next.components[id];
      if (component && component.type !== 'modal') parents.add(component.parent);
    }
    for (const parent of parents) next = settlePage(next, parent, new Set(layouts.keys()));
    return next;
  });
}

/**
 * Where components come to stand that move by whole cells together: at the edge of the grid all of them stop, so that
 * none is moved onto another. A modal floats, and stops nothing.
 */
export function moveTogether(
  page: Page,
  ids: readonly string[],
  by: { readonly x: number; readonly y: number },
): Map<string, Layout> {
  const held = ids.flatMap((id) => page.components[id] ?? []).filter(({ type }) => type !== 'modal');
  const left = Math.min(...held.map(({ layout }) => layout.x));
  const right = Math.max(...held.map(({ layout }) => layout.x + layout.w));
  const top = Math.min(...held.map(({ layout }) => layout.y));
  const x = Math.max(-left, Math.min(COLUMNS - right, by.x));
  const y = Math.max(-top, by.y);
  return new Map(
    ids.flatMap((id) => {
      const layout = page.components[id]?.layout;
      return layout ? [[id, { ...layout, x: layout.x + x, y: layout.y + y }] as const] : [];
    }),
  );
}

/**
 * Moves components into another parent of the same page (`undefined`: onto the page). Refuses, by changing nothing,
 * what would put a thing into itself, or a modal into anything.
 */
export function reparentComponents(
  document: AppPages,
  slug: string,
  moves: ReadonlyMap<string, { parent: string | undefined; layout?: Layout }>,
): AppPages {
  return editPage(document, slug, (page) => {
    let next = page;
    for (const [id, move] of moves) {
      const component = next.components[id];
      if (!component || !mayStandIn(next.components, id, move.parent, page)) continue;
      const { parent: _old, ...rest } = component;
      const layout = clampLayout(
        move.layout ?? { ...component.layout, x: 0, y: bottomOf(next, move.parent) },
      );
      const order =
        component.parent === move.parent
          ? component.order
          : orderAfter(childrenOf(next, move.parent).map(([, child]) => child.order));
      const moved: Component = {
        ...rest,
        ...(move.parent !== undefined && { parent: move.parent }),
        order,
        layout,
      };
      next = { ...next, components: { ...next.components, [id]: moved } };
      next = settlePage(next, move.parent, new Set([id]));
    }
    return next;
  });
}

function mayStandIn(
  components: Readonly<Record<string, Component>>,
  id: string,
  parent: string | undefined,
  page: AppPages['pages'][string],
): boolean {
  if (components[id]?.type === 'modal') return parent === undefined;
  if (parent === undefined) return true;
  return components[parent] !== undefined && !withDescendants(page, [id]).has(parent);
}

/** Moves a component in the reading order of its siblings, before another or to the end. */
export function reorderComponent(
  document: AppPages,
  slug: string,
  id: string,
  before: string | undefined,
): AppPages {
  return editPage(document, slug, (page) => {
    const component = page.components[id];
    if (!component || before === id) return page;
    const orders = keysToMove(childrenOf(page, component.parent), id, before);
    const components = { ...page.components };
    for (const [one, order] of orders) components[one] = { ...components[one]!, order };
    return orders.size === 0 ? page : { ...page, components };
  });
}
