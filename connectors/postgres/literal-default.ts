import type { CatalogColumn } from '@sallyport/contract';

const TYPE = String.raw`::[\w ."$]+(?:\(\d+(?:,\d+)?\))?`;
const TEXT = new RegExp(`^'((?:[^'\\\\]|'')*)'${TYPE}$`);
const FIGURE = String.raw`-?\d+(?:\.\d+)?`;
const NUMBER = new RegExp(`^(?:(${FIGURE})|\\((${FIGURE})\\)(?:${TYPE})?|'(${FIGURE})'${TYPE})$`);

/**
 * A column's default where PostgreSQL writes it as a plain text, number or truth value, such as `'new'::text`, `0` or
 * `true`; undefined for everything that is computed. Numbers as their figures.
 */
export function literalDefault(written: string, type: CatalogColumn['type']): string | boolean | undefined {
  switch (type) {
    case 'text':
      return TEXT.exec(written)?.[1]?.replaceAll("''", "'");
    case 'boolean':
      return written === 'true' ? true : written === 'false' ? false : undefined;
    case 'integer':
    case 'decimal': {
      const figures = NUMBER.exec(written)
        ?.slice(1)
        .find((one) => one !== undefined);
      // An integer that is written with decimals is rounded when it is stored.
      return type === 'integer' && figures?.includes('.') ? undefined : figures;
    }
    default:
      return undefined;
  }
}
