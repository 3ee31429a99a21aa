import type { AppPages } from '@sallyport/contract';

/** The pages of an app in the order that its builder gave them. */
export const pagesInOrder = (pages: AppPages): readonly { readonly slug: string; readonly title: string }[] =>
  Object.entries(pages.pages)
    .map(([slug, { title, order }]) => ({ slug, title, order }))
    .sort((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : 0));
