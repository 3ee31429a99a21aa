import { once } from 'node:events';
import { contract } from '@sallyport/contract';
import { type Binding, handle } from '../../platform/http/binding.ts';
import type { Audit } from './index.ts';

/** Binds contract.audit. */
export function routes(door: Audit): Binding[] {
  const { audit } = contract;
  return [
    handle(audit.listAuditRecords, (call, { query }) => door.list(call, query)),
    handle(audit.getAuditRecord, (call, { params }) => door.read(call, params.id)),
    handle(audit.getCheckpoint, (call) => door.checkpoint(call)),
    handle(audit.listAuditEvents, async () => ({ items: door.describeEvents() })),
    handle(audit.exportAudit, async (call, _input, wire) => {
      const pieces = door.exportLog(call);
      const first = await pieces.next();
      const name = `audit-${call.actor.organizationId}.ndjson`;
      const out = wire.stream('application/x-ndjson', {
        'content-disposition': `attachment; filename="${name}"`,
      });
      out.write(first.value ?? '');
      for await (const piece of pieces) {
        if (out.write(piece)) continue;
        await Promise.race([once(out, 'drain'), once(out, 'close')]);
        // Cut off, not ended: a file without its last line is not taken for the whole log.
        if (wire.signal.aborted || out.destroyed) {
          out.destroy();
          return;
        }
      }
      out.end();
    }),
  ];
}
