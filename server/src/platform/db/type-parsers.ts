import pg from 'pg';

const INT8 = 20;
const DATE = 1082;
const NUMERIC = 1700;

const table: Readonly<Record<number, (text: string) => unknown>> = {
  // Our own bigints are counters and sizes; past 2^53 reading one is a fault, never a rounded number.
  [INT8]: (text) => {
    const value = Number(text);
    if (!Number.isSafeInteger(value)) throw new RangeError(`int8 out of the safe range: ${text}`);
    return value;
  },
  [DATE]: (text) => text,
  [NUMERIC]: (text) => text,
};

/** How Sallyport's own tables come back: int8 as number, date and numeric as text, timestamptz as Date, json parsed. */
export const typeParsers: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) => {
    const own = format === 'binary' ? undefined : table[oid];
    return own ?? pg.types.getTypeParser(oid, format);
  },
};
