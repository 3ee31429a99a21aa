import { type AppPages, COMPONENT_TYPES, type QueryDocument } from '@sallyport/contract';
import { z } from 'zod';
import type { Copies } from './browser-copies.ts';

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

const pagesOf = (appId: string) => `unsaved.${appId}.`;
const textsOf = (appId: string) => `query.${appId}.`;

/** Below which copies keep what is unsaved of an app. */
export const prefixesOf = (appId: string): readonly string[] => [pagesOf(appId), textsOf(appId)];

/**
 * Keeps unsaved pages; false when the browser has no room for it. Each visit of an editor has a place of its own: another
 * tab, or a visit after the one that crashed, does not write over it.
 */
export function shelvePages(
  copies: Copies,
  appId: string,
  visit: string,
  work: ShelvedPages,
): Promise<boolean> {
  return copies.put(pagesOf(appId) + visit, JSON.stringify(work));
}

/** Unsaved pages that visits left and that can still be read, the newest first. */
export function shelvedPages(copies: Copies, appId: string): { visit: string; work: ShelvedPages }[] {
  return entries<ShelvedPages>(copies, pagesOf(appId), ShelvedPages).map(([visit, work]) => ({
    visit,
    work,
  }));
}

export function clearPages(copies: Copies, appId: string, visit: string): void {
  copies.take(pagesOf(appId) + visit);
}

/** Keeps the unsaved text of a query, in a place of this visit's own as well. */
export function shelveText(
  copies: Copies,
  appId: string,
  visit: string,
  name: string,
  text: ShelvedText,
): Promise<boolean> {
  return copies.put(`${textsOf(appId)}${visit}.${name}`, JSON.stringify(text));
}

/** Unsaved texts of queries that visits left and that can still be read, the newest first. */
export function shelvedTexts(
  copies: Copies,
  appId: string,
): { visit: string; name: string; text: ShelvedText }[] {
  return entries<ShelvedText>(copies, textsOf(appId), ShelvedText).map(([key, text]) => {
    const [visit = '', name = ''] = key.split('.');
    return { visit, name, text };
  });
}

export function clearText(copies: Copies, appId: string, visit: string, name: string): void {
  copies.take(`${textsOf(appId)}${visit}.${name}`);
}

/** The visits that keep something of an app here. */
export function visitsLeft(copies: Copies, appId: string): string[] {
  const visits = [...shelvedPages(copies, appId), ...shelvedTexts(copies, appId)].map(({ visit }) => visit);
  return [...new Set(visits)];
}

/**
 * What is kept below a prefix and has the shape, the newest first and of each key the newest alone; what has not the shape
 * says nothing about the others.
 */
function entries<T extends { at: number }>(copies: Copies, prefix: string, shape: z.ZodType): [string, T][] {
  const read = copies.below(prefix).flatMap(([key, text]): [string, T][] => {
    const value = shape.safeParse(parsed(text));
    return value.success ? [[key.slice(prefix.length), value.data as T]] : [];
  });
  read.sort(([, one], [, other]) => other.at - one.at);
  return read.filter(([key], i) => read.findIndex(([other]) => other === key) === i);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
