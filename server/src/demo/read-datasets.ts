import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { parquetReadObjects } from 'hyparquet';

/** A table's rows by column: what `unnest` takes. */
export type Columns = Readonly<Record<string, readonly (string | number | null)[]>>;

/** The first row group of `flights-3m.parquet`, which is whole: all of 1 to 17 January 2001. */
const FLIGHTS = 272_727;

const folder = join(dirname(createRequire(import.meta.url).resolve('vega-datasets')), '..', 'data');

export async function readAirports(): Promise<Columns> {
  const rows: Record<string, string>[] = parse(await readFile(join(folder, 'airports.csv')), {
    columns: true,
  });
  const column = (name: string) => rows.map((row) => row[name]?.trim() || null);
  return {
    iata: column('iata'),
    name: column('name'),
    city: column('city'),
    state: column('state'),
    country: column('country'),
    latitude: column('latitude'),
    longitude: column('longitude'),
  };
}

interface Flight {
  readonly date: Date;
  readonly delay: bigint | null;
  readonly distance: bigint;
  readonly origin: string;
  readonly destination: string;
}

export async function readFlights(): Promise<Columns> {
  const bytes = await readFile(join(folder, 'flights-3m.parquet'));
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const rows = (await parquetReadObjects({
    file,
    rowStart: 0,
    rowEnd: FLIGHTS,
    compressors: { ZSTD: (input) => zstdDecompressSync(input) },
  })) as unknown as Flight[];
  return {
    departed_at: rows.map((row) => row.date.toISOString().slice(0, 19)),
    origin: rows.map((row) => row.origin),
    destination: rows.map((row) => row.destination),
    delay_minutes: rows.map((row) => (row.delay === null ? null : Number(row.delay))),
    distance_miles: rows.map((row) => Number(row.distance)),
  };
}

export async function readMovies(): Promise<Columns> {
  const all = JSON.parse(await readFile(join(folder, 'movies.json'), 'utf8')) as Record<
    string,
    string | number | null
  >[];
  // A film whose title is a number is written as one in the file; a film without a title cannot be shown.
  const rows = all.filter((row) => row.Title !== null);
  const text = (name: string) => rows.map((row) => (row[name] === null ? null : String(row[name])));
  return {
    title: text('Title'),
    director: text('Director'),
    genre: text('Major Genre'),
    rating: text('MPAA Rating'),
    distributor: text('Distributor'),
    released_on: text('Release Date').map(dateOf),
    running_minutes: text('Running Time min'),
    budget_usd: text('Production Budget'),
    worldwide_gross_usd: text('Worldwide Gross'),
    imdb_rating: text('IMDB Rating'),
    imdb_votes: text('IMDB Votes'),
  };
}

/** `Jun 12 1998` → `1998-06-12`; what is not a date is unknown. */
function dateOf(given: string | null): string | null {
  const [, month, day, year] = /^([A-Z][a-z]{2}) (\d{2}) (\d{4})$/.exec(given ?? '') ?? [];
  const index = 'JanFebMarAprMayJunJulAugSepOctNovDec'.indexOf(month ?? '?') / 3;
  return Number.isInteger(index) && index >= 0
    ? `${year}-${String(index + 1).padStart(2, '0')}-${day}`
    : null;
}
