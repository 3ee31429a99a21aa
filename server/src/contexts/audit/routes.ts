import { pipeline } from 'node:stream/promises';
import { contract } from '@sallyport/contract';
import type { Call } from '../../kernel/call.ts';
import { INSTALLATION, type OrganizationId } from '../../kernel/ids.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type Binding, handle } from '../../platform/http/binding.ts';
import type { Audit } from './index.ts';

type LogRoutes = Pick<
  typeof contract.audit,
  'listAuditRecords' | 'getAuditRecord' | 'getCheckpoint' | 'exportAudit'
>;

/** Binds contract.audit: one family of routes over the organization's log, and the same over the installation's. */
export function routes(door: Audit): Binding[] {
  const { audit } = contract;
  const installation: LogRoutes = {
    listAuditRecords: audit.listInstallationRecords,
    getAuditRecord: audit.getInstallationRecord,
    getCheckpoint: audit.getInstallationCheckpoint,
    exportAudit: audit.exportInstallationLog,
  };
  return [
    ...logRoutes(door, audit, (call) => call.actor.organizationId),
    ...logRoutes(door, installation, () => INSTALLATION),
    handle(audit.listAuditEvents, async () => ({ items: door.describeEvents() })),
  ];
}

function logRoutes(door: Audit, family: LogRoutes, logOf: (call: Call) => OrganizationId): Binding[] {
  return [
    handle(family.listAuditRecords, (call, { query }) => door.list(call, query, logOf(call))),
    handle(family.getAuditRecord, (call, { params }) => door.read(call, params.id, logOf(call))),
    handle(family.getCheckpoint, (call) => door.checkpoint(call, logOf(call))),
    handle(family.exportAudit, async (call, _input, wire) => {
      const log = logOf(call);
      const pieces = door.exportLog(call, log);
      // A refusal comes before the first line, while it can still be told.
      const first = await pieces.next();
      const out = wire.stream('application/x-ndjson', {
        'content-disposition': `attachment; filename="audit-${log === INSTALLATION ? 'installation' : log}.ndjson"`,
      });
      await pipeline(whole(first.value ?? '', pieces, call), out, { signal: wire.signal }).catch(
        (error: unknown) => {
          // Cut off, not ended: a file without its last line is not taken for the whole log.
          if (!wire.signal.aborted && !(error instanceof Refusal)) throw error;
        },
      );
    }),
  ];
}

async function* whole(first: string, rest: AsyncIterable<string>, call: Call): AsyncGenerator<string> {
  yield first;
  for await (const piece of rest) {
    await call.assertStillAdmitted?.();
    yield piece;
  }
}
