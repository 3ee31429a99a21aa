import type { Diagnostic } from '@codemirror/lint';
import type { Engine } from '@sallyport/contract';
import { rewriteOffer } from '../code/rewrite-offer.ts';
import type { Check } from './check.ts';

/** What the compiler refused, at its places in one text of the query (`path`: `text`, `body.json`). */
export function diagnosticsOf(
  check: Check | undefined,
  text: string,
  path: string,
  engine: Engine,
  offerChoice?: (name: string) => void,
): Diagnostic[] {
  if (check?.state !== 'refused') return [];
  return check.places
    .filter((place) => place.path === undefined || placeInDocument(place.path) === path)
    .map((place) => {
      const from = place.at ?? 0;
      const to = from + (place.length ?? (place.at === undefined ? 0 : 1));
      const offer = place.at === undefined ? undefined : rewriteOffer(text, from, engine);
      const name = /^\{\{\s*([A-Za-z_]\w*)\s*\}\}$/.exec(text.slice(from, to))?.[1];
      return {
        from,
        to,
        severity: 'error' as const,
        message: place.message,
        actions: [
          ...(offer
            ? [
                {
                  name: offer.label,
                  apply: (view: { dispatch(spec: object): void }) =>
                    view.dispatch({ changes: { from: offer.from, to: offer.to, insert: offer.insert } }),
                },
              ]
            : []),
          ...(name && !offer && offerChoice && /choice/i.test(place.message)
            ? [{ name: `Make ${name} a choice`, apply: () => offerChoice(name) }]
            : []),
        ],
      };
    });
}

/** A place in the document, however deep in a request to us it was said of. */
export const placeInDocument = (path: string): string =>
  path.replace(/^\/?(body[./])?(document[./])?/, '').replaceAll('/', '.');
