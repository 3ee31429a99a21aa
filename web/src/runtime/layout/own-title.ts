import type { Page } from '@sallyport/contract';
import { isTemplate } from '../engine/definition-of.ts';
import { childrenOf } from './component-tree.ts';

/** The text that a page begins with as its title, where it always stands there: it is the title of the page as well. */
export function ownTitleOf(page: Page): string | undefined {
  const [first] = childrenOf(page, undefined);
  if (first?.[1].type !== 'text' || first[1].props.size !== 'title') return undefined;
  const { text, hidden = false } = first[1].props;
  const always = typeof text === 'string' && text.trim() !== '' && !isTemplate(text) && hidden === false;
  return always ? first[0] : undefined;
}
