import type { AppPages } from '@sallyport/contract';
import { ancestorsOf } from '../../runtime/layout/component-tree.ts';

interface Shown {
  readonly document: AppPages;
  readonly page: string;
  readonly selection: readonly string[];
}

/** Whether a modal stands open on the canvas: while it, or a part of it, is selected. */
export function showsOnCanvas({ document, page: slug, selection }: Shown, modal: string): boolean {
  const page = document.pages[slug];
  return page !== undefined && selection.some((id) => id === modal || ancestorsOf(page, id).includes(modal));
}
