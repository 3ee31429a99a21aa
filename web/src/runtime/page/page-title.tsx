import type { AppPages } from '@sallyport/contract';
import { childrenOf } from '../component-grid.tsx';

/** The title of a page. One that begins with a title of its own says it once, and has it for those who hear it. */
export function PageTitle({ pages, page }: { readonly pages: AppPages; readonly page: string }) {
  const [first] = childrenOf(pages, page, undefined);
  const own = first?.component.type === 'text' && first.component.props.size === 'title';
  return <h1 className={own ? 'sp-visually-hidden' : 'rt-title'}>{pages.pages[page]?.title ?? ''}</h1>;
}
