import { beforeAll, describe, expect, it } from 'vitest';
import { mysqlLanguage } from '../mysql/language/index.ts';
import { postgresLanguage } from '../postgres/language/index.ts';
import { sqlDocument } from '../suite/sql-document.ts';
import { madeText } from './made-text.ts';
import { typeArguments } from './type-arguments.ts';

beforeAll(() => Promise.all([postgresLanguage.load(), mysqlLanguage.load()]));

const LANGUAGES = { postgres: postgresLanguage, mysql: mysqlLanguage } as const;
const bound = (language: keyof typeof LANGUAGES, text: string, engineType: string | null) =>
  typeArguments(
    LANGUAGES[language].outline(sqlDocument(text)),
    {},
    { descriptions: [{ parameters: [engineType], columns: [] }] },
  );

// One text is a list of one item: `not in ('1,2')` kept no row of those that a DELETE should keep.
describe('Q3 a list that an expression joins to one text is refused, and what to write is said', () => {
  it.each([
    ["ids.join(',')", 'ids'],
    ['ids.join()', 'ids'],
    [`(t.rows.map((r) => r.id)).join("','")`, 't.rows.map((r) => r.id)'],
    ['t.ids?.join(`, `)', 't.ids'],
    ["ids.length > 0 ? ids.join(',') : ''", null],
    ["ids && ids.join(',')", null],
    [`names.map((n) => "'" + n + "'").join(',')`, null],
    [`names.map((n) => \`'\${n}'\`).join(',')`, null],
    [`\`'\${ids.join("','")}'\``, null],
    [`"'" + ids.join("','") + "'"`, null],
  ])('%s', (expression, of) => {
    expect(madeText(expression, 'join')).toEqual({ of });
    const said = `Write the list, with no quotes around its items${of === null ? '' : `: {{ ${of} }}`}.`;
    for (const language of ['postgres', 'mysql'] as const)
      expect(() => bound(language, `delete from t where a not in ({{ ${expression} }})`, null)).toThrow(said);
    expect(() => bound('postgres', `select 1 where a = any({{ ${expression} }})`, 'integer[]')).toThrow(said);
  });
  it('and told at its place', () => {
    expect(() => bound('postgres', "select 1 where a in ({{ x.join(',') }})", 'integer[]')).toThrow(
      expect.objectContaining({ places: [expect.objectContaining({ path: 'text', at: 21, length: 17 })] }),
    );
  });
  it.each([
    'ids',
    'ids.map((id) => id)',
    "[a, b].join('-')",
    'ids[0].join',
    'join(ids)',
    `\`\${a}-\${b}\``,
    "a + '-x'",
  ])('takes %s, which is a list, or may be one item', (expression) => {
    expect(bound('mysql', `select 1 from t where a in ({{ ${expression} }})`, null)).toHaveLength(1);
  });
  it('takes a joined text where a text is bound', () => {
    expect(bound('postgres', "select string_to_array({{ ids.join(',') }}, ',')", 'text')).toHaveLength(1);
  });
});

// The JSON of a text is a string: `jsonb` kept `"{\"a\": 1}"`, of which no key can be read.
describe('Q4 JSON that an expression makes a text of is refused, and what to write is said', () => {
  it.each([
    ['JSON.stringify(form.value)', 'form.value'],
    ['JSON.stringify(rows ?? [], null, 2)', 'rows ?? []'],
    ['doc ? JSON.stringify(doc) : null', null],
  ])('%s', (expression, of) => {
    const said = `Write the value${of === null ? '' : `: {{ ${of} }}`}.`;
    expect(() => bound('postgres', `insert into t (a) values ({{ ${expression} }})`, 'jsonb')).toThrow(said);
    expect(() => bound('mysql', `insert into t (a) values ({{ ${expression} }})`, 'json')).toThrow(said);
  });
  it('takes it where a text is bound, as in to_jsonb({{ x }}::text) or json_table({{ x }}, …)', () => {
    expect(bound('postgres', 'select to_jsonb({{ JSON.stringify(x) }}::text)', 'text')).toHaveLength(1);
    expect(bound('mysql', 'select json_valid({{ JSON.stringify(x) }})', null)).toHaveLength(1);
  });
  it.each(['x', 'x.stringify(y)', '[JSON.stringify(x)]', "doc ?? 'none'"])('takes %s', (expression) => {
    expect(bound('postgres', `select {{ ${expression} }}::jsonb`, 'jsonb')).toHaveLength(1);
  });
});
