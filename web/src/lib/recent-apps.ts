export interface RecentApp {
  readonly slug: string;
  readonly at: string;
}

const key = (person: string): string => `sallyport-recent-${person}`;

/** Apps that this person opened in this browser, newest first. */
export function recentApps(person: string): readonly RecentApp[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key(person)) ?? '[]');
    if (!Array.isArray(kept)) return [];
    return kept.filter(
      (item): item is RecentApp => typeof item?.slug === 'string' && !Number.isNaN(Date.parse(item?.at)),
    );
  } catch {
    return [];
  }
}

export function rememberOpened(person: string, slug: string): void {
  const others = recentApps(person).filter((item) => item.slug !== slug);
  const next = [{ slug, at: new Date().toISOString() }, ...others].slice(0, 12);
  try {
    localStorage.setItem(key(person), JSON.stringify(next));
  } catch {
    // A full or forbidden store only costs the short list.
  }
}
