import type { AppPages } from '@sallyport/contract';
import { editPage } from './edit-page.ts';
import { withDescendants } from './locate.ts';

/** Removes components and what stands in them. References to them stay, and show as errors where they are. */
export function deleteComponents(document: AppPages, slug: string, ids: readonly string[]): AppPages {
  return editPage(document, slug, (page) => {
    const gone = withDescendants(
      page,
      ids.filter((id) => page.components[id]),
    );
    if (gone.size === 0) return page;
    const components = Object.fromEntries(Object.entries(page.components).filter(([id]) => !gone.has(id)));
    return { ...page, components };
  });
}
