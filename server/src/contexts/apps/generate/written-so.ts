/** How values of a type are written, where neither its name nor the field tells: of PostgreSQL and of its extensions. */
const WRITTEN: readonly (readonly [RegExp, string])[] = [
  [/^hstore$/, '"color"=>"red", "size"=>"M"'],
  [/^ltree$/, 'top.middle.leaf'],
  [/^vector\b/, '[0.1, 0.2, 0.3]'],
  [/^(?:int4|int8|num)range$/, '[1,10)'],
  [/^daterange$/, '[2026-01-01,2026-02-01)'],
  [/^ts(?:tz)?range$/, '[2026-01-01 09:00,2026-01-01 17:00)'],
  [/^interval\b/, '1 day 02:30:00'],
  [/^point$/, '(1.5,2)'],
];

const SHAPES: Readonly<Record<string, string>> = {
  geometry: 'POINT(4.9 52.4)',
  point: 'POINT(4.9 52.4)',
  linestring: 'LINESTRING(0 0, 1 1)',
  polygon: 'POLYGON((0 0, 0 1, 1 1, 0 0))',
};

/** PostGIS takes a shape as a text too, and in a column of one reference system only with its number. */
const SHAPE = /^geo(?:metry|graphy)(?:\((\w+)(?:,(\d+))?\))?$/i;

/** An example for the hint of a field, by the name of its column's type; undefined where none is needed or known. */
export function writtenSo(engineType: string): string | undefined {
  const type = engineType.replace(/^(?:\w+|"(?:[^"]|"")+")\./, '');
  const found = SHAPE.exec(type);
  if (found === null) return WRITTEN.find(([name]) => name.test(type))?.[1];
  const [, kind = 'geometry', system] = found;
  const shape = SHAPES[kind.toLowerCase()];
  return shape === undefined || system === undefined ? shape : `SRID=${system};${shape}`;
}
