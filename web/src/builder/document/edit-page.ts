import type { AppPages, Component, Page } from '@sallyport/contract';

/** The document with one page changed; the same document when the change gives back the same page. */
export function editPage(document: AppPages, slug: string, change: (page: Page) => Page): AppPages {
  const page = document.pages[slug];
  if (!page) return document;
  const next = change(page);
  return next === page ? document : { ...document, pages: { ...document.pages, [slug]: next } };
}

/** The page with one component changed. */
export function editComponent(page: Page, id: string, change: (component: Component) => Component): Page {
  const component = page.components[id];
  if (!component) return page;
  const next = change(component);
  return next === component ? page : { ...page, components: { ...page.components, [id]: next } };
}
