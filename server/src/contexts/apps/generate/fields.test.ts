import type { CatalogColumn } from '@sallyport/contract';
import { describe, expect, it } from 'vitest';
import { column, make, orders, table, textOf } from '../../../../test/generated-orders.ts';
import { documentProblems } from '../document-rules.ts';

// All that was shown of the ids of others was that each has 20 bytes.
it('A4 takes bytes that find a row of another table, or that a domain says more of, for no file', () => {
  const bytes = (name: string, more = {}) => column(name, 'binary', { engineType: 'bytea', ...more });
  const columns = [bytes('owner'), bytes('checksum', { domain: 'bytea20' }), bytes('scan')];
  const owner = { columns: ['owner'], schema: 'public', table: 'people', references: ['id'] };
  const refers = { ...table([column('id', 'integer'), ...columns]), foreignKeys: [owner] };
  expect(textOf(make({ table: refers }), 'list_orders')).toContain(
    'select "id", "owner", "checksum", octet_length("scan") as "scan"\n',
  );
});

describe('A4 the forms of a generated app', () => {
  it('asks for what has a plain default, and starts with it', () => {
    const given = (name: string, type: CatalogColumn['type'], start: string | boolean, more = {}) =>
      column(name, type, { hasDefault: true, default: start, ...more });
    const bundle = make({
      table: table([
        column('id', 'integer', { generated: true, hasDefault: true }),
        given('tier', 'text', 'bronze', { choices: ['gold', 'bronze'] }),
        given('code', 'text', ''),
        given('alias', 'text', '', { nullable: true }),
        given('shape', 'text', 'a {{ b', { nullable: true }),
        given('visits', 'integer', '0'),
        given('far', 'integer', '9007199254740993'),
        given('balance', 'decimal', '0.00'),
        given('active', 'boolean', true),
        given('loud', 'boolean', true, { nullable: true }),
        given('essay', 'text', 'x'.repeat(1_001)),
        column('made', 'timestamp', { hasDefault: true }),
      ]),
    });
    expect(documentProblems(bundle, new Set(Object.keys(bundle.queries)))).toEqual([]);
    const components = bundle.pages.home!.components;
    const started = (name: string) => [
      components[`new_${name}`]?.props.value,
      components[`new_${name}`]?.props.required ?? false,
    ];
    expect(started('tier')).toEqual(['bronze', true]);
    expect(started('code')).toEqual([undefined, false]);
    expect(started('alias')).toEqual([undefined, false]);
    expect(started('shape')).toEqual(["a {{ '{{' }} b", false]);
    expect(started('visits')).toEqual([0, true]);
    expect(started('far')).toEqual(['9007199254740993', true]);
    expect(started('balance')).toEqual(['0.00', true]);
    expect(started('active')).toEqual([true, false]);
    expect(started('loud')).toEqual([true, false]);
    expect(components.defaults_note?.props.text).toBe('Filled in by the database: Essay and Made.');
    const values = textOf(bundle, 'create_orders').split('values ')[1];
    expect(values).toContain("{{ new_code.value ?? '' }}");
    // What is left empty is what the database would have filled in.
    expect(values).toContain("{{ new_alias.value || '' }}");
    expect(values).toContain('{{ new_shape.value || null }}');
  });

  it('leaves a value alone of which its type writes less than it keeps', () => {
    const bundle = make({
      table: table([
        column('id', 'integer', { generated: true, hasDefault: true }),
        column('name', 'text'),
        column('speed', 'text', { engineType: 'unit', nullable: true }),
      ]),
    });
    expect(textOf(bundle, 'update_orders')).not.toContain('speed');
    expect(textOf(bundle, 'create_orders')).toContain('new_speed.value');
    expect(bundle.pages.home!.components.edit_speed?.props.disabled).toBe(true);
  });

  it('says by an example how a value is written whose type does not tell', () => {
    const types = {
      spot: 'geometry(Point,4326)',
      area: 'geography(Polygon)',
      any: 'gis.geometry',
      flat: 'geometry(PointZ,4326)',
      attrs: 'extensions.hstore',
      stay: 'daterange',
      pause: 'interval(0)',
      note: 'text',
    };
    const { pages } = make({
      table: table([
        column('id', 'integer', { generated: true, hasDefault: true }),
        ...Object.entries(types).map(([name, engineType]) => column(name, 'text', { engineType })),
      ]),
    });
    const hint = (name: string) => pages.home!.components[name]?.props.hint;
    expect(Object.keys(types).map((name) => hint(`new_${name}`))).toEqual([
      'Such as SRID=4326;POINT(4.9 52.4)',
      'Such as POLYGON((0 0, 0 1, 1 1, 0 0))',
      'Such as POINT(4.9 52.4)',
      undefined,
      'Such as "color"=>"red", "size"=>"M"',
      'Such as [2026-01-01,2026-02-01)',
      'Such as 1 day 02:30:00',
      undefined,
    ]);
    expect(hint('edit_spot')).toBe('Such as SRID=4326;POINT(4.9 52.4)');
  });

  it('says which table a key is of', () => {
    const given = table(
      ['id', 'customer_id', 'shelf', 'place', 'paid'].map((name) => column(name, 'integer')),
      {
        foreignKeys: [
          { columns: ['customer_id'], schema: 'public', table: 'shop_customers', references: ['id'] },
          { columns: ['shelf', 'place'], schema: 'public', table: 'places', references: ['shelf', 'place'] },
        ],
      },
    );
    const hints = ({ pages }: ReturnType<typeof make>) =>
      Object.entries(pages.home!.components).flatMap(([id, { props }]) =>
        props.hint ? [[id, props.hint]] : [],
      );
    expect(hints(make({ table: given }))).toEqual([
      ['edit_customer_id', 'ID of a row in Shop customers.'],
      ['new_customer_id', 'ID of a row in Shop customers.'],
    ]);
    // What cannot be changed needs no help.
    expect(hints(make({ table: given, writable: 'no' }))).toEqual([]);
  });

  it('starts a key with nothing: its default is good for one row', () => {
    const key = column('id', 'integer', { hasDefault: true, default: '0' });
    const { components } = make({ table: table([key, column('name', 'text')]) }).pages.home!;
    expect(components.new_id?.props).toMatchObject({ required: true });
    expect(components.new_id?.props.value).toBeUndefined();
  });

  it('asks first for what has no default where there is no room for all', () => {
    const many = (count: number, name: string, more: Partial<CatalogColumn>) =>
      Array.from({ length: count }, (_, i) => column(`${name}_${i}`, 'integer', more));
    const without = many(100, 'asked', { nullable: true });
    const { components } = make({
      table: table([...many(150, 'start', { hasDefault: true, default: '0' }), ...without]),
    }).pages.home!;
    const inputs = Object.keys(components).filter((id) => /^new_(?:start|asked)_/.test(id));
    expect(inputs).toHaveLength(190);
    expect(inputs.filter((id) => id.includes('asked'))).toHaveLength(100);
    expect(components.defaults_note?.props.text).toMatch(/^Filled in by the database: .* and 56 more\.$/);
  });

  it('lets a text of MySQL be empty that could be given no default, and no other that is required', () => {
    const columns = [
      column('id', 'integer', { generated: true, hasDefault: true }),
      column('excerpt', 'text', { engineType: 'text' }),
      column('title', 'text', { engineType: 'varchar(80)' }),
    ];
    const required = (dialect: 'mysql' | 'postgres') => {
      const { components } = make({ dialect, table: table(columns) }).pages.home!;
      return ['new_excerpt', 'new_title'].map((id) => components[id]?.props.required ?? false);
    };
    expect([required('mysql'), required('postgres')]).toEqual([
      [false, true],
      [true, true],
    ]);
  });

  it('gives each kind of column its own input and bind', () => {
    const nullable = { nullable: true };
    const bundle = make({
      dialect: 'mysql',
      table: table([
        column('id', 'integer', { generated: true, hasDefault: true }),
        column('size', 'text', { choices: ['s', 'm'] }),
        column('born', 'date'),
        column('seen', 'timestamp', { engineType: 'timestamp' }),
        column('open', 'boolean', { engineType: 'tinyint(1)' }),
        column('plain', 'boolean', { engineType: 'boolean' }),
        column('loud', 'boolean', nullable),
        column('body', 'text', { engineType: 'longtext', ...nullable }),
        column('body_type', 'text', { engineType: 'varchar(9)', ...nullable }),
        column('essay', 'text', { engineType: 'longtext', ...nullable }),
        column('price', 'decimal', { engineType: 'decimal(10,3)', ...nullable }),
        column('tags', 'json', { engineType: 'text[]' }),
        column('extra', 'json', { engineType: 'json' }),
      ]),
    });
    const { components } = bundle.pages.home!;
    const inputs = Object.entries(components).filter(([id]) => id.startsWith('new_'));
    const given = (id: string) => {
      const { label: _, ...props } = components[id]!.props;
      return [components[id]?.type, components[id]?.layout.h, props];
    };
    const required = { required: true };
    const option = (label: string, value: unknown) => ({ label, value });
    expect(
      Object.fromEntries(inputs.filter(([, { type }]) => type !== 'button').map(([id]) => [id, given(id)])),
    ).toEqual({
      new_size: ['select', 3, { ...required, options: [option('s', 's'), option('m', 'm')] }],
      new_born: ['date', 3, required],
      new_seen: ['date', 3, { ...required, withTime: true }],
      new_open: ['checkbox', 2, {}],
      new_plain: ['checkbox', 2, {}],
      new_loud: ['select', 3, { options: [option('Yes', true), option('No', false)] }],
      new_body: ['textInput', 5, { format: 'multiline' }],
      new_body_type: ['textInput', 3, { maxLength: 9 }],
      // What is pasted into a single line loses its line breaks.
      new_essay: ['textInput', 5, { format: 'multiline' }],
      new_price: ['numberInput', 3, { decimals: 3 }],
      new_tags: [
        'textInput',
        5,
        { ...required, format: 'multiline', hint: 'A list as JSON, such as ["a", "b"].' },
      ],
      new_extra: ['textInput', 5, { ...required, format: 'multiline', hint: 'JSON, such as {"a": 1}.' }],
    });
    const row = 'orders_table.selectedRow';
    const created = textOf(bundle, 'create_orders').split('values ')[1];
    expect(created).toContain('{{ !!new_open.value }}, {{ !!new_plain.value }}, {{ new_loud.value }}');
    expect(created).toContain('{{ new_body.value || null }}');
    const updated = textOf(bundle, 'update_orders');
    // A truth value of MySQL may be 2, and stays it.
    expect(updated).toContain(`{{ !!edit_open.value === !!${row}.open ? ${row}.open : !!edit_open.value }}`);
    expect(updated).toContain('`plain` = {{ !!edit_plain.value }}');
    expect(updated).toContain('`born` = {{ edit_born.value }}');
    expect(updated).toContain("`size` = {{ edit_size.value ?? '' }}");
    expect(updated).toContain(`\`body\` = {{ edit_body.value || (${row}.body === '' ? '' : null) }}`);
  });

  it('shows of a row what it does not change: JSON, what is computed, what the engine sets', () => {
    const bundle = make({
      table: table([
        ...orders.columns,
        column('total', 'decimal', { generated: true }),
        column('changed_at', 'timestamp', { hasDefault: true, setOnUpdate: true }),
      ]),
    });
    const { components } = bundle.pages.home!;
    const inputs = Object.entries(components).filter(([id]) => id.startsWith('edit_'));
    expect(inputs.map(([id, { props }]) => [id, props.disabled ?? false])).toEqual([
      ['edit_customer_name', false],
      ['edit_paid', false],
      ['edit_placed_at', false],
      ['edit_extra', true],
      ['edit_total', true],
      ['edit_changed_at', true],
    ]);
    expect(components.edit_extra?.props).toEqual({
      label: 'Extra',
      value: '{{ orders_table.selectedRow.extra }}',
      disabled: true,
      format: 'multiline',
    });
    expect(textOf(bundle, 'update_orders')).not.toMatch(/extra|total|changed_at/);
  });

  it('asks for the time of a column without a zone without one', () => {
    const times = table([
      column('id', 'integer', { generated: true, hasDefault: true }),
      column('opened', 'timestamp', { engineType: 'datetime(6)' }),
      column('seen', 'timestamp', { engineType: 'timestamp' }),
    ]);
    const { components } = make({ table: times, dialect: 'mysql' }).pages.home!;
    expect(components.new_opened?.props).toMatchObject({ withTime: true, zone: 'none' });
    expect(components.edit_opened?.props).toMatchObject({ withTime: true, zone: 'none' });
    expect(components.new_seen?.props.zone).toBeUndefined();
  });

  it('asks a new row only for columns without a default, and binds names that are no identifiers', () => {
    const bundle = make();
    expect(textOf(bundle, 'create_orders')).toBe(
      `insert into "public"."orders" ("customer name", "paid")\nvalues ({{ new_customer_name.value ?? '' }}, {{ new_paid.value }})`,
    );
  });

  it('says in the form for a new row what the database fills in, and nothing where it fills in nothing', () => {
    const note = (given: CatalogColumn[]) =>
      make({ table: table(given) }).pages.home?.components.defaults_note?.props.text;
    const filled = ['a', 'b', 'c', 'd_day', 'e', 'f'].map((name) =>
      column(name, 'text', { hasDefault: true }),
    );
    const id = column('id', 'integer', { generated: true, hasDefault: true });
    expect(note([id, column('name', 'text')])).toBeUndefined();
    expect(note([id, ...filled.slice(0, 1)])).toBe('Filled in by the database: A.');
    expect(note([id, ...filled])).toBe('Filled in by the database: A, B, C, D day and 2 more.');
  });

  it('needs a text again only of a row that has one: an empty one would never be saved', () => {
    const { components } = make().pages.home!;
    const required = (id: string) => components[id]?.props.required;
    expect(required('edit_customer_name')).toBe(`{{ orders_table.selectedRow["customer name"] !== '' }}`);
    expect(required('new_customer_name')).toBe(true);
    const mood = column('mood', 'text', { choices: ['', 'up'] });
    const moods = make({ table: table([column('id', 'integer'), mood]) }).pages.home!.components;
    expect([moods.edit_mood?.props.required, moods.new_mood?.props.required]).toEqual([undefined, true]);
  });

  it('holds a number to the decimals of its column, which the database would round to', () => {
    const priced = table([
      column('id', 'integer'),
      column('price', 'decimal', { engineType: 'decimal(10,2) unsigned' }),
      column('rate', 'decimal', { engineType: 'numeric' }),
    ]);
    const { components } = Object.values(make({ table: priced }).pages)[0]!;
    expect(components.edit_price?.props.decimals).toBe(2);
    expect(components.new_price?.props.decimals).toBe(2);
    expect(components.edit_rate?.props).not.toHaveProperty('decimals');
  });

  it('holds a text to the length of its column', () => {
    const code = column('code', 'text', { engineType: 'character varying(10)' });
    const { components } = make({ table: table([column('id', 'integer', { generated: true }), code]) }).pages
      .home!;
    expect(components.edit_code?.props.maxLength).toBe(10);
    expect(components.new_code?.props.maxLength).toBe(10);
  });

  it('asks an enumeration as a list of its values, and shows it as a tag', () => {
    const choices = ['open', 'solved'];
    const bundle = make({
      table: table([column('id', 'integer', { generated: true }), column('status', 'text', { choices })]),
    });
    const components = bundle.pages.home?.components;
    expect(components?.edit_status).toMatchObject({
      type: 'select',
      props: { options: [{ value: 'open' }, { value: 'solved' }], required: true },
    });
    expect(components?.orders_table?.props.columns).toContainEqual(
      expect.objectContaining({ name: 'status', format: 'tag' }),
    );
  });
});
