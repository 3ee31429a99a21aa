import { describe, expect, it } from 'vitest';
import { createBindingGraph } from './binding-graph.ts';
import { messageOf } from './message-of.ts';
import type { BindingSpec, Outcome } from './messages.ts';
import { plainValue } from './plain-value.ts';

const roots = {
  table1: ['selectedRow', 'rows'],
  text1: ['text'],
  text2: ['text'],
  variables: ['tab', 'n'],
  list: ['data', 'error'],
};
const spec = (id: string, template: string, more: Partial<BindingSpec> = {}): BindingSpec => ({
  id,
  template,
  group: 'page',
  ...more,
});

function graphOf(bindings: readonly BindingSpec[], active = ['page']) {
  const graph = createBindingGraph();
  graph.define({ roots, bindings, active }, {});
  const evaluated: string[] = [];
  const flush = (): Record<string, Outcome> => {
    evaluated.length = 0;
    return Object.fromEntries(
      graph.flush((id) => evaluated.push(id)).map(({ id, ...outcome }) => [id, outcome]),
    );
  };
  return { graph, flush, evaluated };
}
const one = (template: string, slots: [string, string, unknown][] = []): Outcome => {
  const { graph, flush } = graphOf([spec('a', template)]);
  graph.set(slots);
  return flush().a as Outcome;
};

describe('a template', () => {
  it('X1 keeps the type of a lone binding, and makes text of anything else', () => {
    expect(one('{{ 1 + 1 }}')).toEqual({ value: 2 });
    expect(one('  {{ [1, 2] }} ')).toEqual({ value: [1, 2] });
    expect(one('n: {{ 1 + 1 }}!')).toEqual({ value: 'n: 2!' });
    expect(one('{{ null }}{{ 1 }}')).toEqual({ value: '1' });
    expect(one('plain')).toEqual({ value: 'plain' });
    expect(one('{{ }}')).toEqual({ value: null });
  });
  it('finds the end of an expression by its syntax', () => {
    expect(one("{{ '}}' }}")).toEqual({ value: '}}' });
    expect(one('{{ {a: {b: 1}} }}')).toEqual({ value: { a: { b: 1 } } });
    expect(one('{{ (1 + 2) }}')).toEqual({ value: 3 });
    expect(one('{{ `{{` }}')).toEqual({ value: '{{' });
    expect(one('{{ 1 /* why */ }}')).toEqual({ value: 1 });
  });
  it('X4 reads what is empty on the way as empty', () => {
    const rows: [string, string, unknown][] = [['table1', 'selectedRow', null]];
    expect(one('{{ table1.selectedRow.customer.name }}', rows)).toEqual({ value: null });
    expect(one("{{ table1.selectedRow['a b'] ?? 'none' }}", rows)).toEqual({ value: 'none' });
    expect(one('{{ list.data.map(r => r.id).length }}', [['list', 'data', null]])).toEqual({ value: null });
    expect(one('{{ list.data.map(r => r.id) }}', [['list', 'data', [{ id: 1 }]]])).toEqual({ value: [1] });
  });
  it('X8 makes plain data of a result', () => {
    expect(one('{{ new Date(0) }}')).toEqual({ value: '1970-01-01T00:00:00.000Z' });
    expect(one('{{ 2n ** 70n }}')).toEqual({ value: '1180591620717411303424' });
    expect(one('{{ new Set([1]) }}')).toEqual({ value: [1] });
    expect(one('{{ new Map([["a", new Set([1]).values()]]).entries() }}')).toEqual({ value: [['a', [1]]] });
    const endless = '{ [Symbol.iterator]: () => ({ next: () => ({ done: false, value: 1 }) }) }';
    expect(one(`{{ (${endless}) }}`)).toHaveProperty('error', 'The result is too large.');
    expect(one('{{ () => 1 }}')).toHaveProperty('error', 'The result is a function. Call it: add ().');
    expect(one('{{ ((a) => { a.push(a); return a })([]) }}')).toHaveProperty(
      'error',
      'The result contains itself.',
    );
    expect(one('{{ Array.from({ length: 2_000_001 }, () => 0) }}')).toHaveProperty(
      'error',
      'The result is too large.',
    );
    expect(one('{{ "x".repeat(2 ** 25 + 1) }}')).toHaveProperty('error', 'The result is too large.');
    expect(one('{{ ((a) => [a, a])({ n: 1 }) }}')).toEqual({ value: [{ n: 1 }, { n: 1 }] });
    const nested = (levels: number) => one(`{{ Array.from({ length: ${levels} }).reduce((a) => [a], 1) }}`);
    expect(nested(500)).toHaveProperty('value');
    expect(nested(501)).toHaveProperty('error', 'The result is nested more than 500 levels deep.');
  });
  it('X8 writes into text what it would be alone', () => {
    expect(one('/a?{{ new URLSearchParams({ q: "x y" }) }}')).toEqual({ value: '/a?q=x+y' });
    expect(one('{{ new URLSearchParams({ q: "x y" }) }}')).toEqual({ value: 'q=x+y' });
    expect(one('in {{ new Set([1, "a"]) }}')).toEqual({ value: 'in [1,"a"]' });
    expect(one('of {{ ({ n: 2n ** 70n }) }}')).toEqual({ value: 'of {"n":"1180591620717411303424"}' });
    expect(one('{{ list.data.length * 3 }} pieces')).toEqual({ value: ' pieces' });
    expect(one('sum: {{ () => 1 }}')).toHaveProperty('error', 'The result is a function. Call it: add ().');
  });
  it('X8 a name of a result is a name and nothing else', () => {
    const value = plainValue(JSON.parse('{"__proto__":{"isAdmin":1},"at":1}'));
    const dated = plainValue({ ...JSON.parse('{"__proto__":{"isAdmin":1}}'), at: new Date(0) });
    for (const plain of [value, dated] as { isAdmin?: number }[]) {
      expect(plain.isAdmin).toBeUndefined();
      expect(Object.keys(plain)).toEqual(['__proto__', 'at']);
    }
    const inner = plainValue({ ['__proto__']: { isAdmin: new Date(0) } }) as { isAdmin?: number };
    expect(inner.isAdmin).toBeUndefined();
    expect(Object.keys(inner)).toEqual(['__proto__']);
  });
  it('X8 answers what it holds at a path without copying it', () => {
    const { graph, flush } = graphOf([spec('a', '{{ list.data }}')]);
    for (const id of [1, 2]) {
      graph.set([['list', 'data', [{ id }]]]);
      expect(flush()).toEqual({ a: { path: ['list', 'data'] } });
    }
  });
});

it('X2 both arms of a choice are read, and a name inside a function that is its own is not', () => {
  const graph = createBindingGraph();
  const bindings = [
    spec('a', '{{ variables.n ? text1.text : text2.text }}'),
    spec('b', '{{ list.data.map((variables) => variables.n) }}'),
    spec('c', '{{ "variables.tab" }}'),
    spec('d', '{{ list.data[variables.n] }}'),
  ];
  expect(graph.define({ roots, bindings, active: ['page'] }, {})).toEqual({
    a: ['variables.n', 'text1.text', 'text2.text'],
    b: ['list.data'],
    c: [],
    d: ['list.data', 'variables.n'],
  });
});

it('brackets and comments stand around an expression, a comment to the end of its line too', () => {
  expect(one('{{ (1 /* } */) // }}\n }}')).toEqual({ value: 1 });
  expect(one('{{ 1 // }}')).toMatchObject({ error: expect.stringContaining('Use a single expression') });
});

describe('an error', () => {
  const errorOf = (template: string, slots?: [string, string, unknown][]) =>
    (one(template, slots) as { error: string }).error;
  it('names what does not exist, and what was probably meant', () => {
    expect(errorOf('{{ list.dat.length }}')).toBe('list has no “dat”. Did you mean “data”?');
    expect(errorOf('{{ tabel1.rows }}')).toBe('“tabel1” does not exist in this app. Did you mean “table1”?');
    expect(errorOf('{{ constructor.name }}')).toContain('“constructor” does not exist');
    expect(createBindingGraph().evaluate('{{ list.data }}')).toHaveProperty(
      'error',
      '“list” does not exist in this app.',
    );
    expect(errorOf('{{ window.location }}')).toContain('“window” does not exist');
    expect(errorOf('{{ fetch("https://x") }}')).toContain('“fetch” does not exist');
  });
  it('refuses what is not one pure expression', () => {
    expect(errorOf('{{ 1; 2 }}')).toContain('Use a single expression');
    expect(errorOf('{{ 1 + }}')).toContain('not a complete expression');
    expect(errorOf('{{ table1.rows = 1 }}')).toContain('cannot change');
    expect(errorOf('{{ delete table1.rows }}')).toContain('cannot change');
    expect(errorOf('{{ import("https://x") }}')).toContain('cannot use import');
    expect(errorOf('{{ this.rows }}')).toContain('cannot use “this”');
    expect(errorOf('{{ list.data.sort() }}', [['list', 'data', [2, 1]]])).toContain('read-only');
    const renamed = '{{ list.data.map((row) => Object.assign(row, { id: 2 })) }}';
    expect(errorOf(renamed, [['list', 'data', [{ id: 1 }]]])).toContain('read-only');
    expect(errorOf('{{ 1 ) + ( 2 }}')).toBeTruthy();
  });
  it.each([
    ['{{ moment(list.data).format("ll") }}', 'toLocaleDateString'],
    ['{{ _.groupBy(list.data, "a") }}', 'Object.groupBy'],
    ['{{ queries.list.data }}', 'own name, as in query1.data'],
    ['{{ currentItem.name }}', 'Make the rows yourself'],
    ['{{ showAlert("x") }}', 'Add a step to an event'],
    ['{{ list.run() }}', 'Add a step to an event'],
    ['{{ constants.key }}', 'Only queries'],
    ['{{ list.rawData }}', 'Did you mean “data”?'],
    ['{{ table1.tableData.length }}', 'Did you mean “rows”?'],
    ['{{ text1.tetx }}', 'Did you mean “text”?'],
  ])('of a name that other builders have says what it is here: %s', (template, hint) =>
    expect(errorOf(template)).toContain(hint),
  );
  it.each([
    ['{{ const n = 1; return n }}', 'Put them in a function'],
    ['{{ let n = 1; n }}', 'Put them in a function'],
    ['{{ if (variables.n) { 1 } }}', 'Put them in a function'],
    ['{{ await list.run() }}', 'cannot use await'],
    ['{{ list.data.map((row) => { id: row.id }) }}', 'stands in brackets'],
    ['{{ list.data.map((row) => { id: row.id, n: 1 }) }}', 'stands in brackets'],
    ['{{ variables.n; }}', '“;” follows it'],
    ['{{ variables.n', 'closing }} is missing'],
    ['{{ variables.n }', 'closing }} is missing'],
  ])('of what is no expression says what to write: %s', (template, hint) =>
    expect(errorOf(template)).toContain(hint),
  );
  it('takes a loop with a name for what it is', () => {
    const loop = '(() => { out: for (const a of list.data) { for (;;) continue out } return 1 })()';
    expect(one(`{{ ${loop} }}`, [['list', 'data', [1]]])).toEqual({ value: 1 });
  });
  it.each([
    ['{{ list.data[0].total.toFixed(2) }}', 'list.data[0].total.toFixed is not a function. Decimals and'],
    ['{{ list.data[0].id.padStart(5, "0") }}', 'list.data[0].id.padStart is not a function. Where it is a'],
    [
      '{{ list.data.map((row) => row.owner.name) }}',
      '“name” is read of something that is empty. Write ?.name',
    ],
    ['{{ list.data.map((row) => row.owner[0]) }}', 'Write ?.[…] where'],
    ['{{ [...list.error] }}', 'A list is expected here'],
    ['{{ Object.keys(list.data[9]) }}', 'An object or a list is expected'],
    ['{{ new Date(list.data[0].name).toISOString() }}', 'This is not a date'],
    ['{{ JSON.parse(list.data[0]).id }}', 'leave out JSON.parse'],
  ])('of a value that is another than it was taken for says what to do: %s', (template, hint) => {
    const rows = [{ id: 7, total: '12.50', owner: null, name: 'Ada' }];
    expect(errorOf(template, [['list', 'data', rows]])).toContain(hint);
  });
  it('of Firefox is told as that of Chromium is', () => {
    expect(messageOf(new TypeError(`can't access property "name", row.owner is null`))).toBe(
      '“name” is read of something that is empty. Write ?.name where it may be.',
    );
  });
  it.each([
    ['const m = new Map([["a", { n: 1 }]]); m.get("a").n += 2; m.get("a").n++; return m.get("a").n', 4],
    ['let [a, b] = [1, 2]; [a, b] = [b, a]; return a - b', 1],
    ['let a, rest; ({ a = 3, ...rest } = { b: 1 }); return [a, rest.b]', [3, 1]],
    ['const o = {}; [o.x, o["y"]] = list.data; Object.assign({}, o).x = 9; return o', { x: 7, y: 8 }],
  ])('takes what an expression changes of its own for that: %s', (body, value) =>
    expect(one(`{{ (() => { ${body} })() }}`, [['list', 'data', [7, 8]]])).toEqual({ value }),
  );
  it.each([
    'list.data.find((row) => row.id).id = 1',
    '[table1.rows] = []',
    '({ a: list.data[0].id } = {})',
    'list.data.at(0).n++',
    'Object.x = 1',
  ])('refuses %s', (text) => expect(errorOf(`{{ ${text} }}`)).toContain('cannot change'));
  it('X1 stays at its own field', () => {
    const { flush } = graphOf([
      spec('bad', '{{ null.x }}'),
      spec('worse', '{{ (() => { throw 1 })() }}'),
      spec('good', '{{ 1 }}'),
    ]);
    expect(flush()).toMatchObject({
      bad: { error: expect.any(String) },
      worse: { error: '1' },
      good: { value: 1 },
    });
  });
  it('X5 names a circle of references, and leaves the others alone', () => {
    const { flush } = graphOf([
      spec('text1.text', '{{ text2.text }}', { publishes: 'text1.text' }),
      spec('text2.text', '{{ text1.text }}', { publishes: 'text2.text' }),
      spec('good', '{{ 1 }}'),
    ]);
    const results = flush();
    expect(results['text1.text']).toHaveProperty('error', expect.stringContaining('Circular reference'));
    expect(results['text2.text']).toHaveProperty('error', expect.stringContaining('Circular reference'));
    expect(results.good).toEqual({ value: 1 });
  });
  it('X5 names a circle that goes through what the page sets', () => {
    const { flush } = graphOf([spec('query:list:n', '{{ list.data.length }}', { feeds: ['list.data'] })]);
    expect(flush()['query:list:n']).toHaveProperty(
      'error',
      'Circular reference: query:list:n refers to itself.',
    );
  });
  it('X7 is what a binding that ran too long answers, until it is rewritten', () => {
    const { graph, flush, evaluated } = graphOf([]);
    const define = (template: string, blocked: Record<string, string>) =>
      graph.define({ roots, bindings: [spec('a', template)], active: ['page'] }, blocked);
    define('{{ 1 }}', { a: 'It ran too long.' });
    expect(flush()).toEqual({ a: { error: 'It ran too long.' } });
    expect(evaluated).toEqual([]);
    define('{{ 2 }}', {});
    expect(flush()).toEqual({ a: { value: 2 } });
  });
});

describe('a change', () => {
  it('X3 evaluates only what reads it, and answers only what differs', () => {
    const { graph, flush, evaluated } = graphOf([
      spec('a', '{{ variables.n > 5 }}'),
      spec('b', '{{ variables.tab }}'),
      spec('c', '{{ Object.keys(variables) }}'),
    ]);
    flush();
    graph.set([['variables', 'n', 1]]);
    flush();
    graph.set([['variables', 'n', 2]]);
    expect(flush()).toEqual({});
    expect(evaluated).toEqual(['a', 'c']);
    graph.set([['variables', 'n', 2]]);
    flush();
    expect(evaluated).toEqual([]);
  });
  it('X3 goes through published results in one pass, in order', () => {
    const { graph, flush } = graphOf([
      spec('second', '{{ text1.text + "!" }}'),
      spec('text1.text', '{{ variables.tab }}', { publishes: 'text1.text' }),
    ]);
    graph.set([['variables', 'tab', 'x']]);
    expect(flush()).toEqual({ 'text1.text': { value: 'x' }, second: { value: 'x!' } });
  });
  it('in a group that is not active waits until it is', () => {
    const { graph, flush, evaluated } = graphOf([spec('a', '{{ variables.n }}', { group: 'modal:m' })]);
    graph.set([['variables', 'n', 1]]);
    expect(flush()).toEqual({});
    expect(evaluated).toEqual([]);
    graph.activate(['page', 'modal:m']);
    expect(flush()).toEqual({ a: { value: 1 } });
  });
  it('of what is wanted on demand alone evaluates nothing, and tells what is wrong with it', () => {
    const { graph, flush, evaluated } = graphOf([
      spec('on', '{{ variables.n }}', { lazy: true }),
      spec('bad', '{{ nothing.n }}', { lazy: true }),
    ]);
    expect(flush()).toEqual({ bad: { error: expect.stringContaining('does not exist') } });
    expect(evaluated).toEqual([]);
    graph.set([['variables', 'n', 7]]);
    expect(graph.evaluate('{{ variables.n }}')).toEqual({ value: 7 });
    const bindings = [spec('bad', '{{ variables.n }}', { lazy: true })];
    for (const told of [{ bad: { value: null } }, {}]) {
      graph.define({ roots, bindings, active: ['page'] }, {});
      expect(flush()).toEqual(told);
    }
  });
  it('that came before a new definition is not lost by it', () => {
    const { graph, flush } = graphOf([spec('a', '{{ variables.n }}')]);
    flush();
    graph.set([['variables', 'n', 8]]);
    graph.define({ roots, bindings: [spec('a', '{{ variables.n }}')], active: ['page'] }, {});
    expect(flush()).toEqual({ a: { value: 8 } });
  });
  it('in the definition keeps what did not change', () => {
    const { graph, flush, evaluated } = graphOf([spec('a', '{{ 1 }}'), spec('b', '{{ 2 }}')]);
    flush();
    graph.define({ roots, bindings: [spec('a', '{{ 1 }}'), spec('b', '{{ 3 }}')], active: ['page'] }, {});
    expect(flush()).toEqual({ b: { value: 3 } });
    expect(evaluated).toEqual(['b']);
  });
  it('of one value among 500 bindings evaluates those that read it', () => {
    const many = Array.from({ length: 500 }, (_, i) =>
      spec(`b${i}`, `{{ variables.${i % 10 === 0 ? 'n' : 'tab'} + ${i} }}`),
    );
    const { graph, flush, evaluated } = graphOf(many);
    flush();
    graph.set([['variables', 'n', 7]]);
    expect(Object.keys(flush())).toHaveLength(50);
    expect(evaluated).toHaveLength(50);
  });
});
