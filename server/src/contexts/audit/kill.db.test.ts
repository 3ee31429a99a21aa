import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { parseVerifierKey } from '../../../../cli/src/verify/checkpoint.ts';
import { verifyExport } from '../../../../cli/src/verify/verify-export.ts';
import { type AuditedDatabase, auditedDatabase } from '../../../test/audited-database.ts';
import { personCall } from '../../../test/person-call.ts';
import { newId, type OrganizationId } from '../../kernel/ids.ts';
import { sql } from '../../platform/db/sql.ts';

const KILLS = 6;
let database: AuditedDatabase;
const organization = newId<OrganizationId>();

beforeAll(async () => {
  database = await auditedDatabase({});
});
afterAll(() => database?.close());

test('A5 killed with -9 while it records and sequences: nothing acknowledged is lost, and the log verifies', async () => {
  const acknowledged = new Set<string>();
  for (let i = 0; i < KILLS; i++) {
    for (const text of await runAndKill(100 + Math.random() * 400)) acknowledged.add(text);
  }
  const call = personCall(organization);
  await vi.waitFor(async () => expect((await database.audit.checkpoint(call)).pending).toBe(0), {
    timeout: 20_000,
    interval: 100,
  });
  const rows = await database.db.tenant(organization, (tx) =>
    tx.many<{ leaf: string; index: number | null }>(
      sql`select r.leaf, l.index from audit_records r left join audit_leaves l
        on l.organization_id = r.organization_id and l.record_id = r.id order by l.index`,
    ),
  );
  expect(rows.map((row) => row.index)).toEqual(rows.map((_, i) => i));
  const kept = new Set(rows.map((row) => JSON.parse(row.leaf).data.text as string));
  expect([...acknowledged].filter((text) => !kept.has(text))).toEqual([]);
  expect(kept.size).toBe(rows.length);
  expect(acknowledged.size).toBeGreaterThan(50);
  const { publicKey, treeSize } = await database.audit.checkpoint(call);
  const result = await verifyExport(database.audit.exportLog(call), { key: parseVerifierKey(publicKey) });
  expect(result).toMatchObject({ finding: undefined, records: treeSize });
}, 60_000);

/** What the child acknowledged before it was killed, some time after its first record. */
async function runAndKill(afterMs: number): Promise<string[]> {
  const script = fileURLToPath(new URL('../../../test/sequencer-child.ts', import.meta.url));
  const given = { app: database.appConfig, system: database.systemConfig, organization };
  const child = spawn(process.execPath, [script, JSON.stringify(given)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (piece) => {
    text += piece;
  });
  await once(child.stdout, 'data');
  await sleep(afterMs);
  child.kill('SIGKILL');
  await once(child, 'close');
  // The last line may be cut; what was not wholly said was not acknowledged.
  return text.split('\n').slice(0, -1);
}
