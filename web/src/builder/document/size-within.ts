import { COMPONENTS, type ComponentType, type Page } from '@sallyport/contract';
import { ancestorsOf } from '../../runtime/layout/component-tree.ts';
import { COLUMNS } from './settle.ts';

/** A modal is about half as wide as a page. */
const MODAL_COLUMNS = 6;

/** The size that a new component has in a parent: about as wide as on the page, though a column is narrower there. */
export function sizeWithin(page: Page, parent: string | undefined, type: ComponentType) {
  const { w, h } = COMPONENTS[type].size;
  const chain = parent === undefined ? [] : [parent, ...ancestorsOf(page, parent)];
  const columns = chain.reduce((wide, id) => {
    const holder = page.components[id];
    if (holder === undefined) return wide;
    return (wide * COLUMNS) / (holder.type === 'modal' ? MODAL_COLUMNS : holder.layout.w);
  }, w as number);
  return { w: Math.min(COLUMNS, Math.ceil(columns)), h };
}
