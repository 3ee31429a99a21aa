import { AppPages, COMPONENT_TYPES, type Layout } from '@sallyport/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { childrenOf, pagesInOrder } from '../../runtime/layout/component-tree.ts';
import { arrangeComponents, reorderComponent, reparentComponents } from './arrange-components.ts';
import {
  copyComponents,
  duplicateComponents,
  type Pasted,
  pasteComponents,
  readClipping,
} from './clipboard.ts';
import { propertyValue, setHandlers, setProperty } from './configure-component.ts';
import { deleteComponents } from './delete-components.ts';
import { addPage, addressProblem, moveAddress, pageSlug, removePage, reorderPage } from './edit-pages.ts';
import { componentIds, nameProblem, newComponentId } from './identifiers.ts';
import { orderAfter } from './order-keys.ts';
import { placeComponent } from './place-component.ts';
import { clampLayout, overlaps, settle } from './settle.ts';

const empty: AppPages = {
  home: 'p',
  pages: { p: { title: 'P', order: 'a0', components: {}, onLoad: [] } },
  variables: {},
};
const place = (document: AppPages, type: (typeof COMPONENT_TYPES)[number], more = {}) => {
  const id = newComponentId(type, componentIds(document));
  return placeComponent(document, { slug: 'p', type, id, ...more });
};
const at = (document: AppPages, id: string) => document.pages.p?.components[id];
const valid = (document: AppPages) => AppPages.safeParse(document).success;

const layout = fc
  .record({
    x: fc.integer({ min: 0, max: 11 }),
    y: fc.integer({ min: 0, max: 30 }),
    w: fc.integer({ min: 1, max: 12 }),
    h: fc.integer({ min: 1, max: 8 }),
  })
  .map(clampLayout);

describe('B4 nothing overlaps', () => {
  it('after any settle; the moved one stays, others only move down, columns hold', () => {
    fc.assert(
      fc.property(fc.array(layout, { minLength: 1, maxLength: 25 }), (list) => {
        const layouts = new Map<string, Layout>(list.map((l, i) => [`c${i}`, l]));
        const settled = settle(layouts, new Set(['c0']));
        expect(settled.get('c0')).toEqual(layouts.get('c0'));
        const all = [...settled];
        for (const [id, a] of all) {
          expect(a.y).toBeGreaterThanOrEqual(layouts.get(id)!.y);
          expect([a.x, a.w, a.h]).toEqual([layouts.get(id)!.x, layouts.get(id)!.w, layouts.get(id)!.h]);
          for (const [other, b] of all) if (id !== other) expect(overlaps(a, b)).toBe(false);
        }
      }),
    );
  });
  it('what is in the way moves no further than needed, in the order in which it stood, and nothing beside it', () => {
    const layouts = new Map([
      ['below', { x: 0, y: 4, w: 4, h: 2 }],
      ['beside', { x: 4, y: 0, w: 4, h: 2 }],
      ['moved', { x: 0, y: 0, w: 4, h: 3 }],
      ['there', { x: 2, y: 2, w: 2, h: 2 }],
    ]);
    const rows = [...settle(layouts, new Set(['moved']))].map(([id, { y }]) => [id, y]);
    expect(Object.fromEntries(rows)).toEqual({ moved: 0, beside: 0, there: 3, below: 5 });
  });
  it('leaves an arrangement without overlap alone', () => {
    const document = place(place(empty, 'table'), 'button');
    expect(arrangeComponents(document, 'p', new Map([['button1', at(document, 'button1')!.layout]]))).toEqual(
      document,
    );
  });
});

describe('placing and moving', () => {
  it('a new component is about as wide in a box as on the page, and no wider than the box', () => {
    const inForm = place(place(empty, 'form'), 'button', { parent: 'form1' });
    expect(at(inForm, 'button1')?.layout).toMatchObject({ w: 4, h: 2 });
    const deeper = place(place(inForm, 'container', { parent: 'form1' }), 'button', { parent: 'container1' });
    expect(at(deeper, 'container1')?.layout.w).toBe(12);
    expect(at(deeper, 'button2')?.layout.w).toBe(4);
    const inModal = place(place(empty, 'modal'), 'button', { parent: 'modal1' });
    expect(at(inModal, 'button1')?.layout.w).toBe(4);
    expect([deeper, inModal].every(valid)).toBe(true);
  });
  it('a box grows with what is placed or moved in it, and what stands below makes room', () => {
    const boxed = place(place(place(empty, 'container'), 'form', { parent: 'container1' }), 'table');
    const full = [1, 2, 3, 4, 5, 6].reduce((d) => place(d, 'textInput', { parent: 'form1' }), boxed);
    const [form, container, table] = ['form1', 'container1', 'table1'].map((id) => at(full, id)!.layout);
    expect(form!.h).toBe(6 * 3 + 2);
    expect(container!.h).toBe(form!.y + form!.h + 2);
    expect(table!.y).toBe(container!.y + container!.h);
    // A person may make it smaller, as long as nothing in it is moved.
    const low = arrangeComponents(full, 'p', new Map([['form1', { ...form!, h: 5 }]]));
    expect(at(low, 'form1')!.layout.h).toBe(5);
    expect(
      at(place(setProperty(full, 'form1', 'title', 'A title'), 'date', { parent: 'form1' }), 'form1')!.layout
        .h,
    ).toBe(24);
    expect(valid(full)).toBe(true);
  });
  it('every component type can be placed, and makes a valid document', () => {
    const document = COMPONENT_TYPES.reduce((d, type) => place(d, type), empty);
    expect(AppPages.safeParse(document).error).toBeUndefined();
    expect(Object.keys(document.pages.p!.components)).toHaveLength(COMPONENT_TYPES.length);
  });
  it('moves into a form, out again, never into itself, and modals into nothing', () => {
    let document = place(place(place(empty, 'form'), 'button'), 'modal');
    document = reparentComponents(document, 'p', new Map([['button1', { parent: 'form1' }]]));
    expect(at(document, 'button1')?.parent).toBe('form1');
    expect(reparentComponents(document, 'p', new Map([['form1', { parent: 'button1' }]]))).toBe(document);
    expect(reparentComponents(document, 'p', new Map([['modal1', { parent: 'form1' }]]))).toBe(document);
    document = reparentComponents(document, 'p', new Map([['button1', { parent: undefined }]]));
    expect(at(document, 'button1')).not.toHaveProperty('parent');
    expect(valid(document)).toBe(true);
  });
  it('changes the reading order', () => {
    const document = place(place(place(empty, 'text'), 'text'), 'text');
    const order = (d: AppPages) => childrenOf(d.pages.p!, undefined).map(([id]) => id);
    expect(order(document)).toEqual(['text1', 'text2', 'text3']);
    expect(order(reorderComponent(document, 'p', 'text3', 'text1'))).toEqual(['text3', 'text1', 'text2']);
    expect(order(reorderComponent(document, 'p', 'text1', undefined))).toEqual(['text2', 'text3', 'text1']);
  });
  it('moves one also where two edits that were joined left equal keys, and among keys of a hand', () => {
    for (const orders of [
      ['a1', 'a1', 'a1', 'a2'],
      ['1', '10', '2', '3'],
    ]) {
      let document = empty;
      for (const order of orders) {
        document = place(document, 'text');
        const { p } = document.pages;
        const [id, last] = Object.entries(p!.components).at(-1)!;
        const components = { ...p!.components, [id]: { ...last, order } };
        document = { ...document, pages: { p: { ...p!, components } } };
      }
      const moved = (id: string, before: string | undefined) =>
        childrenOf(reorderComponent(document, 'p', id, before).pages.p!, undefined).map(([one]) =>
          one.at(-1),
        );
      expect(moved('text4', 'text1')).toEqual(['4', '1', '2', '3']);
      expect(moved('text4', 'text2')).toEqual(['1', '4', '2', '3']);
      expect(moved('text1', 'text3')).toEqual(['2', '1', '3', '4']);
      expect(moved('text1', undefined)).toEqual(['2', '3', '4', '1']);
      expect(reorderComponent(document, 'p', 'text1', 'gone')).toBe(document);
    }
  });
  it('never runs out of keys behind those of a hand', () => {
    for (const last of ['3', '-', 'a10', 'first']) {
      const keys = [last];
      for (let n = 0; n < 100; n++) keys.push(orderAfter(keys));
      expect(keys.toSorted()).toEqual(keys);
      expect(Math.max(...keys.map(({ length }) => length))).toBeLessThan(40);
    }
  });
  it('deletes with what stands inside', () => {
    let document = place(empty, 'form');
    document = place(document, 'textInput', { parent: 'form1' });
    expect(deleteComponents(document, 'p', ['form1'])).toEqual(empty);
  });
});

describe('B5 a property that equals its default is not in the document', () => {
  it('sets, reads and takes back', () => {
    const document = place(empty, 'table');
    const titled = setProperty(document, 'table1', 'title', 'Tickets');
    expect(at(titled, 'table1')?.props).toEqual({ title: 'Tickets' });
    expect(setProperty(titled, 'table1', 'title', '')).toEqual(document);
    expect(setProperty(document, 'table1', 'unheardOf', 1)).toBe(document);
    expect(propertyValue(at(document, 'table1')!, 'pageSize')).toBe(50);
  });
  it('an event without steps is not in the document', () => {
    const document = place(empty, 'button');
    const step = [{ do: 'notify', message: 'x', tone: 'ok' } as const];
    expect(setHandlers(setHandlers(document, 'button1', 'onClick', step), 'button1', 'onClick', [])).toEqual(
      document,
    );
  });
});

describe('B2 ids are unique in the app', () => {
  it('also after pasting and duplicating, and references among copies follow', () => {
    let document = place(empty, 'form');
    document = place(document, 'textInput', { parent: 'form1' });
    document = place(document, 'button', { parent: 'form1' });
    document = setProperty(document, 'button1', 'label', '{{ textInput1.value }} {{ other.x }}');
    const taken = new Set([...componentIds(document), 'form2']);
    const copied = duplicateComponents(document, 'p', ['form1', 'button1'], taken);
    expect(copied.ids).toEqual(['form3']);
    expect(at(copied.document, 'textInput2')?.parent).toBe('form3');
    expect(at(copied.document, 'button2')?.props.label).toBe('{{ textInput2.value }} {{ other.x }}');
    expect(valid(copied.document)).toBe(true);
  });
  it('a clipping survives text; foreign text is not one', () => {
    const document = place(empty, 'table');
    const clipping = copyComponents(document, 'p', ['table1'])!;
    expect(readClipping(JSON.stringify(clipping))).toEqual(clipping);
    expect(readClipping('{"format":"sallyport.components/1","roots":[],"components":{}}')).toBeUndefined();
    expect(readClipping('hello')).toBeUndefined();
    expect(readClipping('sallyport.components/1')).toBeUndefined();
    const other = pasteComponents(empty, 'p', clipping, new Set());
    expect(other.document).toEqual(document);
  });
  it('a clipping that a hand has changed so that parts of it would stand nowhere, or could not be saved, is not one', () => {
    const boxed = place(place(empty, 'container'), 'text', { parent: 'container1' });
    const clipping = copyComponents(boxed, 'p', ['container1'])!;
    const { container1: box, text1: text } = clipping.components;
    const read = (roots: string[], components: string) =>
      readClipping(
        `{"format":"${clipping.format}","roots":${JSON.stringify(roots)},"components":${components}}`,
      );
    const of = (components: object) => JSON.stringify(components);
    expect(read(['container1'], of(clipping.components))).toEqual(clipping);
    for (const [roots, components] of [
      [['gone'], of({ container1: box })],
      [['container1'], of({ container1: box, text1: { ...text, parent: 'gone' } })],
      [['container1'], of({ container1: box, text1: { ...text, parent: undefined } })],
      [['container1'], of({ container1: box, a: { ...box, parent: 'b' }, b: { ...box, parent: 'a' } })],
      [['a', 'b'], of({ a: { ...box, parent: 'b' }, b: { ...box, parent: 'a' } })],
      [['a b'], of({ 'a b': box })],
      [['__proto__'], `{"__proto__":${JSON.stringify(box)}}`],
    ] as const)
      expect(read([...roots], components), components).toBeUndefined();
  });
  it('pastes each beside what is there, which stays as it was', () => {
    const texts = place(place(empty, 'text'), 'text');
    const clipping = copyComponents(texts, 'p', ['text1', 'text2'])!;
    const { document, ids } = pasteComponents(texts, 'p', clipping, new Set(['text1', 'text2']));
    expect(ids).toEqual(['text3', 'text4']);
    expect(document.pages.p?.components).toMatchObject(texts.pages.p!.components);
    const layouts = childrenOf(document.pages.p!, undefined).map(([, component]) => component.layout);
    expect(layouts).toHaveLength(4);
    expect(layouts.some((one, i) => layouts.some((other, k) => k > i && overlaps(one, other)))).toBe(false);
    // A name that is free stays, and no other takes it.
    expect(pasteComponents(place(empty, 'text'), 'p', clipping, new Set(['text1'])).ids).toEqual([
      'text3',
      'text2',
    ]);
    const target = { at: { x: 0, y: 0 } };
    const there = pasteComponents(texts, 'p', clipping, new Set(['text1', 'text2']), target).document;
    expect([at(there, 'text3')?.layout.y, at(there, 'text1')?.layout.y], 'it makes room').toEqual([
      0,
      layouts[2]!.y,
    ]);
  });
  it('pastes several as they stood to each other: below what is there, at a place, or below themselves', () => {
    const texts = place(place(empty, 'text'), 'text');
    const [one, two] = Object.values(texts.pages.p!.components);
    const components = {
      text1: { ...one!, layout: { x: 5, y: 2, w: 2, h: 2 } },
      text2: { ...two!, layout: { x: 3, y: 6, w: 2, h: 3 } },
    };
    const apart = { ...texts, pages: { p: { ...texts.pages.p!, components } } };
    const clipping = copyComponents(apart, 'p', ['text1', 'text2'])!;
    const taken = componentIds(apart);
    const placesOf = ({ document, ids }: Pasted) =>
      ids.map((id) => at(document, id)?.layout).map((layout) => [layout?.x, layout?.y]);
    expect(placesOf(pasteComponents(apart, 'p', clipping, taken))).toEqual([
      [5, 9],
      [3, 13],
    ]);
    expect(placesOf(pasteComponents(apart, 'p', clipping, taken, { at: { x: 1, y: 20 } }))).toEqual([
      [3, 20],
      [1, 24],
    ]);
    expect(placesOf(duplicateComponents(apart, 'p', ['text1', 'text2'], taken))).toEqual([
      [5, 9],
      [3, 13],
    ]);
    expect(placesOf(duplicateComponents(apart, 'p', ['text2'], taken))).toEqual([[3, 9]]);
    expect(duplicateComponents(apart, 'p', ['gone'], taken)).toMatchObject({ document: apart, ids: [] });
    expect(copyComponents(apart, 'gone', ['text1'])).toBeUndefined();
    const modal = place(empty, 'modal');
    const { layout } = at(modal, 'modal1')!;
    const pasted = pasteComponents(texts, 'p', copyComponents(modal, 'p', ['modal1'])!, taken);
    expect(at(pasted.document, 'modal1')?.layout).toEqual(layout);
  });
  it('pastes into what holds others, and a modal into nothing', () => {
    const boxed = place(place(empty, 'container'), 'text');
    const into = (parent: string, type: 'modal' | 'button') => {
      const { document, ids } = pasteComponents(
        boxed,
        'p',
        copyComponents(place(empty, type), 'p', [`${type}1`])!,
        componentIds(boxed),
        { parent },
      );
      return at(document, ids[0]!)?.parent;
    };
    expect([into('container1', 'button'), into('text1', 'button'), into('container1', 'modal')]).toEqual([
      'container1',
      undefined,
      undefined,
    ]);
  });
  it('refuses names that mean something else', () => {
    const taken = new Set(['table1']);
    for (const bad of [
      '',
      '1a',
      'a b',
      'table1',
      'currentUser',
      'class',
      'Math',
      '__proto__',
      'x'.repeat(64),
    ]) {
      expect(nameProblem(bad, taken)).toBeTypeOf('string');
    }
    expect(nameProblem('tickets', taken)).toBeUndefined();
  });
});

describe('pages', () => {
  it('adds, orders, moves and removes, and home follows', () => {
    let document = addPage(empty, pageSlug(empty, 'Größe & Maß'), 'Größe & Maß');
    expect(Object.keys(document.pages)).toContain('grosse-mass');
    document = reorderPage(document, 'grosse-mass', 'p');
    expect(pagesInOrder(document).map(([slug]) => slug)).toEqual(['grosse-mass', 'p']);
    const page = document.pages.p!;
    const alike = reorderPage({ ...document, pages: { a: page, b: page, c: page } }, 'c', 'b');
    expect(pagesInOrder(alike).map(([slug]) => slug)).toEqual(['a', 'c', 'b']);
    document = moveAddress(document, 'p', 'q');
    expect(document.home).toBe('q');
    document = removePage(document, 'q');
    expect(document.home).toBe('grosse-mass');
    expect(removePage(document, 'grosse-mass')).toBe(document);
    expect(valid(document)).toBe(true);
  });
  it('an address is of one page, and free where it only is a word that every object has', () => {
    const document = addPage(empty, 'q', 'Q');
    expect(addressProblem(document, 'q', 'p')).toBe('Another page has this address.');
    expect(addressProblem(document, 'Q', 'p')).toBe('Use lowercase letters, digits and hyphens.');
    expect(addressProblem(document, 'q', 'q')).toBeUndefined();
    expect(addressProblem(document, 'constructor', undefined)).toBeUndefined();
    expect(Object.keys(moveAddress(document, 'q', 'constructor').pages)).toEqual(['p', 'constructor']);
    expect(moveAddress(document, 'q', 'p')).toBe(document);
  });
});
