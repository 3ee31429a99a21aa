import { type AppPages, freeSlug, type Handler, type Page, Slug, slugOf } from '@sallyport/contract';
import { pagesInOrder } from '../../runtime/layout/component-tree.ts';
import { copyId } from './identifiers.ts';
import { keysToMove, orderAfter } from './order-keys.ts';
import { renameInPages } from './rename-everywhere.ts';

/** A slug from a title, free in the app: `Customers` → `customers`, `customers-2`. */
export function pageSlug(document: AppPages, title: string): string {
  return freeSlug(slugOf(title, 'page'), new Set(Object.keys(document.pages)));
}

/** Why a page cannot stand at an address, or the one at `slug` not move there; undefined when it can. */
export function addressProblem(
  { pages }: AppPages,
  address: string,
  slug: string | undefined,
): string | undefined {
  if (!Slug.safeParse(address).success) return 'Use lowercase letters, digits and hyphens.';
  // Every object has a `constructor`.
  if (address !== slug && Object.hasOwn(pages, address)) return 'Another page has this address.';
  return undefined;
}

/** Adds an empty page at the end. */
export function addPage(document: AppPages, slug: string, title: string): AppPages {
  const order = orderAfter(Object.values(document.pages).map((page) => page.order));
  return { ...document, pages: { ...document.pages, [slug]: { title, order, components: {}, onLoad: [] } } };
}

/** Gives a page another title. Its address stays: links to it hold. */
export function retitlePage(document: AppPages, slug: string, title: string): AppPages {
  const page = document.pages[slug];
  return page ? { ...document, pages: { ...document.pages, [slug]: { ...page, title } } } : document;
}

/** Gives a page another address; the home page and every "go to page" follow. */
export function moveAddress(document: AppPages, from: string, to: string): AppPages {
  if (!document.pages[from] || (from !== to && Object.hasOwn(document.pages, to))) return document;
  const pages = Object.fromEntries(
    Object.entries(document.pages).map(([slug, page]) => [
      slug === from ? to : slug,
      mapHandlers(page, (handler) =>
        handler.do === 'goTo' && handler.page === from ? { ...handler, page: to } : handler,
      ),
    ]),
  );
  return { ...document, pages, home: document.home === from ? to : document.home };
}

/** Moves a page before another, or to the end. */
export function reorderPage(document: AppPages, slug: string, before: string | undefined): AppPages {
  if (!document.pages[slug] || slug === before) return document;
  const orders = keysToMove(pagesInOrder(document), slug, before);
  const pages = { ...document.pages };
  for (const [one, order] of orders) pages[one] = { ...pages[one]!, order };
  return orders.size === 0 ? document : { ...document, pages };
}

/** Removes a page with its components; the last page stays. Home moves to the first page that is left. */
export function removePage(document: AppPages, slug: string): AppPages {
  if (!document.pages[slug] || Object.keys(document.pages).length === 1) return document;
  const { [slug]: _gone, ...pages } = document.pages;
  const next = { ...document, pages };
  return { ...next, home: document.home === slug ? (pagesInOrder(next)[0]?.[0] ?? '') : document.home };
}

/** Copies a page with its components under new ids; `names`: the id that each had, and what it is now. */
export function duplicatePage(
  document: AppPages,
  slug: string,
  taken: ReadonlySet<string>,
): { readonly document: AppPages; readonly names: ReadonlyMap<string, string> } {
  const page = document.pages[slug];
  const names = new Map<string, string>();
  if (!page) return { document, names };
  const title = `${page.title} copy`.slice(0, 80);
  const copySlug = pageSlug(document, title);
  let scratch: AppPages = { home: copySlug, pages: { [copySlug]: { ...page, title } }, variables: {} };
  const used = new Set(taken);
  for (const id of Object.keys(page.components)) {
    const to = copyId(id, used);
    used.add(to);
    names.set(id, to);
    scratch = renameInPages(scratch, { kind: 'component', from: id, to });
  }
  const order = orderAfter(Object.values(document.pages).map((p) => p.order));
  const pages = { ...document.pages, [copySlug]: { ...(scratch.pages[copySlug] as Page), order } };
  return { document: { ...document, pages }, names };
}

export function setHome(document: AppPages, slug: string): AppPages {
  return document.pages[slug] ? { ...document, home: slug } : document;
}

/** Sets a variable's initial value. */
export function setVariable(
  document: AppPages,
  name: string,
  value: AppPages['variables'][string],
): AppPages {
  return { ...document, variables: { ...document.variables, [name]: value } };
}

export function removeVariable(document: AppPages, name: string): AppPages {
  const { [name]: _gone, ...variables } = document.variables;
  return { ...document, variables };
}

function mapHandlers(page: Page, change: (handler: Handler) => Handler): Page {
  const deep = (handler: Handler): Handler => {
    const next = change(handler);
    if (next.do !== 'runQuery') return next;
    return {
      ...next,
      ...(next.onSuccess && { onSuccess: next.onSuccess.map(deep) }),
      ...(next.onFailure && { onFailure: next.onFailure.map(deep) }),
    };
  };
  const components = Object.fromEntries(
    Object.entries(page.components).map(([id, component]) => [
      id,
      {
        ...component,
        on: Object.fromEntries(Object.entries(component.on).map(([event, list]) => [event, list.map(deep)])),
      },
    ]),
  );
  return { ...page, components, onLoad: page.onLoad.map(deep) };
}
