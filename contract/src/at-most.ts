import { z } from 'zod';

/**
 * The same schema, of so many at most. They are counted before they are read: each wrong one of a hundred thousand would
 * be found and told, and nobody else served meanwhile.
 */
export function atMost<S extends z.ZodType>(
  most: number,
  what: string,
  schema: S,
  count: (given: object) => number = membersOf,
): AsGiven<S> {
  const counted = z.preprocess((given, context) => {
    if (typeof given === 'object' && given !== null && count(given) > most)
      context.addIssue(`at most ${most.toLocaleString('en')} ${what}`);
    return given;
  }, schema);
  const told = count === membersOf ? counted.meta({ maxProperties: most }) : counted;
  // What it takes and gives is the schema's own; a preprocess takes anything.
  return told as unknown as AsGiven<S>;
}

/** With whether it may be absent. */
type AsGiven<S extends z.ZodType> = z.ZodType<z.output<S>, z.input<S>> & {
  readonly _zod: Pick<S['_zod'], 'optin' | 'optout'>;
};

export const membersOf = (given: unknown): number =>
  typeof given === 'object' && given !== null ? Object.keys(given).length : 0;
