import {
  type CatalogColumn,
  type CatalogTable,
  type Component,
  isClockType,
  labelOf,
} from '@sallyport/contract';
import { canBeRead, identifierOf, member, spelled } from './names.ts';
import type { Bound, Dialect } from './statements.ts';
import { writtenSo } from './written-so.ts';

/** One input of a generated form. */
export interface Field {
  readonly id: string;
  readonly column: CatalogColumn;
  readonly component: Pick<Component, 'type' | 'props'> & { readonly h: number };
}

/**
 * A column that a person can type: not generated, not binary, not JSON (which a text field would mangle). What the engine
 * sets at a change is left to it: sent back as it was, it would say that nothing changed.
 */
export const isChangeable = ({ generated, type, setOnUpdate }: CatalogColumn): boolean =>
  !generated && type !== 'binary' && type !== 'json' && setOnUpdate === undefined;

/** Types of extensions that write less of a value than they keep: saved as it was shown, it would be another one. */
const WRITES_LESS = /^(?:\w+\.)?(?:seg|unit|tdigest)$/;

/** Whether what a row has is left as it is when the form sends it back as it was shown. */
export const isShownWhole = ({ engineType }: CatalogColumn): boolean => !WRITES_LESS.test(engineType);

/** Whether the source's role may do that with the column, as far as the catalog knows. */
export const may = (
  table: CatalogTable,
  what: 'select' | 'insert' | 'update',
  column: CatalogColumn,
): boolean => table.denied?.includes(what) !== true && column.denied?.includes(what) !== true;

/** What the list asks for. Of a table that the role may not read at all, everything: the database then says so. */
export function listed(table: CatalogTable): CatalogColumn[] {
  const readable = table.columns.filter((column) => may(table, 'select', column));
  return readable.length === 0 ? table.columns : readable;
}

/**
 * Bytes that may be a file: all that is shown of them is how many they are, and a page of files is more than a run may bring
 * in its time. What finds a row is none, nor what a domain says more of, such as how many there are.
 */
export const mayBeFile = (table: CatalogTable, { name, engineType, domain }: CatalogColumn): boolean =>
  /^(?:bytea|(?:medium|long)?blob)$/.test(engineType) &&
  domain === undefined &&
  !rowKeyOf(table).includes(name) &&
  !table.foreignKeys.some(({ columns }) => columns.includes(name));

/** A query has 200 holes at most, and an update needs two for each column: the value, and what it was. */
const MOST_ASKED = 190;
const MOST_SHOWN = 90;

/**
 * What the form for a new row asks: an editable column without a default, or whose default is a value that its field can
 * start with. What is computed stays the engine's; a bind cannot say "default", and sending null in its place would be
 * refused or, worse, stored.
 */
export function askedWhenNew(table: CatalogTable, dialect: Dialect): Shown {
  const key = rowKeyOf(table);
  const given = table.columns
    .filter((column) => column.type !== 'binary' && may(table, 'insert', column))
    .map((column) => (dialect === 'mysql' && isLeftEmpty(column) ? { ...column, default: '' } : column));
  const without = given.filter((column) => !column.hasDefault && (isChangeable(column) || needed(column)));
  // Those without a default come first where there is no room for all: the engine fills in the others.
  const started = given
    .filter((column) => column.hasDefault && isChangeable(column) && startsWithDefault(column))
    .slice(0, Math.max(0, MOST_ASKED - without.length));
  const asked = given.filter((column) => without.includes(column) || started.includes(column));
  return first(
    MOST_ASKED,
    // The default of a key is good for one row.
    asked.map((column) => (key.includes(column.name) ? withoutDefault(column) : column)),
  );
}

/** MySQL knew no default for these: what software may leave empty is NOT NULL there, and given as `''` with each row. */
const isLeftEmpty = ({ engineType, nullable, hasDefault, choices }: CatalogColumn): boolean =>
  !nullable && !hasDefault && choices === undefined && /^(?:tiny|medium|long)?text$/.test(engineType);

const LONGEST_START = 1_000;
const startsWithDefault = ({ default: start }: CatalogColumn): boolean =>
  start !== undefined && (typeof start === 'boolean' || start.length <= LONGEST_START);

function withoutDefault({ default: _, ...column }: CatalogColumn): CatalogColumn {
  return column;
}

/** No row is made without a value for it. JSON is then asked for as text; bytes cannot be. */
const needed = (column: CatalogColumn): boolean =>
  !column.nullable && !column.hasDefault && !column.generated;

/** Bytes that no row is made without: where there are any, no form can make one, since the database would refuse each. */
export const bytesNeeded = (table: CatalogTable): CatalogColumn[] =>
  table.columns.filter((column) => column.type === 'binary' && needed(column));

/** What no row is made without, and the role may not give. */
export const withheld = (table: CatalogTable): CatalogColumn[] =>
  table.columns.filter((column) => needed(column) && !may(table, 'insert', column));

/** What finds a row: the primary key, or what stands in for it. */
export const rowKeyOf = ({ primaryKey, uniqueKey }: CatalogTable): readonly string[] =>
  primaryKey.length === 0 ? (uniqueKey ?? []) : primaryKey;

/** What the engine's own defaults fill in when a row is made here, so that the form can say so. */
export const filledByDefault = (table: CatalogTable, asked: readonly CatalogColumn[]): CatalogColumn[] =>
  table.columns.filter(
    ({ name, hasDefault, generated }) =>
      hasDefault && !generated && !asked.some((column) => column.name === name),
  );

/** What the form for an existing row shows: all but bytes, and the key, which finds the row and is in its title. */
export function shownWhenEditing(table: CatalogTable): Shown {
  const key = rowKeyOf(table);
  return first(
    MOST_SHOWN,
    table.columns.filter(
      (column) =>
        column.type !== 'binary' &&
        !key.includes(column.name) &&
        canBeRead(column.name) &&
        may(table, 'select', column),
    ),
  );
}

/** Columns of a form, and how many there is no room for. */
interface Shown {
  readonly columns: readonly CatalogColumn[];
  readonly more: number;
}

const first = (most: number, columns: readonly CatalogColumn[]): Shown => ({
  columns: columns.slice(0, most),
  more: Math.max(0, columns.length - most),
});

/** What a key of another table is, since its own label says only that it is one. */
function referenceOf({ foreignKeys }: CatalogTable, column: string): string | undefined {
  const key = foreignKeys.find(({ columns }) => columns.length === 1 && columns[0] === column);
  return key && `${labelOf(key.references[0]!)} of a row in ${labelOf(key.table)}.`;
}

function exampleFor({ type, engineType, choices }: CatalogColumn): string | undefined {
  const example = type === 'text' && choices === undefined ? writtenSo(engineType) : undefined;
  return example && `Such as ${example}`;
}

/** An input for a column. `row` is the expression of the row that it starts from; `null` for a new row. */
export function fieldFor(
  table: CatalogTable,
  column: CatalogColumn,
  prefix: string,
  row: string | null,
  taken: Set<string>,
  disabled: boolean,
): Field {
  const id = identifierOf(`${prefix}_${column.name}`, taken);
  const start = row === null ? defaultOf(column) : { value: `{{ ${member(row, column.name)} }}` };
  const hint = disabled ? undefined : (referenceOf(table, column.name) ?? exampleFor(column));
  const props = {
    label: spelled(labelOf(column.name)),
    ...(hint === undefined ? {} : { hint: spelled(hint) }),
    ...start,
    ...(disabled ? { disabled: true } : {}),
  };
  // Of a list that has an empty text, that one may be chosen; what is empty unless said otherwise may stay so.
  const mayBeEmpty = row === null ? column.default === '' : column.choices?.includes('') === true;
  const free = column.nullable || disabled || mayBeEmpty;
  const required = free ? {} : { required: needsText(column, row) };
  return { id, column, component: inputFor(column, props, required) };
}

/** What the field for a new row starts with: figures that a double holds as the number, so that a builder sees one. */
function defaultOf({ type, default: start }: CatalogColumn): { value?: string | number | boolean } {
  if (start === undefined || start === '') return {};
  if (typeof start === 'boolean' || type === 'decimal') return { value: start };
  if (type === 'text') return { value: spelled(start) };
  return { value: Number.isSafeInteger(Number(start)) ? Number(start) : start };
}

/** An empty text is a value: a row that has one is saved with it, though no other is emptied. */
const needsText = (column: CatalogColumn, row: string | null): true | string =>
  row === null || column.type !== 'text' || column.choices !== undefined
    ? true
    : `{{ ${member(row, column.name)} !== '' }}`;

const FIGURES = /^(?:smallint|integer|bigint|numeric|real|double precision)\b/;

function inputFor(
  column: CatalogColumn,
  props: Record<string, string | number | boolean>,
  required: { required?: true | string },
): Field['component'] {
  if (column.choices && column.choices.length > 0) {
    const options = column.choices.map((choice) => ({ label: choice || '—', value: choice }));
    return { type: 'select', props: { ...props, ...required, options }, h: 3 };
  }
  switch (column.type) {
    case 'integer':
      return { type: 'numberInput', props: { ...props, ...required, decimals: 0 }, h: 3 };
    case 'decimal':
      return { type: 'numberInput', props: { ...props, ...required, ...places(column) }, h: 3 };
    case 'boolean':
      // A checkbox has no third state, so a column that may be null gets a list that has.
      return column.nullable
        ? {
            type: 'select',
            props: {
              ...props,
              options: [
                { label: 'Yes', value: true },
                { label: 'No', value: false },
              ],
            },
            h: 3,
          }
        : { type: 'checkbox', props, h: 2 };
    case 'date':
      return { type: 'date', props: { ...props, ...required }, h: 3 };
    case 'timestamp':
      return {
        type: 'date',
        props: {
          ...props,
          ...required,
          withTime: true,
          // An empty field cannot tell by its value; a person's own time would be stored as another one.
          ...(isClockType(column.engineType) && { zone: 'none' }),
        },
        h: 3,
      };
    case 'json': {
      const example = FIGURES.test(column.engineType) ? '[1, 2]' : '["a", "b"]';
      const hint = column.engineType.endsWith('[]')
        ? `A list as JSON, such as ${example}.`
        : 'JSON, such as {"a": 1}.';
      return {
        type: 'textInput',
        props: { ...props, ...required, ...(props.disabled === true ? {} : { hint }), format: 'multiline' },
        h: 5,
      };
    }
    default: {
      // Of MySQL's types, these are for more than a line; a `text` is in both engines what a name is as well.
      const long =
        /^(?:long|medium)text$/i.test(column.engineType) ||
        (/^text$/i.test(column.engineType) &&
          /note|description|comment|body|text|message|content/i.test(column.name));
      // An empty text is a value of its own, so a text is asked for only where nothing else would do.
      return {
        type: 'textInput',
        props: { ...props, ...(long ? { format: 'multiline' } : {}), ...longest(column), ...required },
        h: long ? 5 : 3,
      };
    }
  }
}

/** `varchar(80)` takes 80 characters; the field says so before the database does. */
function longest({ engineType }: CatalogColumn): { maxLength?: number } {
  const found = /^(?:character varying|varchar|character|char)\((\d+)\)$/i.exec(engineType);
  return found ? { maxLength: Number(found[1]) } : {};
}

/** `numeric(12,2)` keeps two decimals: a database would round what has more, and say nothing. */
function places({ engineType }: CatalogColumn): { decimals?: number } {
  const found = /^(?:numeric|decimal)\(\d+,(\d+)\)/i.exec(engineType);
  return found ? { decimals: Number(found[1]) } : {};
}

/** The bind of a field: an emptied text becomes null where the column allows it, unless the row had an empty text. */
export function bindOf(field: Field, row: string | null): Bound {
  const value = `${field.id}.value`;
  const { column } = field;
  if (column.type === 'boolean') {
    if (column.nullable) return { column: column.name, expression: value };
    // MySQL's truth value may be another number than 0 and 1, which a checkbox that nobody touched leaves as it is.
    const kept = row !== null && column.engineType.startsWith('tinyint(1)') ? member(row, column.name) : null;
    const expression = kept === null ? `!!${value}` : `!!${value} === !!${kept} ? ${kept} : !!${value}`;
    return { column: column.name, expression };
  }
  if (column.type === 'json') return jsonBind(column, value);
  if (column.type !== 'text' && column.type !== 'uuid') return { column: column.name, expression: value };
  if (!column.nullable) return { column: column.name, expression: `${value} ?? ''` };
  const start = column.default === '' ? "''" : 'null';
  const kept = row === null ? start : `(${member(row, column.name)} === '' ? '' : null)`;
  return { column: column.name, expression: `${value} || ${kept}` };
}

/**
 * JSON goes to the engine as the text that was typed, once it is known to be JSON: read here, a long number would be
 * another one.
 */
const jsonBind = ({ name, engineType }: CatalogColumn, value: string): Bound => ({
  column: name,
  expression: `JSON.parse(${value}) !== undefined && ${value}`,
  json: engineType.endsWith('[]') ? 'list' : 'value',
});
