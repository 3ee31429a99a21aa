import {
  AppBundle,
  type CatalogColumn,
  type CatalogTable,
  type Handler,
  labelOf,
  type QueryDocument,
} from '@sallyport/contract';
import { generateNKeysBetween } from 'fractional-indexing';
import {
  askedWhenNew,
  bindOf,
  bytesNeeded,
  type Field,
  fieldFor,
  filledByDefault,
  isChangeable,
  isShownWhole,
  listed,
  may,
  mayBeFile,
  rowKeyOf,
  shownWhenEditing,
  withheld,
} from './fields.ts';
import { canBeRead, identifierOf, member, spelled } from './names.ts';
import { bytesNote, defaultsNote, moreNote, refusedNote, sentences, whyShownOnly } from './notes.ts';
import { type Dialect, insert, remove, selectAll, update } from './statements.ts';

export interface GenerateInput {
  readonly name: string;
  readonly source: string;
  readonly dialect: Dialect;
  /** `no` for a read-only source: the app then lists and shows. */
  readonly writable: 'yes' | 'no';
  readonly table: CatalogTable;
}

interface Piece {
  readonly id: string;
  readonly type: string;
  readonly parent?: string;
  readonly layout: { x: number; y: number; w: number; h: number };
  readonly props?: Record<string, unknown>;
  readonly on?: Record<string, Handler[]>;
}

/**
 * A list, detail and edit app over one table: search, paging, sorting and filters on the server, and create, update,
 * delete where the source may be written and the table has a primary key. Pure: the same table, the same bundle.
 */
export function generateBundle(input: GenerateInput): AppBundle {
  const { dialect } = input;
  // The one name that no result can have (Q16).
  const table = { ...input.table, columns: input.table.columns.filter(({ name }) => name !== '__proto__') };
  const taken = new Set<string>();
  const noun = table.name;
  const query = {
    list: identifierOf(`list_${noun}`, taken),
    create: identifierOf(`create_${noun}`, taken),
    update: identifierOf(`update_${noun}`, taken),
    remove: identifierOf(`delete_${noun}`, taken),
  };
  const ids = {
    table: identifierOf(`${noun}_table`, taken),
    detail: identifierOf('detail', taken),
    detailForm: identifierOf('detail_form', taken),
    create: identifierOf('create', taken),
    createForm: identifierOf('create_form', taken),
  };
  const row = `${ids.table}.selectedRow`;
  const columns = listed(table);
  const unread = table.columns.filter((column) => !columns.includes(column)).map(({ name }) => name);
  const rowKey = rowKeyOf(table).some((key) => unread.includes(key)) ? [] : rowKeyOf(table);
  const hasKey = rowKey.length > 0 && rowKey.every(canBeRead);
  const measured = columns.filter((column) => mayBeFile(table, column)).map(({ name }) => name);
  const writes = input.writable === 'yes' && table.kind === 'table';
  const finds = writes && hasKey;
  const needed = writes ? bytesNeeded(table) : [];
  const refused = {
    create: writes && (table.denied?.includes('insert') === true || withheld(table).length > 0),
    change: finds && table.denied?.includes('update') === true,
    remove: finds && table.denied?.includes('delete') === true,
  };
  const creates = writes && !refused.create && needed.length === 0;
  const deletes = finds && !refused.remove;
  const ofRow = shownWhenEditing(table);
  const ofNew = askedWhenNew(table, dialect);
  const typed = finds ? ofRow.columns.filter((column) => isChangeable(column) && isShownWhole(column)) : [];
  const isChanged = (column: CatalogColumn) => typed.includes(column) && may(table, 'update', column);
  const shown = ofRow.columns.map((column) =>
    fieldFor(table, column, 'edit', row, taken, !isChanged(column)),
  );
  const changed = shown.filter(({ column }) => isChanged(column));
  const fixed = refused.change ? [] : typed.filter((column) => !isChanged(column));
  const asked = ofNew.columns.map((column) => fieldFor(table, column, 'new', null, taken, false));
  const rest = sentences(
    finds ? null : whyShownOnly(input),
    refusedNote(refused, fixed),
    bytesNote(needed),
    moreNote(ofRow.more),
  );
  const restHeight = rest === null ? 0 : 2;
  const note = sentences(moreNote(ofNew.more), defaultsNote(filledByDefault(table, ofNew.columns)));
  const noteHeight = note === null ? 0 : 2;
  const key = rowKey.filter(canBeRead).map((column) => {
    const bytes = table.columns.find(({ name }) => name === column)?.type === 'binary';
    return { column, expression: `${member(row, column)}${bytes ? '.base64' : ''}` };
  });

  const queries: Record<string, QueryInput> = {
    [query.list]: { text: selectAll(dialect, { ...table, columns }, measured), run: 'auto', windowed: true },
  };
  if (creates)
    queries[query.create] = {
      text: insert(
        dialect,
        table,
        asked.map((field) => bindOf(field, null)),
      ),
      expectRows: { exactly: 1 },
    };
  if (changed.length > 0) {
    const seen = changed.map(({ column }) => ({ column: column.name, expression: member(row, column.name) }));
    queries[query.update] = {
      text: update(
        dialect,
        table,
        changed.map((field) => bindOf(field, row)),
        key,
        seen,
      ),
      expectRows: { exactly: 1 },
    };
  }
  if (deletes) {
    queries[query.remove] = {
      text: remove(dialect, table, key),
      expectRows: { exactly: 1 },
      confirm: 'Delete this row? It cannot be brought back.',
    };
  }

  const title = labelOf(noun);
  const afterwards = (message: string, modal: string): Handler[] => [
    { do: 'notify', message, tone: 'ok' },
    { do: 'closeModal', modal },
    { do: 'control', component: ids.table, method: 'refresh' },
  ];
  const run = (name: string, message: string, modal: string): Handler[] => [
    {
      do: 'runQuery',
      query: name,
      onSuccess: afterwards(message, modal),
      onFailure: [{ do: 'notify', message: failureOf(name), tone: 'bad' }],
    },
  ];

  const pieces: Piece[] = [
    {
      id: identifierOf('title', taken),
      type: 'text',
      layout: { x: 0, y: 0, w: 9, h: 2 },
      props: { text: spelled(title), size: 'title' },
    },
    ...(creates
      ? [
          {
            id: identifierOf('new_button', taken),
            type: 'button',
            layout: { x: 9, y: 0, w: 3, h: 2 },
            props: { label: 'New row', variant: 'primary', align: 'end' },
            on: { onClick: [{ do: 'openModal', modal: ids.create } as Handler] },
          },
        ]
      : []),
    {
      id: ids.table,
      type: 'table',
      layout: { x: 0, y: 2, w: 12, h: 22 },
      props: {
        query: query.list,
        ...keyOf(rowKey),
        columns: columns.map((column, i) => ({
          name: column.name,
          label: `${labelOf(column.name)}${measured.includes(column.name) ? ' (bytes)' : ''}`,
          format: measured.includes(column.name) ? 'number' : formatOf(column),
          hidden: i >= 12,
        })),
      },
      on: { onRowOpen: [{ do: 'openModal', modal: ids.detail }] },
    },
    {
      id: ids.detail,
      type: 'modal',
      layout: { x: 0, y: 24, w: 12, h: 4 },
      props: { title: detailTitle(title, key), size: 'drawer' },
    },
    {
      id: ids.detailForm,
      type: 'form',
      parent: ids.detail,
      layout: { x: 0, y: 0, w: 12, h: heightOf(shown) + restHeight + 2 },
      props: { border: false },
      ...(changed.length > 0 ? { on: { onSubmit: run(query.update, 'Saved.', ids.detail) } } : {}),
    },
    ...inputs(shown, ids.detailForm),
    ...notePiece('form_note', rest, ids.detailForm, heightOf(shown), taken),
    ...(deletes
      ? [
          {
            id: identifierOf('delete_button', taken),
            type: 'button',
            parent: ids.detailForm,
            layout: { x: 0, y: heightOf(shown) + restHeight, w: 4, h: 2 },
            props: { label: 'Delete…', variant: 'danger', align: 'start' },
            on: { onClick: run(query.remove, 'Deleted.', ids.detail) },
          },
        ]
      : []),
    ...(changed.length > 0
      ? [
          {
            id: identifierOf('save_button', taken),
            type: 'button',
            parent: ids.detailForm,
            layout: { x: 8, y: heightOf(shown) + restHeight, w: 4, h: 2 },
            props: { label: 'Save', variant: 'primary', align: 'end', submit: true },
          },
        ]
      : []),
    ...(creates
      ? [
          {
            id: ids.create,
            type: 'modal',
            layout: { x: 0, y: 28, w: 12, h: 4 },
            props: { title: `New row in ${spelled(title)}` },
          },
          {
            id: ids.createForm,
            type: 'form',
            parent: ids.create,
            layout: { x: 0, y: 0, w: 12, h: heightOf(asked) + noteHeight + 2 },
            props: { border: false, resetAfterSubmit: true },
            on: { onSubmit: run(query.create, 'Created.', ids.create) },
          },
          ...inputs(asked, ids.createForm),
          ...notePiece('defaults_note', note, ids.createForm, heightOf(asked), taken),
          {
            id: identifierOf('create_button', taken),
            type: 'button',
            parent: ids.createForm,
            layout: { x: 8, y: heightOf(asked) + noteHeight, w: 4, h: 2 },
            props: { label: 'Create', variant: 'primary', align: 'end', submit: true },
          },
        ]
      : []),
  ];
  const orders = generateNKeysBetween(null, null, pieces.length);
  return AppBundle.parse({
    format: 'sallyport.app/1',
    name: input.name,
    home: 'home',
    pages: {
      home: {
        title,
        order: 'a0',
        components: Object.fromEntries(
          pieces.map(({ id, ...piece }, i) => [id, { ...piece, order: orders[i] }]),
        ),
      },
    },
    queries: Object.fromEntries(
      Object.entries(queries).map(([name, settings]) => [
        name,
        { kind: 'sql', source: input.source, ...settings },
      ]),
    ),
  }) as AppBundle;
}

type QueryInput = Pick<Extract<QueryDocument, { kind: 'sql' }>, 'text'> &
  Partial<Extract<QueryDocument, { kind: 'sql' }>>;

/** Why a write did not happen. Of these writes, none but one row means that somebody was faster, or a trigger said no. */
function failureOf(query: string): string {
  const gone =
    'Nothing was changed. Someone changed or removed this row after you opened it, or the database does not allow the change. Reload the table.';
  const said = "[error.title, error.detail, error.next, error.requestId && 'Request ' + error.requestId]";
  return `{{ ((error) => error.code === 'write_exceeded_expectation' ? '${gone}' : ${said}.filter(Boolean).join(' '))(${query}.error) }}`;
}

/** The key as a builder sees it; a name with a comma, an outer space or `{{` would be read as others. The query's own is known. */
function keyOf([only, ...others]: readonly string[]): { primaryKey?: string } {
  const plain = only !== undefined && others.length === 0 && only === only.trim() && !/,|\{\{/.test(only);
  return plain ? { primaryKey: only } : {};
}

/** A few words below the fields of a form. */
function notePiece(
  name: string,
  text: string | null,
  parent: string,
  y: number,
  taken: Set<string>,
): Piece[] {
  if (text === null) return [];
  const props = { text, size: 'small', tone: 'muted' };
  return [{ id: identifierOf(name, taken), type: 'text', parent, layout: { x: 0, y, w: 12, h: 2 }, props }];
}

function detailTitle(title: string, key: readonly { expression: string }[]): string {
  return [spelled(title), ...key.map((part) => `{{ ${part.expression} }}`)].join(' ');
}

/** Fields below each other; a form is as wide as its drawer. */
function inputs(fields: readonly Field[], parent: string): Piece[] {
  let y = 0;
  return fields.map((field) => {
    const { type, props, h } = field.component;
    const piece = { id: field.id, type, parent, layout: { x: 0, y, w: 12, h }, props };
    y += h;
    return piece;
  });
}

function heightOf(fields: readonly Field[]): number {
  return fields.reduce((sum, field) => sum + field.component.h, 0);
}

function formatOf(column: CatalogColumn): string {
  if (column.choices) return 'tag';
  switch (column.type) {
    case 'date':
      return 'date';
    case 'timestamp':
      return 'datetime';
    case 'boolean':
      return 'boolean';
    case 'json':
      return 'json';
    case 'decimal':
      return 'number';
    default:
      return 'auto';
  }
}
