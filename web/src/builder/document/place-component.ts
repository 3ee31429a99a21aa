import {
  type AppPages,
  COMPONENTS,
  type Component,
  type ComponentType,
  type Layout,
} from '@sallyport/contract';
import { childrenOf } from '../../runtime/layout/component-tree.ts';
import { editPage } from './edit-page.ts';
import { orderAfter } from './order-keys.ts';
import { bottomOf, clampLayout, settlePage } from './settle.ts';
import { sizeWithin } from './size-within.ts';

export interface Placement {
  readonly slug: string;
  readonly type: ComponentType;
  readonly id: string;
  readonly parent?: string | undefined;
  /** Where; below everything when absent. */
  readonly at?: { readonly x: number; readonly y: number } | undefined;
}

/** A field that nobody named yet is told apart by its label from the first, and read out by it. */
const firstProps = (type: ComponentType): Component['props'] => {
  const label = COMPONENTS[type].properties as Record<string, { default?: unknown } | undefined>;
  return label.label?.default === '' ? { label: COMPONENTS[type].label } : {};
};

/** Places a new component; what stands there moves down. A modal stands on the page, never in a container. */
export function placeComponent(document: AppPages, placement: Placement): AppPages {
  return editPage(document, placement.slug, (page) => {
    const parent = placement.type === 'modal' ? undefined : placement.parent;
    const layout: Layout = clampLayout({
      x: placement.at?.x ?? 0,
      y: placement.at?.y ?? (placement.type === 'modal' ? 0 : bottomOf(page, parent)),
      ...sizeWithin(page, parent, placement.type),
    });
    const component: Component = {
      type: placement.type,
      ...(parent !== undefined && { parent }),
      order: orderAfter(childrenOf(page, parent).map(([, child]) => child.order)),
      layout,
      props: firstProps(placement.type),
      on: {},
    };
    const placed = { ...page, components: { ...page.components, [placement.id]: component } };
    return placement.type === 'modal' ? placed : settlePage(placed, parent, new Set([placement.id]));
  });
}
