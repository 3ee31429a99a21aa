import { type AppRow, contract, LARGEST_PAGE } from '@sallyport/contract';
import { asAdmin } from '../../server/test/postgres-server.ts';
import { contradictions } from './contradictions.ts';
import type { Acknowledged } from './people.ts';
import { readLog } from './read-log.ts';
import type { Scene } from './scene.ts';

export interface Comparison {
  readonly records: number;
  readonly rows: number;
  /** One sentence a contradiction; empty when all is as promised. */
  readonly problems: readonly string[];
}

/** Reads the log, the customer's database and Sallyport, and holds them against what people were told. */
export async function compare(scene: Scene, acknowledged: Acknowledged): Promise<Comparison> {
  const { leaves, finding } = await readLog(scene.owner);
  const written = await asAdmin(scene.customer.adminUrl, async (client) =>
    (await client.query<{ run: string }>('select run from written')).rows.map(({ run }) => run),
  );
  const apps = await allApps(scene);
  const problems = contradictions(acknowledged, { written, apps, leaves });
  if (finding !== undefined) problems.push(`the log does not verify: ${finding}`);
  return { records: leaves.length, rows: written.length, problems };
}

async function allApps({ owner }: Scene): Promise<AppRow[]> {
  const all: AppRow[] = [];
  for (let cursor: string | undefined; ; ) {
    const query = { limit: LARGEST_PAGE, ...(cursor !== undefined && { cursor }) };
    const { items, next } = await owner.call(contract.apps.listApps, { query });
    all.push(...items);
    if (next === null) return all;
    cursor = next;
  }
}
