import { AppBundle } from '@sallyport/contract';
import { describe, expect, it } from 'vitest';
import { readFolder } from './read-folder.ts';
import { writeFolder } from './write-folder.ts';

const bundle = AppBundle.parse({
  format: 'sallyport.app/1',
  name: 'Orders: the "desk"',
  home: 'home',
  variables: { b: 'no', a: 12 },
  pages: {
    home: {
      title: 'Yes',
      order: 'a0',
      components: {
        table1: {
          type: 'table',
          order: 'a1',
          layout: { x: 0, y: 0, w: 12, h: 10 },
          props: { query: 'list', title: '', emptyText: '{{ list.data }}' },
          on: { onRowOpen: [{ do: 'notify', message: 'a\nb  \n' }] },
        },
        alpha: {
          type: 'text',
          order: 'a0',
          layout: { x: 0, y: 0, w: 12, h: 2 },
          props: { text: ' {{ x }}: # & * ! | > % @ ` ' },
        },
      },
    },
  },
  queries: {
    list: { kind: 'sql', source: 'shop', text: "select 1 -- é '\n\n  from t\n", windowed: true, run: 'auto' },
    call: {
      kind: 'rest',
      source: 'api',
      method: 'POST',
      path: '/a/{{ id }}',
      body: { json: '{"a": {{ x }}}' },
    },
  },
}) as AppBundle;

describe('an app as a folder', () => {
  it('F1 same state, same bytes, whatever the order of names', () => {
    const turned = {
      ...bundle,
      queries: Object.fromEntries(Object.entries(bundle.queries).reverse()),
      pages: structuredClone(bundle.pages),
    };
    expect([...writeFolder(turned as AppBundle)]).toEqual([...writeFolder(bundle)]);
  });
  it('F1 omits defaults and keeps a layout on one line', () => {
    const page = writeFolder(bundle).get('pages/home/page.yaml');
    expect(page).toContain('layout: { x: 0, y: 0, w: 12, h: 10 }');
    expect(page).not.toContain("title: ''");
    expect(writeFolder(bundle).get('queries/list.yaml')).toBe(
      'kind: sql\nsource: shop\nrun: auto\nwindowed: true\n',
    );
  });
  it('F2 reads back what it wrote', () => {
    const { title: _omitted, ...props } = bundle.pages.home!.components.table1!.props;
    const expected = structuredClone(bundle);
    expected.pages.home!.components.table1!.props = props;
    expect(readFolder(writeFolder(bundle))).toEqual(expected);
  });
  it.each([' \n', '\n \n', ' \t\n\n', `a\n \nb\u0001${'c'.repeat(40)}`])(
    'F2 reads back a text with spaces alone on a line: %j',
    (text) => {
      const given = { ...bundle, variables: { text } };
      expect(readFolder(writeFolder(given)).variables).toEqual({ text });
    },
  );
  it.each(['\r', 'a\r', "select 'a\r\nb'\r\n", '\r\n\r'])(
    'F2 reads back a statement with carriage returns of its own: %j',
    (text) => {
      const given = AppBundle.parse({ ...bundle, queries: { list: { kind: 'sql', source: 'shop', text } } });
      const files = writeFolder(given as AppBundle);
      expect(readFolder(files).queries).toEqual(given.queries);
      // As after a checkout that turns line ends.
      const turned = new Map([...files].map(([path, lines]) => [path, lines.replaceAll('\n', '\r\n')]));
      expect(readFolder(turned).queries).toEqual(given.queries);
    },
  );
  it.each([
    ['an unquoted expression', 'name: {{ x }}', 'must be quoted'],
    ['a repeated name', 'name: a\nname: b', 'unique'],
    ['an alias', 'name: &a x\nhome: *a', 'Aliases'],
    [
      'a member nobody knows',
      'format: sallyport.app/1\nname: a\nhome: home\nextra: 1',
      'app.yaml: Unrecognized key',
    ],
    ['a number that would be rounded', 'name: a\nvariables: 12345678901234567890', 'would be rounded'],
    ['what is nested without end', `name: ${'['.repeat(50_000)}`, 'nested too deep'],
  ])('F3 refuses %s and says where', (_what, text, message) => {
    const files = new Map(writeFolder(bundle));
    files.set('app.yaml', text);
    expect(() => readFolder(files)).toThrow(message);
    expect(() => readFolder(files)).toThrow(/^app\.yaml/);
  });

  it.each(['yaml', 'sql'])('F3 says so when the .%s of a query is missing', (kind) => {
    const files = new Map(writeFolder(bundle));
    const [name] = Object.keys(bundle.queries);
    files.delete(`queries/${name}.${kind}`);
    expect(() => readFolder(files)).toThrow(`queries/${name}.${kind}: It is missing`);
  });
});
