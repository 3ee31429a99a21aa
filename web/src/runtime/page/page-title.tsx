import type { Page } from '@sallyport/contract';
import { childrenOf } from '../layout/component-tree.ts';

/** The title of a page. One that begins with a title of its own says it once, and has it for those who hear it. */
export function PageTitle({ page }: { readonly page: Page | undefined }) {
  const [first] = page ? childrenOf(page, undefined) : [];
  const own = first?.[1].type === 'text' && first[1].props.size === 'title';
  return <h1 className={own ? 'sp-visually-hidden' : 'rt-title'}>{page?.title ?? ''}</h1>;
}
