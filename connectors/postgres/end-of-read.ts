import type { Step } from './exchange.ts';

type Prepared = Pick<Step, 'text' | 'name' | 'parse'>;

/** How long a session believes what it was told of its source’s functions. Milliseconds. */
const BELIEVED_MS = 60_000;

const UNLOCK = 'select pg_catalog.pg_advisory_unlock_all()';
/** Whether names are prepared here that are not ours, which no rollback undoes. */
const NAMES = `${UNLOCK}, exists (select from pg_catalog.pg_prepared_statements where from_sql)`;
/** And whether there is a function that could prepare them: one that the role may call and that is not the engine's own. */
const FUNCTIONS = `${NAMES}, exists (select from pg_catalog.pg_proc p where p.oid >= 16384
  and p.prorettype not in ('pg_catalog.trigger'::pg_catalog.regtype, 'pg_catalog.event_trigger'::pg_catalog.regtype)
  and pg_catalog.has_function_privilege(p.oid, 'execute'))`;

/**
 * Ends reads: gives advisory locks back, and tells whether every prepared name is still ours. A function that runs text
 * could put a statement of its own under one of them, for the next person. To know it costs as much as a small read, so
 * it is asked where the source has functions, and whether it has any, once a minute. A function that is made meanwhile
 * can mislead a later read for that long, but not write in it: `begin read only` has no name. Nor has the question.
 */
export class EndOfRead {
  #believedUntil = 0;
  #functions = true;

  /** The last step of a read; `tell` hears whether the session may be lent again. */
  step(now: number, prepare: (text: string) => Prepared, tell: (clean: boolean) => void): Step {
    const believed = now < this.#believedUntil;
    if (believed && !this.#functions) return { ...prepare(UNLOCK), do: 'run', onComplete: () => tell(true) };
    return {
      text: believed ? NAMES : FUNCTIONS,
      parse: true,
      own: true,
      do: 'run',
      onRow: ([, foreign, functions]) => {
        if (functions !== undefined) {
          this.#functions = functions !== 'f';
          this.#believedUntil = now + BELIEVED_MS;
        }
        tell(foreign === 'f');
      },
    };
  }
}
