import { type AppPages, AppPages as Schema } from '@sallyport/contract';
import { describe, expect, it } from 'vitest';
import { documentProblems } from './document-rules.ts';

const layout = { x: 0, y: 0, w: 4, h: 3 };
const pages = (components: Record<string, object>): AppPages =>
  Schema.parse({ home: 'home', pages: { home: { title: 'Home', order: 'a0', components } } }) as AppPages;
const kinds = (given: AppPages, queries: string[] = []) =>
  documentProblems(given, new Set(queries)).map((problem) => `${problem.kind} ${problem.path}`);

describe('A1 a document with a broken structure is refused', () => {
  it('passes one that fits together', () => {
    expect(
      kinds(
        pages({
          box: { type: 'container', order: 'a0', layout },
          name: { type: 'textInput', order: 'a0', layout, parent: 'box', props: { label: 'Name' } },
        }),
      ),
    ).toEqual([]);
  });
  it.each([
    [
      'a parent that is not there',
      { a: { type: 'text', order: 'a0', layout, parent: 'b' } },
      'structure pages.home.components.a.parent',
    ],
    [
      'a parent that holds nothing',
      { a: { type: 'text', order: 'a0', layout, parent: 'b' }, b: { type: 'text', order: 'a0', layout } },
      'structure pages.home.components.a.parent',
    ],
    [
      'a property nobody has',
      { a: { type: 'text', order: 'a0', layout, props: { onclick: 'x' } } },
      'structure pages.home.components.a.props.onclick',
    ],
    [
      'a property of every object',
      { a: { type: 'text', order: 'a0', layout, props: { constructor: 'x' } } },
      'structure pages.home.components.a.props.constructor',
    ],
    [
      'an event it has not',
      { a: { type: 'text', order: 'a0', layout, on: { onClick: [] } } },
      'structure pages.home.components.a.on.onClick',
    ],
    [
      'a name with a meaning',
      { currentUser: { type: 'text', order: 'a0', layout } },
      'structure pages.home.components.currentUser',
    ],
  ])('%s', (_what, components, expected) => {
    expect(kinds(pages(components))).toContain(expected);
  });
  it('a query whose name has a meaning', () => {
    expect(kinds(pages({}), ['list', 'currentUser'])).toEqual(['structure queries.currentUser']);
  });
  it('a chain of parents that is longer than anybody could see, in no time', () => {
    const chain = (length: number) =>
      pages(
        Object.fromEntries(
          Array.from({ length }, (_, i) => [
            `c${i}`,
            { type: 'container', order: 'a0', layout, ...(i === 0 ? {} : { parent: `c${i - 1}` }) },
          ]),
        ),
      );
    expect(kinds(chain(101))).toEqual([]);
    expect(kinds(chain(102))).toEqual(['structure pages.home.components.c101.parent']);
    expect(kinds(chain(20_000))).toHaveLength(19_899);
  });
  it('a circle of parents', () => {
    const circle = pages({
      a: { type: 'form', order: 'a0', layout, parent: 'b' },
      b: { type: 'form', order: 'a0', layout, parent: 'a' },
    });
    expect(kinds(circle)).toContain('structure pages.home.components.a.parent');
  });
  it('a component that is called like one of another page', () => {
    const page = { title: 'Page', order: 'a0', components: { one: { type: 'text', order: 'a0', layout } } };
    const two = Schema.parse({ home: 'home', pages: { home: page, more: page } }) as AppPages;
    expect(kinds(two)).toEqual(['structure pages.more.components.one']);
  });
  it('a component that is called like a query', () => {
    expect(kinds(pages({ orders: { type: 'text', order: 'a0', layout } }), ['orders'])).toEqual([
      'structure pages.home.components.orders',
    ]);
  });
});

describe('A2 a value that its component cannot show is kept and told', () => {
  const told = (type: string, props: object) =>
    documentProblems(pages({ a: { type, order: 'a0', layout, props } }), new Set()).map(
      ({ kind, path, message }) => `${kind} ${path.split('.props.')[1]} ${message}`,
    );
  it.each([
    ['table', { columns: [{ name: 'total', format: 'money' }] }, /^value columns 0\.format: /],
    ['table', { columns: 'total' }, /^value columns /],
    ['text', { text: { toString: 'x' } }, /^value text Enter a plain value/],
    ['button', { disabled: ['yes'] }, /^value disabled Enter a plain value/],
    ['chart', { type: 'donut' }, /^value type Must be one of: bar, /],
    ['select', { options: [{ label: 'Open' }] }, /^value options Enter a list/],
  ])('%s %o', (type, props, expected) => {
    expect(told(type, props)).toEqual([expect.stringMatching(expected)]);
  });
  it('and nothing of what the builder writes', () => {
    const columns = [{ name: 'total', format: 'currency', currency: 'SEK', width: 90, hidden: true }];
    expect(told('table', { columns, data: [{ a: 1 }], pageSize: 'x', query: '' })).toEqual([]);
    expect(told('select', { options: [1, null, { label: 'Yes', value: true }], value: { a: 1 } })).toEqual(
      [],
    );
    expect(told('select', { options: '{{ q.data }}', required: '{{ true }}', label: 12 })).toEqual([]);
  });
});

describe('A2 a broken reference is kept and told', () => {
  it.each([
    [{ do: 'runQuery', query: 'gone' }, 'query'],
    [{ do: 'openModal', modal: 'gone' }, 'modal'],
    [{ do: 'control', component: 'gone', method: 'refresh' }, 'component'],
    [{ do: 'control', component: 'go', method: 'setValue' }, 'method'],
    [{ do: 'goTo', page: 'gone' }, 'page'],
    [{ do: 'setVariable', name: 'gone', value: 1 }, 'name'],
  ])('%o', (handler, member) => {
    expect(kinds(pages({ go: { type: 'button', order: 'a0', layout, on: { onClick: [handler] } } }))).toEqual(
      [`reference pages.home.components.go.on.onClick.0.${member}`],
    );
  });
  it('and nothing of what is there', () => {
    const onClick = [
      { do: 'goTo', page: 'home' },
      { do: 'goTo', url: 'https://example.com' },
      { do: 'control', component: 'name', method: 'setValue' },
    ];
    const name = { type: 'textInput', order: 'a0', layout };
    expect(kinds(pages({ name, go: { type: 'button', order: 'a0', layout, on: { onClick } } }))).toEqual([]);
  });
  it('also inside what follows a query', () => {
    const nested = { do: 'runQuery', query: 'q', onSuccess: [{ do: 'runQuery', query: 'gone' }] };
    expect(
      kinds(pages({ go: { type: 'button', order: 'a0', layout, on: { onClick: [nested] } } }), ['q']),
    ).toEqual(['reference pages.home.components.go.on.onClick.0.onSuccess.0.query']);
  });
  it('also of the query whose rows a table shows', () => {
    const shows = (query: string | null) =>
      kinds(pages({ list: { type: 'table', order: 'a0', layout, props: { query } } }), ['orders']);
    expect(shows('gone')).toEqual(['reference pages.home.components.list.props.query']);
    expect(['orders', '', null].flatMap(shows)).toEqual([]);
  });
});
