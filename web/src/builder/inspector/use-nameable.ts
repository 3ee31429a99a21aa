import { COMPONENTS } from '@sallyport/contract';
import { useMemo } from 'react';
import { pagesInOrder } from '../../runtime/layout/component-tree.ts';
import { useEditor } from '../builder-context.ts';
import type { Nameable } from './handler-kinds.ts';

/** What steps of this app can name. */
export function useNameable(): Nameable {
  const document = useEditor((s) => s.document);
  const queries = useEditor((s) => s.queries);
  return useMemo(() => {
    const components = Object.values(document.pages).flatMap((page) => Object.entries(page.components));
    return {
      queries: Object.keys(queries).sort(),
      variables: Object.keys(document.variables),
      modals: components.filter(([, one]) => one.type === 'modal').map(([id]) => id),
      controllable: components
        .map(([id, one]) => ({ id, methods: COMPONENTS[one.type].methods }))
        .filter((one) => one.methods.length > 0),
      pages: pagesInOrder(document).map(([slug, page]) => ({ slug, title: page.title })),
    };
  }, [document, queries]);
}
