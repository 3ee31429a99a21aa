import { type AppPages, COMPONENTS, type Component, Page } from '@sallyport/contract';
import { z } from 'zod';
import { childrenOf } from '../../runtime/layout/component-tree.ts';
import { editPage } from './edit-page.ts';
import { copyId } from './identifiers.ts';
import { topmost, withDescendants } from './locate.ts';
import { orderAfter } from './order-keys.ts';
import { renameInPages } from './rename-everywhere.ts';
import { bottomOf, clampLayout, settlePage } from './settle.ts';

/** What a copy puts on the clipboard, as JSON text: it pastes into another app too. Each component is a root or in one. */
const Clipping = z
  .strictObject({
    format: z.literal('sallyport.components/1'),
    roots: z.array(z.string()).min(1),
    components: Page.shape.components,
  })
  .refine(({ roots, components }) => {
    const page: Page = { title: '', order: '', components, onLoad: [] };
    const whole = withDescendants(page, roots).size === Object.keys(components).length;
    return whole && topmost(page, roots).length === roots.length;
  });
export type Clipping = {
  format: 'sallyport.components/1';
  roots: string[];
  components: Record<string, Component>;
};

/** Copies components with all that stands in them. */
export function copyComponents(
  document: AppPages,
  slug: string,
  ids: readonly string[],
): Clipping | undefined {
  const page = document.pages[slug];
  if (!page) return undefined;
  const roots = topmost(page, ids);
  if (roots.length === 0) return undefined;
  const components: Record<string, Component> = {};
  for (const id of withDescendants(page, roots)) components[id] = page.components[id] as Component;
  return { format: 'sallyport.components/1', roots, components };
}

/** Reads a clipboard's text; undefined when it is not ours or not well formed. */
export function readClipping(text: string): Clipping | undefined {
  if (!text.includes('sallyport.components/1')) return undefined;
  try {
    const parsed = Clipping.safeParse(JSON.parse(text));
    return parsed.success ? (parsed.data as Clipping) : undefined;
  } catch {
    return undefined;
  }
}

export interface Pasted {
  readonly document: AppPages;
  /** The ids that the roots got. */
  readonly ids: string[];
  /** The id that each had, and what it is now. */
  readonly names: ReadonlyMap<string, string>;
}

/**
 * Pastes a clipping below what is there, or at `at`. Every id is new where it is taken (`taken` also has the queries'
 * names), and references among the pasted components follow.
 */
export function pasteComponents(
  document: AppPages,
  slug: string,
  clipping: Clipping,
  taken: ReadonlySet<string>,
  target: { parent?: string | undefined; at?: { x: number; y: number } | undefined } = {},
): Pasted {
  const { components, names } = withFreeIds(clipping, taken);
  const ids = clipping.roots.map((root) => names.get(root) ?? root);
  const next = editPage(document, slug, (page) => {
    const host = target.parent !== undefined && page.components[target.parent];
    const parent = host && COMPONENTS[host.type].container ? target.parent : undefined;
    const floor = Math.min(...ids.map((id) => components[id]?.layout.y ?? 0));
    const left = Math.min(...ids.map((id) => components[id]?.layout.x ?? 0));
    const top = target.at?.y ?? bottomOf(page, parent);
    const dx = target.at ? target.at.x - left : 0;
    let pasted = { ...page, components: { ...page.components } };
    for (const [id, component] of Object.entries(components)) {
      if (!ids.includes(id)) {
        pasted.components[id] = component;
        continue;
      }
      const { parent: _old, ...rest } = component;
      const inside = component.type === 'modal' ? undefined : parent;
      const { layout } = component;
      pasted.components[id] = {
        ...rest,
        ...(inside !== undefined && { parent: inside }),
        order: orderAfter(childrenOf(pasted, inside).map(([, child]) => child.order)),
        layout:
          component.type === 'modal'
            ? layout
            : clampLayout({ ...layout, x: layout.x + dx, y: layout.y - floor + top }),
      };
    }
    pasted = settlePage(pasted, parent, new Set(ids));
    return pasted;
  });
  return { document: next, ids, names };
}

/** Duplicates components, each just below itself. */
export function duplicateComponents(
  document: AppPages,
  slug: string,
  selected: readonly string[],
  taken: ReadonlySet<string>,
): Pasted {
  const page = document.pages[slug];
  const clipping = copyComponents(document, slug, selected);
  const first = clipping && page?.components[clipping.roots[0] as string];
  if (!clipping || !page || !first) return { document, ids: [], names: new Map() };
  const layouts = clipping.roots.map((id) => (page.components[id] as Component).layout);
  const at = {
    x: Math.min(...layouts.map((l) => l.x)),
    y: Math.max(...layouts.map((l) => l.y + l.h)),
  };
  return pasteComponents(document, slug, clipping, taken, { parent: first.parent, at });
}

function withFreeIds(
  clipping: Clipping,
  taken: ReadonlySet<string>,
): { components: Record<string, Component>; names: Map<string, string> } {
  const used = new Set(taken);
  const names = new Map<string, string>();
  // A name in the clipping that is given away later must not be given to another first.
  for (const id of Object.keys(clipping.components)) if (!used.has(id)) names.set(id, id);
  for (const id of names.values()) used.add(id);
  for (const id of Object.keys(clipping.components)) {
    if (names.has(id)) continue;
    const free = copyId(id, used);
    names.set(id, free);
    used.add(free);
  }
  let scratch: AppPages = {
    home: 'p',
    pages: { p: { title: 'p', order: 'a0', components: clipping.components, onLoad: [] } },
    variables: {},
  };
  for (const [from, to] of names) {
    if (from !== to) scratch = renameInPages(scratch, { kind: 'component', from, to });
  }
  return { components: scratch.pages.p?.components ?? {}, names };
}
