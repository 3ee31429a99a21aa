import type { AppPages, SqlQuery } from '@sallyport/contract';
import { describe, expect, it } from 'vitest';
import { findHoles, soleExpression } from './holes.ts';
import { readersOf } from './readers-of.ts';
import { renameInPages } from './rename-everywhere.ts';
import { renameInExpression } from './rename-expression.ts';
import { renameInQuery } from './rename-in-query.ts';

const component = (from: string, to: string) => ({ kind: 'component', from, to }) as const;

describe('holes', () => {
  it('does not end at braces inside a string or an object', () => {
    expect(findHoles("a {{ '}}' + b }} c {{ {a: {b: 1}} }}").map((h) => h.expression.trim())).toEqual([
      "'}}' + b",
      '{a: {b: 1}}',
    ]);
  });
  it('ends where the expression does, whatever its strings and patterns hold', () => {
    const holes = findHoles("{{ (['{{', /[}}]/]) }} and {{ a + '}} {{' }}");
    expect(holes.map((h) => [h.expression.trim(), h.valid])).toEqual([
      ["(['{{', /[}}]/])", true],
      ["a + '}} {{'", true],
    ]);
  });
  it.each(['(a.b)', ' ((a)) ', 'a /* }} */', 'a // of the row }}\n', '/* one */ (a)'])(
    'takes brackets and comments around an expression for a part of it: %j',
    (expression) =>
      expect(findHoles(`{{${expression}}}`)).toMatchObject([{ at: 0, expression, valid: true }]),
  );
  it('keeps a mistake from swallowing the next hole', () => {
    const holes = findHoles('{{ a + }} and {{ b }}');
    expect(holes.map((h) => [h.expression.trim(), h.valid])).toEqual([
      ['a +', false],
      ['b', true],
    ]);
  });
  it('knows a text that is only a binding', () => {
    expect(soleExpression(' {{ q.data }} ')).toBe('q.data');
    expect(soleExpression('{{ a }}{{ b }}')).toBeUndefined();
    expect(soleExpression('x {{ a }}')).toBeUndefined();
    expect(soleExpression('{{ a')).toBeUndefined();
  });
});

describe('B3 a rename changes references only', () => {
  it.each([
    ['search.value', 'find.value'],
    ['a.search.search', 'a.search.search'],
    ["'search' + search.value + `${search.x}`", "'search' + find.value + `${find.x}`"],
    ['rows.map(search => search.id)', 'rows.map(search => search.id)'],
    ['rows.map(r => r.id === search.value)', 'rows.map(r => r.id === find.value)'],
    ['rows.map(({ search, b = search2 }) => search)', 'rows.map(({ search, b = search2 }) => search)'],
    ['({ search })', '({ search: find })'],
    ['({ search: 1, [search.x]: 2 })', '({ search: 1, [find.x]: 2 })'],
    ['(x = search) => x', '(x = find) => x'],
    ['(() => { const search = 1; return search })()', '(() => { const search = 1; return search })()'],
    [
      '(() => { function f(search) { return search } return f(1) })()',
      '(() => { function f(search) { return search } return f(1) })()',
    ],
    [
      '(() => { try { f() } catch (search) { return search } })()',
      '(() => { try { f() } catch (search) { return search } })()',
    ],
    [
      '(() => { const f = () => { const search = 1; return search }; return f() + search.x })()',
      '(() => { const f = () => { const search = 1; return search }; return f() + find.x })()',
    ],
    [
      '(() => { search: for (const a of search.x) for (;;) continue search })()',
      '(() => { search: for (const a of find.x) for (;;) continue search })()',
    ],
    ['list[search.index]?.search', 'list[find.index]?.search'],
    ['search +', 'search +'],
  ])('%s', (before, after) => {
    expect(renameInExpression(before, component('search', 'find'))).toBe(after);
  });

  it('renames a variable behind variables only', () => {
    const rename = { kind: 'variable', from: 'view', to: 'mode' } as const;
    expect(renameInExpression('variables.view + view + a.variables.view', rename)).toBe(
      'variables.mode + view + a.variables.view',
    );
    expect(renameInExpression(`variables['view'] + variables?.["view"].x + variables[view]`, rename)).toBe(
      `variables['mode'] + variables?.["mode"].x + variables[view]`,
    );
  });
});

const document: AppPages = {
  home: 'p',
  variables: { start: '{{ search.value }}' },
  pages: {
    p: {
      title: 'P',
      order: 'a0',
      onLoad: [{ do: 'runQuery', query: 'list', onlyIf: '{{ search.value }}' }],
      components: {
        search: { type: 'form', order: 'a0', layout: { x: 0, y: 0, w: 4, h: 4 }, props: {}, on: {} },
        inner: {
          type: 'button',
          parent: 'search',
          order: 'a0',
          layout: { x: 0, y: 0, w: 2, h: 2 },
          props: { label: 'Look for {{ search.values.q }}' },
          on: {
            onClick: [
              {
                do: 'runQuery',
                query: 'list',
                onSuccess: [{ do: 'control', component: 'search', method: 'reset' }],
              },
              { do: 'setVariable', name: 'start', value: { deep: ['{{ search.valid }}'] } },
            ],
          },
        },
        table1: {
          type: 'table',
          order: 'a1',
          layout: { x: 0, y: 4, w: 12, h: 4 },
          props: { query: 'list' },
          on: {},
        },
      },
    },
  },
};

describe('a rename follows everywhere', () => {
  it('component: ids, parents, bindings, handlers, variables', () => {
    const next = renameInPages(document, component('search', 'find'));
    expect(JSON.stringify(next)).not.toContain('search');
    expect(next.pages.p?.components.inner?.parent).toBe('find');
    expect(next.pages.p?.components.table1).toBe(document.pages.p?.components.table1);
  });
  it('query: handlers and table properties', () => {
    const next = renameInPages(document, { kind: 'query', from: 'list', to: 'rows' });
    expect(next.pages.p?.components.table1?.props.query).toBe('rows');
    expect(next.pages.p?.onLoad[0]).toMatchObject({ query: 'rows' });
    expect(JSON.stringify(next)).not.toContain('"list"');
  });
  /** All that can name something, beside the same of another; a variable may be called as a component is. */
  const app = ({ q = 'q', v = 'x', c = 'x', m = 'm' }) => {
    const onlyIf = `{{ ${c}.value }}`;
    const steps = [
      {
        do: 'runQuery',
        query: q,
        onlyIf,
        onSuccess: [{ do: 'openModal', modal: m, onlyIf }],
        onFailure: [
          { do: 'closeModal', modal: m },
          { do: 'runQuery', query: 'other' },
        ],
      },
      {
        do: 'runQuery',
        query: 'other',
        onFailure: [{ do: 'control', component: c, method: 'reset', onlyIf }],
      },
      { do: 'setVariable', name: v, value: `{{ variables.${v} + ${q}.total }}`, onlyIf },
      { do: 'setVariable', name: 'other', value: 1 },
      { do: 'openModal', modal: 'other' },
      { do: 'control', component: 'other', method: 'reset' },
      { do: 'notify', message: `{{ ${q}.error }}`, tone: 'bad' },
    ];
    const layout = { x: 0, y: 0, w: 4, h: 4 };
    const part = (type: string, props: object, more = {}) => ({
      ...{ type, order: 'a0', layout, props, on: {} },
      ...more,
    });
    return {
      home: 'p',
      variables: { [v]: `{{ ${c}.value }}`, other: 1 },
      pages: {
        p: {
          title: 'P',
          order: 'a0',
          onLoad: steps,
          components: {
            [c]: part('table', { query: q, title: 'q x m' }),
            other: part('table', { query: 'other' }, { parent: m, on: { onRowClick: steps, onSelect: [] } }),
            [m]: part('modal', { title: `{{ ${c}.selectedKey }}` }),
          },
        },
      },
    } as unknown as AppPages;
  };
  it.each([
    ['query', 'q'],
    ['variable', 'x'],
    ['component', 'x'],
    ['component', 'm'],
  ] as const)('of the %s %s in each step, and nothing of another name or kind', (kind, from) => {
    const name = kind === 'component' && from === 'x' ? 'c' : kind === 'variable' ? 'v' : from;
    expect(renameInPages(app({}), { kind, from, to: 'renamed' })).toEqual(app({ [name]: 'renamed' }));
    for (const v of ['q', 'm'])
      expect(renameInPages(app({ v }), { kind: 'variable', from: v, to: 'renamed' })).toEqual(
        app({ v: 'renamed' }),
      );
  });
  it('there and back is the same document', () => {
    const there = renameInPages(document, component('search', 'find'));
    expect(renameInPages(there, component('find', 'search'))).toEqual(document);
  });
  it('query text: holes change, the rest stays byte for byte', () => {
    const query: SqlQuery = {
      kind: 'sql',
      source: 'db',
      arguments: {},
      maxRows: 10,
      timeoutMs: 100,
      run: 'auto',
      windowed: false,
      choices: {},
      text: 'select search from search where a = {{search.value}} -- search\n and b = {{ x }}',
    };
    expect(renameInQuery(query, component('search', 'find'))).toMatchObject({
      text: 'select search from search where a = {{find.value}} -- search\n and b = {{ x }}',
    });
    expect(renameInQuery(query, component('other', 'find'))).toBe(query);
    const limited = { ...query, arguments: { search_value: { maxLength: 9 } } };
    const compiled = [{ name: 'search_value', expression: 'search.value' }];
    expect(renameInQuery(limited, component('search', 'find'), compiled).arguments).toEqual({
      find_value: { maxLength: 9 },
    });
  });
});

it('who reads a name is known whatever way the expression is written', () => {
  const reading = (text: string): AppPages => ({
    ...document,
    pages: {
      p: {
        ...document.pages.p!,
        components: { note: { ...document.pages.p!.components.inner!, props: { text } } },
      },
    },
  });
  for (const text of ['{{ list.data\n  .length }}', '{{ list.data.map((row) => "\\n" + row.name) }}'])
    expect(readersOf(reading(text), {}).get('list')).toEqual(['note']);
  expect(readersOf(document, {}).get('list')).toEqual(['table1']);
});
