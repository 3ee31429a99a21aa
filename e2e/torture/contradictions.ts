import type { Acknowledged } from './people.ts';
import type { Leaf } from './read-log.ts';

/** What is there when everybody has left. */
export interface Found {
  /** Runs whose row is in the customer's database. */
  readonly written: readonly string[];
  readonly apps: readonly { readonly id: string; readonly name: string }[];
  readonly leaves: readonly Leaf[];
}

/**
 * Where what people were told, what the databases hold and what the log says do not fit: one sentence each. Nothing
 * acknowledged may be lost, and nothing may have happened that is not on the record.
 */
export function contradictions({ writes, reads, apps, asked, faults }: Acknowledged, found: Found): string[] {
  const problems = [...faults].slice(0, 5).map((fault) => `unexpected: ${fault}`);
  const runsOf = (event: string) =>
    new Set(
      found.leaves
        .filter((one) => one.event === event && one.outcome === 'allowed')
        .map((one) => String(one.data.run)),
    );
  const ran = runsOf('gateway.ran');
  const written = new Set(found.written);
  const present = new Set(found.apps.map((app) => app.id));
  const made = found.apps.filter((app) => asked.has(app.name));
  const created = new Set(
    found.leaves.filter((one) => one.event === 'apps.created').map((one) => one.target?.id ?? ''),
  );
  const note = (wrong: readonly string[], what: string) => {
    if (wrong.length > 0) problems.push(`${wrong.length} ${what}, such as ${wrong[0]}`);
  };
  note(missing(writes, written), 'acknowledged writes are not in the database');
  note(missing(writes, ran), 'acknowledged writes have no outcome on the record');
  note(missing(written, runsOf('gateway.begun')), 'rows were written without an intent on the record');
  note(missing(reads, ran), 'answers that were whole have no outcome on the record');
  note(missing(apps.keys(), present), 'acknowledged apps are gone');
  note(
    missing(
      made.map((app) => app.id),
      created,
    ),
    'apps exist without a record',
  );
  note(missing(created, present), 'records tell of apps that do not exist');
  const names = made.map((app) => app.name);
  note(
    names.filter((name, i) => names.indexOf(name) !== i),
    'apps were made twice for one key',
  );
  return problems;
}

function missing(wanted: Iterable<string>, there: ReadonlySet<string>): string[] {
  return [...wanted].filter((one) => !there.has(one));
}
