import { AppPages } from '@sallyport/contract';
import { describe, expect, it } from 'vitest';
import { setProperty } from './configure-component.ts';
import { addPage, moveAddress, removePage, setVariable } from './edit-pages.ts';
import { mergePages } from './merge-pages.ts';
import { placeComponent } from './place-component.ts';

const NONE: ReadonlySet<string> = new Set();
const empty: AppPages = {
  home: 'p',
  pages: { p: { title: 'P', order: 'a0', components: {}, onLoad: [] } },
  variables: {},
};
const place = (document: AppPages, slug: string, id: string) =>
  placeComponent(document, { slug, type: 'text', id });
/** Two pages, `p` and `q`, with a text in each. */
const base = place(place(addPage(empty, 'q', 'Q'), 'p', 'inP'), 'q', 'inQ');
const idsIn = ({ pages }: AppPages) =>
  Object.fromEntries(
    Object.entries(pages).map(([slug, page]) => [slug, Object.keys(page.components).sort()]),
  );

/** Both ways around: what is merged, as the ids of each page, and whether it is a document. */
function joined(mine: AppPages, theirs: AppPages) {
  const both = [mergePages(base, mine, theirs, NONE).merged, mergePages(base, theirs, mine, NONE).merged];
  for (const merged of both) expect(AppPages.safeParse(merged).error).toBeUndefined();
  return both.map(idsIn);
}

describe('B6 two edits of the pages of an app', () => {
  it('keep what is called as what every object has', () => {
    const named = place(addPage(base, 'constructor', 'Constructor'), 'constructor', 'toString');
    const other = setVariable(place(base, 'p', 'valueOf'), 'constructor', 1);
    const wanted = { p: ['inP', 'valueOf'], q: ['inQ'], constructor: ['toString'] };
    expect(joined(named, other)).toEqual([wanted, wanted]);
    expect(mergePages(base, named, other, NONE).merged.variables).toEqual({ constructor: 1 });
    const moved = { p: ['inP', 'valueOf'], constructor: ['inQ'] };
    expect(joined(moveAddress(base, 'q', 'constructor'), other)).toEqual([moved, moved]);
  });
  it('keep a page where each removed the other one', () => {
    expect(joined(removePage(base, 'p'), removePage(base, 'q'))).toEqual([{ q: ['inQ'] }, { p: ['inP'] }]);
  });
  it('are set apart where one gave a page the address of a page that the other added', () => {
    const moved = setProperty(moveAddress(base, 'q', 'new'), 'inQ', 'text', 'changed');
    const added = place(addPage(base, 'new', 'New'), 'new', 'other');
    expect(joined(moved, added)).toEqual([
      { p: ['inP'], 'new-2': ['inQ'], new: ['other'] },
      { p: ['inP'], new: ['inQ'], 'new-2': ['other'] },
    ]);
  });
});
