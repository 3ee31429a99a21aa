import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';
import { createGzip } from 'node:zlib';
import { Catalog, type CatalogTable, type EnvironmentName, MOST_CATALOG_TABLES } from '@sallyport/contract';
import type { SourceId } from '../../kernel/ids.ts';

/** A schema as it is kept. */
export interface WrittenCatalog {
  /** `Catalog` as JSON, compressed with gzip. */
  readonly answer: Buffer;
  /** The same tables, as JSON arrays of some of them each. */
  readonly tables: readonly string[];
}

/** Tables that are written in one go: a millisecond or two, after which others have their turn. */
const AT_ONCE = 50;

/** Checks a schema against the contract and writes it down, once for all who ask for it. What is left out is said (C3). */
export async function writeCatalog(
  head: { readonly sourceId: SourceId; readonly environment: EnvironmentName },
  read: readonly CatalogTable[],
): Promise<WrittenCatalog> {
  const tables: string[] = [];
  for (let from = 0; from < read.length && from < MOST_CATALOG_TABLES; from += AT_ONCE) {
    const some = read.slice(from, Math.min(from + AT_ONCE, MOST_CATALOG_TABLES));
    tables.push(JSON.stringify(Catalog.shape.tables.parse(some)));
    await setImmediate();
  }
  const rest = Catalog.omit({ tables: true }).parse({
    ...head,
    readAt: new Date().toISOString(),
    more: read.length > MOST_CATALOG_TABLES,
  });
  const list = tables.flatMap((part, i) => [...(i === 0 ? [] : [',']), part.slice(1, -1)]);
  const texts = [JSON.stringify(rest).slice(0, -1), ',"tables":[', ...list, ']}'];
  return { answer: await buffer(Readable.from(texts).pipe(createGzip())), tables };
}
