import { type AppPages, COMPONENT_TYPES, type QueryDocument } from '@sallyport/contract';
import { z } from 'zod';

// The shape alone, without limits: what is over one was refused by the server, and is kept here nowhere else.
const Pages = z.looseObject({
  home: z.string(),
  pages: z.record(
    z.string(),
    z.looseObject({
      title: z.string(),
      order: z.string(),
      components: z.record(
        z.string(),
        z.looseObject({
          type: z.enum(COMPONENT_TYPES),
          order: z.string(),
          layout: z.looseObject({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
          props: z.record(z.string(), z.unknown()),
          on: z.record(z.string(), z.array(z.looseObject({ do: z.string() }))),
        }),
      ),
      onLoad: z.array(z.looseObject({ do: z.string() })),
    }),
  ),
  variables: z.record(z.string(), z.unknown()),
});
const Pairs = z.array(z.looseObject({ name: z.string(), value: z.string() }));
const asked = { source: z.string(), arguments: z.record(z.string(), z.looseObject({})) };
const Query = z.discriminatedUnion('kind', [
  z.looseObject({
    kind: z.literal('sql'),
    ...asked,
    text: z.string(),
    choices: z.record(z.string(), z.array(z.string())),
  }),
  z.looseObject({ kind: z.literal('rest'), ...asked, path: z.string(), query: Pairs, headers: Pairs }),
]);

/** Unsaved pages of one app in this browser: what they were made from, and what they are. */
const ShelvedPages = z.strictObject({ version: z.number(), at: z.number(), base: Pages, pages: Pages });
export type ShelvedPages = { version: number; at: number; base: AppPages; pages: AppPages };

/** The unsaved text of one query, and the digest of the saved query that it was made from. */
const ShelvedText = z.strictObject({ over: z.string().nullable(), at: z.number(), document: Query });
export type ShelvedText = { over: string | null; at: number; document: QueryDocument };

export type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;
const pagesOf = (appId: string) => `sallyport.unsaved.${appId}.`;
const textsOf = (appId: string) => `sallyport.query.${appId}.`;

/**
 * Keeps unsaved pages; false when the browser has no room for it. Each visit of an editor has a place of its own: another
 * tab, or a visit after the one that crashed, does not write over it.
 */
export function shelvePages(storage: Storage, appId: string, visit: string, work: ShelvedPages): boolean {
  return put(storage, pagesOf(appId) + visit, work);
}

/** Unsaved pages that visits left and that can still be read, the newest first. */
export function shelvedPages(storage: Storage, appId: string): { visit: string; work: ShelvedPages }[] {
  return entries(storage, pagesOf(appId), ShelvedPages)
    .map(([visit, work]) => ({ visit, work: work as ShelvedPages }))
    .sort((one, other) => other.work.at - one.work.at);
}

export function clearPages(storage: Storage, appId: string, visit: string): void {
  take(storage, pagesOf(appId) + visit);
}

/** Keeps the unsaved text of a query, in a place of this visit's own as well. */
export function shelveText(
  storage: Storage,
  appId: string,
  visit: string,
  name: string,
  text: ShelvedText,
): boolean {
  return put(storage, `${textsOf(appId)}${visit}.${name}`, text);
}

/** Unsaved texts of queries that visits left and that can still be read, the newest first. */
export function shelvedTexts(
  storage: Storage,
  appId: string,
): { visit: string; name: string; text: ShelvedText }[] {
  return entries(storage, textsOf(appId), ShelvedText)
    .map(([key, text]) => {
      const [visit = '', name = ''] = key.split('.');
      return { visit, name, text: text as ShelvedText };
    })
    .sort((one, other) => other.text.at - one.text.at);
}

export function clearText(storage: Storage, appId: string, visit: string, name: string): void {
  take(storage, `${textsOf(appId)}${visit}.${name}`);
}

/** The visits that keep something of an app here. */
export function visitsLeft(storage: Storage, appId: string): string[] {
  const visits = [...shelvedPages(storage, appId), ...shelvedTexts(storage, appId)].map(({ visit }) => visit);
  return [...new Set(visits)];
}

function put(storage: Storage, key: string, value: unknown): boolean {
  try {
    storage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

function take(storage: Storage, key: string): void {
  try {
    storage.removeItem(key);
  } catch {
    // A browser that refuses storage has nothing to clear.
  }
}

/** What is kept below a prefix and has the shape; what has not says nothing about the others. */
function entries<T>(storage: Storage, prefix: string, shape: z.ZodType<T>): [string, T][] {
  try {
    const keys = Array.from({ length: storage.length }, (_, i) => storage.key(i) ?? '');
    return keys
      .filter((key) => key.startsWith(prefix))
      .flatMap((key) => {
        const read = shape.safeParse(parsed(storage.getItem(key)));
        return read.success ? [[key.slice(prefix.length), read.data] as [string, T]] : [];
      });
  } catch {
    return [];
  }
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return undefined;
  }
}
