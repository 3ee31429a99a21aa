import type { CatalogColumn } from '@sallyport/contract';

const FIGURES = /^-?\d+(?:\.\d+)?$/;

/**
 * A column's default where the information schema has it as a plain text, number or truth value; undefined for
 * everything that is computed. MariaDB writes it as SQL would, a text in quotes; MySQL writes the value itself, and
 * says beside it what is an expression. Numbers as their figures.
 */
export function literalDefault(
  written: string,
  type: CatalogColumn['type'],
  isMariadb: boolean,
): string | boolean | undefined {
  switch (type) {
    case 'text':
      return isMariadb ? /^'((?:[^'\\]|'')*)'$/.exec(written)?.[1]?.replaceAll("''", "'") : written;
    case 'boolean':
      return written === '1' ? true : written === '0' ? false : undefined;
    case 'integer':
    case 'decimal':
      return FIGURES.test(written) && !(type === 'integer' && written.includes('.')) ? written : undefined;
    default:
      return undefined;
  }
}
