import { type CatalogColumn, labelOf } from '@sallyport/contract';
import type { GenerateInput } from './generate-bundle.ts';
import { spelled } from './names.ts';

/** Why the fields of a row take nothing. */
export function whyShownOnly({ writable, table }: GenerateInput): string {
  const why = {
    no: 'the source is read-only',
    yes:
      table.kind === 'view'
        ? 'this is a view'
        : 'the table has no primary key, or unique key without nulls, that tells all of its rows apart',
  };
  return `Rows are read-only because ${why[writable]}.`;
}

/** What a read-write source still may not do with the table, as the privileges of its role say. */
export function refusedNote(
  refused: Readonly<Record<'create' | 'change' | 'remove', boolean>>,
  fixed: readonly CatalogColumn[],
): string | null {
  const all = [
    ...(refused.create ? ['create rows'] : []),
    ...(refused.change ? ['change rows'] : []),
    ...(fixed.length > 0 ? [`change ${enumerated(fixed)}`] : []),
    ...(refused.remove ? ['delete rows'] : []),
  ];
  const last = all.pop();
  if (last === undefined) return null;
  const said = all.length === 0 ? last : `${all.join(', ')} or ${last}`;
  return `The database does not allow this data source to ${said}.`;
}

export const sentences = (...parts: readonly (string | null)[]): string | null =>
  parts.filter((part) => part !== null).join(' ') || null;

/** What a form leaves out, since a query takes no more values: nobody shall take it for the whole row. */
export const moreNote = (more: number): string | null =>
  more === 0 ? null : `${more} more ${more === 1 ? 'column is' : 'columns are'} not in this form.`;

/** Names that are said; the rest is counted. */
const SAID = 4;

/** What is not asked for and filled in all the same. */
export const defaultsNote = (columns: readonly CatalogColumn[]): string | null =>
  columns.length === 0 ? null : `Filled in by the database: ${enumerated(columns)}.`;

/** Why there is no form for a new row. */
export const bytesNote = (columns: readonly CatalogColumn[]): string | null =>
  columns.length === 0
    ? null
    : `New rows cannot be created here because binary data is required: ${enumerated(columns)}.`;

function enumerated(columns: readonly CatalogColumn[]): string {
  const said = columns.slice(0, SAID).map(({ name }) => spelled(labelOf(name)));
  const rest = columns.length - said.length;
  if (rest > 0) said.push(`${rest} more`);
  const last = said.pop();
  return said.length === 0 ? `${last}` : `${said.join(', ')} and ${last}`;
}
