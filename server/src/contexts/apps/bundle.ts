import { type AppBundle, LARGEST_IMPORT, MOST_PARTS, partsOf } from '@sallyport/contract';
import type { DraftContent } from './app.ts';
import { refuse } from './refusals.ts';

/** What stands in a request around the bundle that it imports: an id, a flag, and the app's name, which may change. */
const AROUND = 1_024;

/** A draft as it is saved: its queries by their documents. */
type Documents = Pick<DraftContent, 'pages'> & {
  readonly queries: Readonly<Record<string, Pick<DraftContent['queries'][string], 'document'>>>;
};

/** Documents only: no compiled form, no id of this installation and no credential. */
export function bundleOf(name: string, { pages, queries }: Documents): AppBundle {
  return {
    format: 'sallyport.app/1',
    name,
    ...pages,
    queries: Object.fromEntries(Object.entries(queries).map(([query, { document }]) => [query, document])),
  };
}

/**
 * A9: refuses what could be exported and not be imported, before it is saved. A draft that is too large already, of an
 * earlier version, may still become smaller.
 */
export function assertImportable(after: Documents, before?: Documents): void {
  const next = measure(after);
  const exceeds = (what: 'bytes' | 'parts', limit: number) =>
    next[what] > limit && next[what] > (before === undefined ? 0 : measure(before)[what]);
  if (exceeds('bytes', LARGEST_IMPORT - AROUND))
    throw refuse('app_too_large', { values: { limit: '8 MiB' } });
  if (exceeds('parts', MOST_PARTS)) {
    const limit = `${MOST_PARTS.toLocaleString('en')} pages, components, variables and queries`;
    throw refuse('app_too_large', { values: { limit } });
  }
}

function measure(content: Documents) {
  const bundle = bundleOf('', content);
  return { bytes: Buffer.byteLength(JSON.stringify(bundle)), parts: partsOf(bundle) };
}
