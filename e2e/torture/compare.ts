import { allPages, contract } from '@sallyport/contract';
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
  const apps = await allPages((query) => scene.owner.call(contract.apps.listApps, { query }));
  const problems = contradictions(acknowledged, { written, apps, leaves });
  if (finding !== undefined) problems.push(`the log does not verify: ${finding}`);
  return { records: leaves.length, rows: written.length, problems };
}
