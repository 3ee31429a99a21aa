import { contract } from '@sallyport/contract';
import { asAdmin } from '../../server/test/postgres-server.ts';
import type { Acknowledged } from './people.ts';
import { readLog } from './read-log.ts';
import type { Scene } from './scene.ts';

export interface Comparison {
  readonly records: number;
  readonly rows: number;
  /** One sentence a contradiction; empty when all is as promised. */
  readonly problems: readonly string[];
}

/**
 * Compares what people were told, what the customer's database holds, what Sallyport holds and what its log says:
 * nothing acknowledged is lost, and nothing happened that is not on the record.
 */
export async function compare(
  scene: Scene,
  { writes, reads, apps, asked, faults }: Acknowledged,
): Promise<Comparison> {
  const problems = [...faults].slice(0, 5).map((fault) => `unexpected: ${fault}`);
  const { leaves, finding } = await readLog(scene.owner);
  if (finding !== undefined) problems.push(`the log does not verify: ${finding}`);
  const runsOf = (event: string, outcome: string) =>
    new Set(
      leaves
        .filter((one) => one.event === event && one.outcome === outcome)
        .map((one) => String(one.data.run)),
    );
  const begun = runsOf('gateway.begun', 'allowed');
  const ran = runsOf('gateway.ran', 'allowed');

  const rows = await asAdmin(scene.customer.adminUrl, async (client) =>
    (await client.query<{ run: string }>('select run from written')).rows.map(({ run }) => run),
  );
  const written = new Set(rows);
  note(problems, missing(writes, written), 'acknowledged writes are not in the database');
  note(problems, missing(writes, ran), 'acknowledged writes have no outcome on the record');
  note(problems, missing(written, begun), 'rows were written without an intent on the record');
  note(problems, missing(reads, ran), 'answers that were whole have no outcome on the record');

  const { items } = await scene.owner.call(contract.apps.listApps);
  const byId = new Map(items.map((app) => [app.id, app.name]));
  const created = new Set(
    leaves.filter((one) => one.event === 'apps.created').map((one) => one.target?.id ?? ''),
  );
  const made = new Set([...byId].filter(([, name]) => asked.has(name)).map(([id]) => id));
  note(problems, missing(new Set(apps.keys()), new Set(byId.keys())), 'acknowledged apps are gone');
  note(problems, missing(made, created), 'apps exist without a record');
  note(problems, missing(created, new Set(byId.keys())), 'records tell of apps that do not exist');
  const names = [...byId.values()];
  note(
    problems,
    names.filter((name, i) => names.indexOf(name) !== i),
    'apps were made twice for one key',
  );
  return { records: leaves.length, rows: rows.length, problems };
}

function missing(wanted: ReadonlySet<string>, there: ReadonlySet<string>): string[] {
  return [...wanted].filter((one) => !there.has(one));
}

function note(problems: string[], found: readonly string[], what: string): void {
  if (found.length > 0) problems.push(`${found.length} ${what}, such as ${found[0]}`);
}
