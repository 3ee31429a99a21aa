import { AppPages } from '@sallyport/contract';
import { z } from 'zod';

/** Unsaved work of one app in this browser: what it was made from, and what it is. */
const Shelved = z.strictObject({ version: z.number(), at: z.number(), base: AppPages, pages: AppPages });
export type Shelved = { version: number; at: number; base: AppPages; pages: AppPages };

export type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;
const prefix = (appId: string) => `sallyport.unsaved.${appId}.`;

/**
 * Keeps unsaved work; false when the browser has no room for it. Each visit of an editor has a place of its own: another
 * tab, or a visit after the one that crashed, does not write over it.
 */
export function shelve(storage: Storage, appId: string, visit: string, work: Shelved): boolean {
  try {
    storage.setItem(prefix(appId) + visit, JSON.stringify(work));
    return true;
  } catch {
    return false;
  }
}

/** Unsaved work that visits left and that can still be read, the newest first. */
export function shelvedWork(storage: Storage, appId: string): { visit: string; work: Shelved }[] {
  try {
    const keys = Array.from({ length: storage.length }, (_, i) => storage.key(i) ?? '');
    return keys
      .filter((key) => key.startsWith(prefix(appId)))
      .flatMap((key) => {
        const parsed = Shelved.safeParse(JSON.parse(storage.getItem(key) ?? 'null'));
        return parsed.success
          ? [{ visit: key.slice(prefix(appId).length), work: parsed.data as Shelved }]
          : [];
      })
      .sort((one, other) => other.work.at - one.work.at);
  } catch {
    return [];
  }
}

export function clearShelf(storage: Storage, appId: string, visit: string): void {
  try {
    storage.removeItem(prefix(appId) + visit);
  } catch {
    // A browser that refuses storage has nothing to clear.
  }
}
