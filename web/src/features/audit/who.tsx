import type { AuditRecord } from '@sallyport/contract';
import { Email } from '../../ui/email.tsx';

/** The actor: the part before the @ stands out. */
export function Who({ record }: { readonly record: Pick<AuditRecord, 'actor' | 'address'> }) {
  const { actor, address } = record;
  if (actor.email === null) return <span className="sp-t2">{actor.name ?? nobodyKnown(actor, address)}</span>;
  const at = actor.email.indexOf('@');
  return (
    <>
      <Email of={actor.email.slice(0, at)} />
      <wbr className="sp-email-break" />
      <span className="sp-t3">
        <Email of={actor.email.slice(at)} />
      </span>
    </>
  );
}

/** What comes from no address is the server's own work, such as the end of a rotation, and no stranger's. */
function nobodyKnown({ kind }: AuditRecord['actor'], address: string | null): string {
  return kind === 'anonymous' && !address ? 'the server' : 'unknown';
}
