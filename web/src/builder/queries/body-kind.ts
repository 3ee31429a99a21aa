import type { RestQuery } from '@sallyport/contract';

type Body = RestQuery['body'];
export type BodyKind = 'none' | 'json' | 'form';

export const kindOf = (body: Body): BodyKind => (!body ? 'none' : 'json' in body ? 'json' : 'form');

/** The body that was written of each kind: one that is left for another kind is found again by choosing it. */
export type Bodies = Readonly<Partial<Record<BodyKind, Body>>>;

const FIRST: Readonly<Record<BodyKind, Body>> = { none: undefined, json: { json: '{}' }, form: { form: [] } };

export const bodyAs = (kind: BodyKind, bodies: Bodies): Body => bodies[kind] ?? FIRST[kind];
