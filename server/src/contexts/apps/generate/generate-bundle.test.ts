import { AppBundle, type CatalogColumn, type CatalogTable } from '@sallyport/contract';
import { describe, expect, it } from 'vitest';
import { column, make, orders, table, textOf } from '../../../../test/generated-orders.ts';
import { documentProblems } from '../document-rules.ts';

describe('A4 generating an app from a table', () => {
  it('gives a bundle that the contract takes and whose references all hold', () => {
    const bundle = make();
    expect(() => AppBundle.parse(bundle)).not.toThrow();
    expect(documentProblems(bundle, new Set(Object.keys(bundle.queries)))).toEqual([]);
  });

  it('compares a domain over an enumeration as the enumeration: PostgreSQL has no `=` for the domain', () => {
    const mood = column('mood', 'text', { engineType: 'mood', domain: 'd_mood', choices: ['up', 'down'] });
    const bundle = make({ table: table([orders.columns[0]!, mood]) });
    expect(textOf(bundle, 'update_orders')).toContain('set "mood" = {{');
    expect(textOf(bundle, 'update_orders')).toContain('"mood"::mood is not distinct from {{');
    // One over a text, which a check makes a list of, has the text's own.
    const state = column('state', 'text', { engineType: 'text', domain: 'd_state', choices: ['on', 'off'] });
    const listed = make({ table: { ...table([state]), primaryKey: ['state'] } });
    expect(textOf(listed, 'delete_orders')).toContain('where "state" = {{');
  });

  it('is pure: the same table, the same bundle', () => {
    expect(JSON.stringify(make())).toBe(JSON.stringify(make()));
  });

  it('updates only the row that the person saw', () => {
    const text = textOf(make(), 'update_orders');
    expect(text).toContain('where "id" = {{ orders_table.selectedRow.id }}');
    expect(text).toContain(
      '"customer name" collate "C" is not distinct from {{ orders_table.selectedRow["customer name"] }}',
    );
  });

  it('puts no two things on one another, whatever its forms have to say', () => {
    const denied = { denied: ['delete' as const] };
    const bare = table([column('id', 'integer')]);
    for (const given of [
      make(),
      make({ writable: 'no' }),
      make({ table: { ...orders, ...denied } }),
      make({ table: bare }),
    ]) {
      const placed = Object.values(given.pages.home!.components);
      const over = placed.flatMap((one, i) =>
        placed.slice(i + 1).filter((other) => {
          const [a, b] = [one.layout, other.layout];
          const apart = a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y;
          return one.parent === other.parent && !apart;
        }),
      );
      expect(over).toEqual([]);
      for (const [id, form] of Object.entries(given.pages.home!.components)) {
        const within = placed.filter(({ parent }) => parent === id).map(({ layout }) => layout.y + layout.h);
        if (form.type === 'form') expect(Math.max(0, ...within)).toBeLessThanOrEqual(form.layout.h);
      }
    }
  });

  it('names the row in the title of its form, and starts a new row empty after each', () => {
    const { components } = make().pages.home!;
    expect(components.detail?.props).toEqual({
      title: 'Orders {{ orders_table.selectedRow.id }}',
      size: 'drawer',
    });
    expect(components.create_form?.props).toMatchObject({ resetAfterSubmit: true });
    expect(components.save_button?.props).toMatchObject({ submit: true });
    expect(components.create_button?.props).toMatchObject({ submit: true });
  });

  it('names a key in its table only where the name is read as one', () => {
    const keyIn = (name: string) =>
      make({ table: table([column(name, 'integer')], { primaryKey: [name] }) }).pages.home!.components
        .orders_table?.props.primaryKey;
    expect(['id', 'a,b', 'id '].map(keyIn)).toEqual(['id', undefined, undefined]);
  });

  it('finds a row by bytes, and by a type of the database’s own', () => {
    const by = (type: 'binary' | 'text', engineType: string, dialect: 'postgres' | 'mysql') => {
      const keyed = table([column('id', type, { engineType }), column('name', 'text')]);
      return textOf(make({ table: keyed, dialect }), 'delete_orders').split('where ')[1];
    };
    expect(by('binary', 'bytea', 'postgres')).toBe(
      `"id" = decode({{ orders_table.selectedRow.id.base64 }}, 'base64')`,
    );
    expect(by('binary', 'binary(16)', 'mysql')).toBe(
      '`id` = from_base64({{ orders_table.selectedRow.id.base64 }})',
    );
    expect(by('text', 'pair', 'postgres')).toBe('"id" = {{ orders_table.selectedRow.id }}::text::pair');
    expect(by('text', 'text', 'postgres')).toBe('"id" = {{ orders_table.selectedRow.id }}');
  });

  it('takes a text of MySQL for changed where a letter of it is, whatever its collation calls equal', () => {
    const texts = table([
      column('id', 'integer'),
      column('name', 'text', { engineType: 'varchar(9)' }),
      column('kind', 'text', { engineType: "enum('a')", choices: ['a'] }),
    ]);
    const text = textOf(make({ table: texts, dialect: 'mysql' }), 'update_orders');
    expect(text).toContain(
      'cast(convert(`name` using utf8mb4) as binary) <=> cast({{ orders_table.selectedRow.name }} as binary)',
    );
    expect(text).toContain('`kind` <=> {{ orders_table.selectedRow.kind }}');
  });

  it('compares what has no equality, or reads no text there, as the text that was seen', () => {
    const odd = table([
      column('id', 'integer'),
      column('at', 'text', { engineType: 'point' }),
      column('pair', 'text', { engineType: 'pair' }),
      column('code', 'text', { engineType: 'character(5)' }),
      column('span', 'text', { engineType: 'interval' }),
    ]);
    const text = textOf(make({ table: odd }), 'update_orders');
    for (const seen of [
      '"at"::text is not',
      '"pair"::text is not',
      '"code" collate "C" is not',
      '"span"::text is not',
    ])
      expect(text).toContain(`${seen} distinct from`);
    expect(text).toContain('set "at" = {{');
  });

  it('asks of bytes that may be files how many they are, and of a key for the bytes', () => {
    const named = (name: string, engineType: string) => column(name, 'binary', { engineType });
    const columns = [named('id', 'bytea'), named('scan', 'bytea'), named('hash', 'varbinary(32)')];
    const bundle = make({ table: table([...columns, named('place', 'point')]) });
    expect(textOf(bundle, 'list_orders')).toBe(
      'select "id", octet_length("scan") as "scan", "hash", "place"\nfrom "public"."orders"',
    );
    expect(bundle.pages.home?.components.orders_table?.props.columns).toMatchObject([
      { name: 'id', label: 'ID', format: 'auto' },
      { name: 'scan', label: 'Scan (bytes)', format: 'number' },
      { name: 'hash', label: 'Hash' },
      { name: 'place', label: 'Place' },
    ]);
    const files = table([column('id', 'integer'), named('scan', 'mediumblob'), named('icon', 'tinyblob')]);
    expect(textOf(make({ table: files, dialect: 'mysql' }), 'list_orders')).toContain(
      'octet_length(`scan`) as `scan`, `icon`',
    );
  });

  it('leaves a truth value of MySQL that is another number than 0 and 1 as it is', () => {
    for (const engineType of ['tinyint(1)', 'tinyint(1) unsigned']) {
      const flags = table([column('id', 'integer'), column('flag', 'boolean', { engineType })]);
      expect(textOf(make({ table: flags, dialect: 'mysql' }), 'update_orders')).toContain(
        '`flag` = {{ !!edit_flag.value === !!orders_table.selectedRow.flag ? orders_table.selectedRow.flag : !!edit_flag.value }}',
      );
    }
  });

  it('leaves to the engine what it sets at each change', () => {
    const seen = column('seen', 'timestamp', { engineType: 'timestamp', setOnUpdate: true });
    const text = textOf(
      make({
        table: table([column('id', 'integer'), column('name', 'text'), seen]),
        dialect: 'mysql',
      }),
      'update_orders',
    );
    expect(text).toContain('`name`');
    expect(text).not.toContain('`seen`');
  });

  it('writes nothing to a read-only source, to a view, or to a row that it cannot name', () => {
    expect(Object.keys(make({ writable: 'no' }).queries)).toEqual(['list_orders']);
    expect(Object.keys(make({ table: { ...orders, kind: 'view' } }).queries)).toEqual(['list_orders']);
    expect(Object.keys(make({ table: { ...orders, primaryKey: [] } }).queries).sort()).toEqual([
      'create_orders',
      'list_orders',
    ]);
  });

  it('finds a row by a unique key where there is no primary key, and does not change it', () => {
    const { queries } = make({ table: { ...orders, primaryKey: [], uniqueKey: ['name'] } });
    expect(Object.keys(queries).sort()).toEqual([
      'create_orders',
      'delete_orders',
      'list_orders',
      'update_orders',
    ]);
    const [set, where] = String(Object(queries.update_orders).text).split('where');
    expect(set).not.toContain('"name" =');
    expect(where).toContain('"name" = {{ orders_table.selectedRow.name }}');
  });

  describe('what the source’s role may not do is left out, and said', () => {
    const tickets = (more: Partial<CatalogTable>, denied: Record<string, CatalogColumn['denied']> = {}) => {
      const columns = [
        column('id', 'integer', { generated: true }),
        column('subject', 'text'),
        column('status', 'text', { hasDefault: true }),
        column('secret', 'text', { nullable: true }),
      ].map((one) => ({ ...one, ...(denied[one.name] && { denied: denied[one.name] }) }));
      const bundle = make({ table: table(columns, more) });
      const { components } = bundle.pages.home!;
      expect(documentProblems(bundle, new Set(Object.keys(bundle.queries)))).toEqual([]);
      return {
        bundle,
        queries: Object.keys(bundle.queries).map((name) => name.split('_')[0]),
        buttons: Object.keys(components).filter((id) => id.endsWith('_button')),
        note: components.form_note?.props.text,
        disabled: Object.entries(components).flatMap(([id, { props }]) => (props.disabled ? [id] : [])),
      };
    };
    const said = 'The database does not allow this data source to';

    it('of the whole table', () => {
      expect(tickets({ denied: ['delete'] })).toMatchObject({
        queries: ['list', 'create', 'update'],
        buttons: ['new_button', 'save_button', 'create_button'],
        note: `${said} delete rows.`,
        disabled: [],
      });
      expect(tickets({ denied: ['insert', 'update', 'delete'] })).toMatchObject({
        queries: ['list'],
        buttons: [],
        note: `${said} create rows, change rows or delete rows.`,
        disabled: ['edit_subject', 'edit_status', 'edit_secret'],
      });
      expect(tickets({ denied: ['insert', 'update', 'delete'], kind: 'view' }).note).toBe(
        'Rows are read-only because this is a view.',
      );
    });

    it('of some columns', () => {
      const { bundle, ...told } = tickets(
        { denied: ['delete'] },
        { subject: ['update'], status: ['insert'], secret: ['select', 'insert', 'update'] },
      );
      expect(told).toEqual({
        queries: ['list', 'create', 'update'],
        buttons: ['new_button', 'save_button', 'create_button'],
        note: `${said} change Subject or delete rows.`,
        disabled: ['edit_subject'],
      });
      expect(
        Object.values(bundle.queries)
          .map((query) => Object(query).text)
          .join(),
      ).not.toContain('secret');
      expect(JSON.stringify(bundle.pages)).not.toContain('secret');
      expect(textOf(bundle, 'update_orders').match(/"(?:subject|status)"/g)).toEqual([
        '"status"',
        '"status"',
      ]);
      expect(textOf(bundle, 'create_orders')).toContain('("subject")');
    });

    it('of a column that no row is made without, or that finds one', () => {
      expect(tickets({}, { subject: ['insert'] })).toMatchObject({
        queries: ['list', 'update', 'delete'],
        note: `${said} create rows.`,
      });
      const { queries, note, bundle } = tickets({}, { id: ['select', 'update'] });
      expect(queries).toEqual(['list', 'create']);
      expect(note).toMatch(/no primary key/);
      expect(JSON.stringify(bundle.pages)).not.toMatch(/selectedRow\.id|primaryKey/);
    });

    it('of a table that it may not read, the list asks for all: the database says why it does not answer', () => {
      expect(textOf(tickets({ denied: ['select'] }).bundle, 'list_orders')).toContain('"id", "subject"');
    });
  });

  it('says of a change that failed what is next, and the request to quote', () => {
    const told = JSON.stringify(make().pages);
    expect(told.match(/error\.title, error\.detail, error\.next, error\.requestId/g)).toHaveLength(3);
  });

  it('says why the fields of a row take nothing', () => {
    const why = (more: Parameters<typeof make>[0]) => make(more).pages.home!.components.form_note?.props.text;
    expect(why({})).toBeUndefined();
    expect(why({ writable: 'no' })).toBe('Rows are read-only because the source is read-only.');
    expect(why({ table: { ...orders, kind: 'view' } })).toBe('Rows are read-only because this is a view.');
    // Of a table that others inherit from, it has one.
    expect(why({ table: { ...orders, primaryKey: [] } })).toBe(
      'Rows are read-only because the table has no primary key, or unique key without nulls, that tells all of its rows apart.',
    );
  });

  it('asks a new row for JSON where it cannot do without, and makes none where it cannot do without bytes', () => {
    const id = column('id', 'integer', { generated: true });
    const bundle = make({
      table: table([
        id,
        column('extra', 'json', { engineType: 'jsonb' }),
        column('tags', 'json', { engineType: 'text[]' }),
        column('sums', 'json', { engineType: 'numeric(30,10)[]' }),
        column('more', 'json', { nullable: true }),
      ]),
    });
    const typed = (id: string) => `{{ JSON.parse(${id}.value) !== undefined && ${id}.value }}::text::json`;
    const listed = (name: string) =>
      `(json_populate_record(null::"public"."orders", json_build_object('${name}', ${typed(`new_${name}`)})))."${name}"`;
    expect(textOf(bundle, 'create_orders')).toContain(
      `("extra", "tags", "sums")\nvalues (${typed('new_extra')}, ${listed('tags')}, ${listed('sums')})`,
    );
    const extra = table([id, column('extra', 'json', { engineType: 'json' })]);
    expect(textOf(make({ table: extra, dialect: 'mysql' }), 'create_orders')).toContain(
      'values (cast({{ JSON.parse(new_extra.value) !== undefined && new_extra.value }} as char))',
    );
    expect(bundle.pages.home?.components.new_tags?.props).toMatchObject({
      hint: 'A list as JSON, such as ["a", "b"].',
      required: true,
    });
    expect(bundle.pages.home?.components.new_sums?.props.hint).toBe('A list as JSON, such as [1, 2].');
    const odd = column("o'{{", 'json', { engineType: 'text[]' });
    expect(textOf(make({ table: table([id, odd]) }), 'create_orders')).toContain(
      "json_build_object(U&'o''\\007b\\007b', ",
    );
    const bytes = make({ table: table([id, column('photo', 'binary'), column('name', 'text')]) });
    expect(Object.keys(bytes.queries).sort()).toEqual(['delete_orders', 'list_orders', 'update_orders']);
    expect(bytes.pages.home?.components.new_button).toBeUndefined();
  });

  it('says why no row can be made', () => {
    const id = column('id', 'integer', { generated: true });
    const bytes = ['page_title', 'hash', 'salt', 'seal', 'mark', 'sign'].map((name) =>
      column(name, 'binary'),
    );
    const why = (columns: CatalogColumn[], more: Partial<Parameters<typeof make>[0]> = {}) =>
      make({ table: table([id, ...columns]), ...more }).pages.home!.components.form_note?.props.text;
    const said = 'New rows cannot be created here because binary data is required:';
    expect(why(bytes.slice(0, 1))).toBe(`${said} Page title.`);
    expect(why(bytes)).toBe(`${said} Page title, Hash, Salt, Seal and 2 more.`);
    expect(why(bytes, { writable: 'no' })).toBe('Rows are read-only because the source is read-only.');
    expect(why([column('photo', 'binary', { nullable: true })])).toBeUndefined();
  });

  it('lists a column that no expression may read, asks for it in a new row, and edits the others', () => {
    const bundle = make({
      table: table([
        column('id', 'integer', { generated: true }),
        column('constructor', 'text'),
        column('points', 'integer'),
        column('__proto__', 'text', { nullable: true }),
      ]),
    });
    expect(textOf(bundle, 'list_orders')).toBe(
      'select "id", "constructor", "points"\nfrom "public"."orders"',
    );
    expect(textOf(bundle, 'create_orders')).toContain('"constructor", "points"');
    expect(textOf(bundle, 'update_orders')).not.toContain('constructor');
    const keyed = table([column('constructor', 'text'), column('points', 'integer')], {
      primaryKey: ['constructor'],
    });
    expect(Object.keys(make({ table: keyed }).queries).sort()).toEqual(['create_orders', 'list_orders']);
  });

  it('keeps to the holes that a query may have, however wide the table is', () => {
    const many = Array.from({ length: 400 }, (_, i) => column(`c${i}`, 'text', { nullable: true }));
    const bundle = make({ table: table([column('id', 'integer', { generated: true }), ...many]) });
    for (const name of ['create_orders', 'update_orders'])
      expect(textOf(bundle, name).split('{{').length - 1).toBeLessThanOrEqual(200);
    const { form_note, defaults_note } = bundle.pages.home!.components;
    expect(form_note?.props.text).toBe('310 more columns are not in this form.');
    expect(defaults_note?.props.text).toBe('210 more columns are not in this form.');
    expect(documentProblems(bundle, new Set(Object.keys(bundle.queries)))).toEqual([]);
  });

  it('quotes hostile names so that they stay names', () => {
    const hostile = table([column('a"; drop table x; --', 'text')], { name: 'o"r', primaryKey: [] });
    expect(textOf(make({ table: hostile }), 'list_o_r')).toBe(
      'select "a""; drop table x; --"\nfrom "public"."o""r"',
    );
  });

  it('takes names with a brace for names, where PostgreSQL can escape them', () => {
    const braces = table([column('a{{b', 'integer', { hasDefault: true }), column('\\"{{ x }}', 'text')], {
      name: 'o{{r',
      primaryKey: ['a{{b'],
    });
    const bundle = make({ table: braces });
    expect(textOf(bundle, 'list_o_r')).toBe(
      'select U&"a\\007b\\007bb", U&"\\\\""\\007b\\007b x }}"\nfrom "public".U&"o\\007b\\007br"',
    );
    expect(textOf(bundle, 'delete_o_r')).toContain(
      'where U&"a\\007b\\007bb" = {{ o_r_table.selectedRow["a{{b"] }}',
    );
    const { title, new__x_, defaults_note, o_r_table } = bundle.pages.home!.components;
    expect([title, new__x_, defaults_note].map((one) => one?.props.text ?? one?.props.label)).toEqual([
      "O{{ '{{' }}r",
      `\\"{{ '{{' }} x }}`,
      "Filled in by the database: A{{ '{{' }}b.",
    ]);
    expect(o_r_table?.props.primaryKey).toBeUndefined();
  });

  it('never gives two things one name', () => {
    const twins = table(
      [column('id', 'integer'), column('a b', 'text'), column('a-b', 'text'), column('table', 'text')],
      { name: 'detail' },
    );
    const bundle = make({ table: twins });
    expect(documentProblems(bundle, new Set(Object.keys(bundle.queries)))).toEqual([]);
  });
});
