import type { AppPages, Component, Page } from '@sallyport/contract';

type Components = Pick<Page, 'components'>;

/** By the keys that a builder gave them; equal ones, which only a hand writes, by name. */
const inOrder = <T extends { readonly order: string }>(entries: [string, T][]): [string, T][] =>
  entries.sort(([a, { order }], [b, other]) =>
    order < other.order ? -1 : order > other.order ? 1 : a < b ? -1 : 1,
  );

/** The pages of an app in their order. */
export const pagesInOrder = ({ pages }: AppPages): [string, Page][] => inOrder(Object.entries(pages));

/** What stands directly in a form, a container or a modal, or on the page (`undefined`), in reading order. */
export const childrenOf = ({ components }: Components, parent: string | undefined): [string, Component][] =>
  inOrder(Object.entries(components).filter(([, component]) => component.parent === parent));

/** The chain of parents, nearest first. */
export function ancestorsOf({ components }: Components, id: string): string[] {
  const chain: string[] = [];
  for (let at = components[id]?.parent; at !== undefined; at = components[at]?.parent) {
    if (chain.includes(at)) break;
    chain.push(at);
  }
  return chain;
}
