import { pipeline } from 'node:stream/promises';
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
      // A refusal comes before the first line, while it can still be told.
      const first = await pieces.next();
      const out = wire.stream('application/x-ndjson', {
        'content-disposition': `attachment; filename="audit-${call.actor.organizationId}.ndjson"`,
      });
      await pipeline(whole(first.value ?? '', pieces), out, { signal: wire.signal }).catch(
        (error: unknown) => {
          // Cut off, not ended: a file without its last line is not taken for the whole log.
          if (!wire.signal.aborted) throw error;
        },
      );
    }),
  ];
}

async function* whole(first: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield first;
  yield* rest;
}
