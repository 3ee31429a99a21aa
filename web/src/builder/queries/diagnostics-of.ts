import type { Diagnostic } from '@codemirror/lint';
import type { Engine } from '@sallyport/contract';
import type { Check } from './check.ts';
import { offerOf } from './offer-of.ts';

const NAME = /^[\p{L}\p{N}_$]+(?:\.[\p{L}\p{N}_$]+)*/u;

/** What the compiler refused, at its places in one text of the query (`path`: `text`, `body.json`). */
export function diagnosticsOf(
  check: Check | undefined,
  text: string,
  path: string,
  engine: Engine,
  makeChoice?: (name: string) => void,
): Diagnostic[] {
  if (check?.state !== 'refused') return [];
  return check.places
    .filter((place) => place.path === undefined || placeInDocument(place.path) === path)
    .map((place) => {
      const from = place.at ?? 0;
      // An engine tells where a name begins; one letter of it would hardly be seen.
      const name = place.at === undefined ? 0 : (NAME.exec(text.slice(from))?.[0].length ?? 1);
      const to = from + Math.max(place.length ?? 0, name);
      const offer = offerOf(place, text, engine);
      const apply =
        offer &&
        ('rewrite' in offer
          ? (view: { dispatch(spec: object): void }) => view.dispatch({ changes: offer.rewrite })
          : makeChoice && (() => makeChoice(offer.choice)));
      return {
        from,
        to,
        severity: 'error' as const,
        message: place.message,
        actions: offer && apply ? [{ name: offer.label, apply }] : [],
      };
    });
}

/** A place in the document, however deep in a request to us it was said of. */
export const placeInDocument = (path: string): string =>
  path.replace(/^\/?(body[./])?(document[./])?/, '').replaceAll('/', '.');
