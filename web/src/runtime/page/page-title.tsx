import type { Page } from '@sallyport/contract';
import { childrenOf } from '../layout/component-tree.ts';
import { ownTitleOf } from '../layout/own-title.ts';

/**
 * The title of a page. One that begins with a title of its own has that; where it is calculated or may be hidden, those
 * who hear the page have this one as well.
 */
export function PageTitle({ page }: { readonly page: Page | undefined }) {
  if (page && ownTitleOf(page) !== undefined) return null;
  const [first] = page ? childrenOf(page, undefined) : [];
  const own = first?.[1].type === 'text' && first[1].props.size === 'title';
  return <h1 className={own ? 'sp-visually-hidden' : 'rt-title'}>{page?.title ?? ''}</h1>;
}
