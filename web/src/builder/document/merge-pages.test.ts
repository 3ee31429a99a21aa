import { AppPages } from '@sallyport/contract';
import { describe, expect, it } from 'vitest';
import { childrenOf, pagesInOrder } from '../../runtime/layout/component-tree.ts';
import { setProperty } from './configure-component.ts';
import { deleteComponents } from './delete-components.ts';
import { addPage, moveAddress, removePage, reorderPage, setVariable } from './edit-pages.ts';
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
  it('take a new page for one that was there only if that is gone and shares what stands in it', () => {
    const more = place(base, 'q', 'more');
    const cut = place(addPage(deleteComponents(base, 'q', ['inQ']), 'r', 'R'), 'r', 'inQ');
    const carried = { p: ['inP'], q: ['more'], r: ['inQ'] };
    expect(joined(cut, more)).toEqual([carried, carried]);
    // What one removed and the other changed stays.
    const other = place(addPage(removePage(base, 'q'), 'r', 'R'), 'r', 'inR');
    const both = { p: ['inP'], q: ['inQ', 'more'], r: ['inR'] };
    expect(joined(other, more)).toEqual([both, both]);
    const gone = { p: ['inP', 'more'] };
    expect(joined(removePage(base, 'q'), place(base, 'p', 'more'))).toEqual([gone, gone]);
  });
  it('keep one page of what both added alike, and each page in its place', () => {
    const added = reorderPage(place(addPage(base, 'r', 'R'), 'r', 'inR'), 'r', 'p');
    const once = { p: ['inP'], q: ['inQ'], r: ['inR'] };
    expect(joined(added, setVariable(added, 'v', 1))).toEqual([once, once]);
    const { merged, renamed } = mergePages(base, added, setVariable(base, 'v', 1), NONE);
    expect([pagesInOrder(merged).map(([slug]) => slug), renamed]).toEqual([['r', 'p', 'q'], []]);
  });
  it('go to another home page where one made home what the other removed', () => {
    const { merged } = mergePages(base, { ...base, home: 'q' }, removePage(base, 'q'), NONE);
    expect(AppPages.parse(merged).home).toBe('p');
  });
  it('leave on the page what one changed in a box that the other deleted', () => {
    let boxed = placeComponent(base, { slug: 'p', type: 'container', id: 'box' });
    for (const id of ['one', 'two'])
      boxed = placeComponent(boxed, { slug: 'p', type: 'text', id, parent: 'box' });
    const changed = setProperty(setProperty(boxed, 'one', 'text', 'I'), 'two', 'text', 'II');
    const { merged } = mergePages(boxed, changed, deleteComponents(boxed, 'p', ['box']), NONE);
    const page = AppPages.parse(merged).pages.p!;
    expect(page.title).toBe('P');
    expect(Object.entries(page.components).map(([id, { parent }]) => [id, parent])).toEqual([
      ['inP', undefined],
      ['one', undefined],
      ['two', undefined],
    ]);
  });
  it('put what I placed at the end behind what they placed there, and nothing else elsewhere', () => {
    const { merged } = mergePages(base, place(base, 'p', 'mine'), place(base, 'p', 'theirs'), NONE);
    const page = merged.pages.p!;
    expect(childrenOf(page, undefined).map(([id]) => id)).toEqual(['inP', 'theirs', 'mine']);
    const orders = Object.values(page.components).map(({ order }) => order);
    expect(new Set(orders).size).toBe(3);
    expect(page.components.theirs).toEqual(place(base, 'p', 'theirs').pages.p?.components.theirs);
    const alone = mergePages(base, place(base, 'p', 'mine'), setVariable(base, 'v', 1), NONE);
    expect(alone.merged.pages.p).toEqual(place(base, 'p', 'mine').pages.p);
  });
});
