import {
  type CatalogColumn,
  type CatalogTable,
  type Component,
  isClockType,
  labelOf,
} from '@sallyport/contract';
import { canBeRead, identifierOf, member, spelled } from './names.ts';
import type { Bound } from './statements.ts';

/** One input of a generated form. */
export interface Field {
  readonly id: string;
  readonly column: CatalogColumn;
  readonly component: Pick<Component, 'type' | 'props'> & { readonly h: number };
}

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
 * in its time.
 */
export const mayBeFile = ({ engineType }: CatalogColumn): boolean =>
  /^(?:bytea|(?:medium|long)?blob)$/.test(engineType);

/** Columns that a person can type: not generated, not binary, not JSON (which a text field would mangle). */
function editable(table: CatalogTable): CatalogColumn[] {
  return table.columns.filter(
    (column) => !column.generated && column.type !== 'binary' && column.type !== 'json',
  );
}

/** A query has 200 holes at most, and an update needs two for each column: the value, and what it was. */
const MOST_ASKED = 190;
const MOST_SHOWN = 90;

/**
 * What the form for a new row asks: an editable column without a default. The engine's defaults stay the engine's; a
 * bind cannot say "default", and sending null in its place would be refused or, worse, stored.
 */
export function askedWhenNew(table: CatalogTable): Shown {
  return first(MOST_ASKED, askable(table));
}

function askable(table: CatalogTable): CatalogColumn[] {
  const typed = editable(table);
  return table.columns
    .filter((column) => !column.hasDefault && (typed.includes(column) || needed(column)))
    .filter((column) => column.type !== 'binary' && may(table, 'insert', column));
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
export const filledByDefault = (table: CatalogTable): CatalogColumn[] =>
  table.columns.filter((column) => column.hasDefault && !column.generated);

/**
 * What the form for an existing row shows: the key is what finds the row, so it is not changed here. What the engine sets
 * at a change is left to it: sent back as it was, it would say that nothing changed.
 */
export function shownWhenEditing(table: CatalogTable): Shown {
  return first(
    MOST_SHOWN,
    editable(table).filter(
      (column) =>
        !rowKeyOf(table).includes(column.name) &&
        canBeRead(column.name) &&
        column.setOnUpdate === undefined &&
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

/** An input for a column. `row` is the expression of the row that it starts from; `null` for a new row. */
export function fieldFor(
  column: CatalogColumn,
  prefix: string,
  row: string | null,
  taken: Set<string>,
  disabled: boolean,
): Field {
  const id = identifierOf(`${prefix}_${column.name}`, taken);
  const start: Record<string, string> = row === null ? {} : { value: `{{ ${member(row, column.name)} }}` };
  const props = { label: spelled(labelOf(column.name)), ...start, ...(disabled ? { disabled: true } : {}) };
  // Of a list that has an empty text, that one may be chosen.
  const free = column.nullable || disabled || (row !== null && column.choices?.includes('') === true);
  const required = free ? {} : { required: needsText(column, row) };
  return { id, column, component: inputFor(column, props, required) };
}

/** An empty text is a value: a row that has one is saved with it, though no other is emptied. */
const needsText = (column: CatalogColumn, row: string | null): true | string =>
  row === null || column.type !== 'text' || column.choices !== undefined
    ? true
    : `{{ ${member(row, column.name)} !== '' }}`;

const FIGURES = /^(?:smallint|integer|bigint|numeric|real|double precision)\b/;

function inputFor(
  column: CatalogColumn,
  props: Record<string, string | boolean>,
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
      return { type: 'textInput', props: { ...props, ...required, hint, format: 'multiline' }, h: 5 };
    }
    default: {
      const long =
        /^(text|longtext|mediumtext)$/i.test(column.engineType) &&
        /note|description|comment|body|text|message/i.test(column.name);
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
    const withheld =
      row !== null && column.engineType.startsWith('tinyint(1)') ? member(row, column.name) : null;
    const expression =
      withheld === null ? `!!${value}` : `!!${value} === !!${withheld} ? ${withheld} : !!${value}`;
    return { column: column.name, expression };
  }
  if (column.type === 'json') return jsonBind(column, value);
  if (column.type !== 'text' && column.type !== 'uuid') return { column: column.name, expression: value };
  if (!column.nullable) return { column: column.name, expression: `${value} ?? ''` };
  const withheld = row === null ? 'null' : `(${member(row, column.name)} === '' ? '' : null)`;
  return { column: column.name, expression: `${value} || ${withheld}` };
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
