import { AppPages } from '@sallyport/contract';
import { z } from 'zod';

/** Unsaved work of one app in this browser: what it was made from, and what it is. */
const Shelved = z.strictObject({ version: z.number(), at: z.number(), base: AppPages, pages: AppPages });
export type Shelved = { version: number; at: number; base: AppPages; pages: AppPages };

export type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem'>;
const key = (appId: string) => `sallyport.unsaved.${appId}`;

/** Keeps unsaved work; false when the browser has no room for it. */
export function shelve(storage: Storage, appId: string, work: Shelved): boolean {
  try {
    storage.setItem(key(appId), JSON.stringify(work));
    return true;
  } catch {
    return false;
  }
}

/** Unsaved work that an earlier visit left, when it can still be read. */
export function unshelve(storage: Storage, appId: string): Shelved | undefined {
  try {
    const text = storage.getItem(key(appId));
    const parsed = text === null ? undefined : Shelved.safeParse(JSON.parse(text));
    return parsed?.success ? (parsed.data as Shelved) : undefined;
  } catch {
    return undefined;
  }
}

export function clearShelf(storage: Storage, appId: string): void {
  try {
    storage.removeItem(key(appId));
  } catch {
    // A browser that refuses storage has nothing to clear.
  }
}
