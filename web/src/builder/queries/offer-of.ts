import type { Engine } from '@sallyport/contract';
import { type RewriteOffer, rewriteOffer } from '../code/rewrite-offer.ts';
import type { Check } from './check.ts';

type Place = Extract<Check, { state: 'refused' }>['places'][number];

/** What would make a text compile at a place where it was refused: another writing of it, or a choice of this name. */
export type Offer = { readonly label: string } & (
  | { readonly rewrite: RewriteOffer }
  | { readonly choice: string }
);

export function offerOf(place: Place, text: string, engine: Engine): Offer | undefined {
  if (place.at === undefined) return undefined;
  const rewrite = rewriteOffer(text, place.at, engine);
  if (rewrite) return { label: rewrite.label, rewrite };
  const hole = text.slice(place.at, place.at + (place.length ?? 1));
  const choice = /^\{\{\s*([A-Za-z_]\w*)\s*\}\}$/.exec(hole)?.[1];
  return choice !== undefined && /choice/i.test(place.message)
    ? { label: `Make ${choice} a choice`, choice }
    : undefined;
}

export const rewritten = (text: string, { from, to, insert }: RewriteOffer): string =>
  text.slice(0, from) + insert + text.slice(to);
