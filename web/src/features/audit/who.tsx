import type { AuditRecord } from '@sallyport/contract';

/** The actor: the part before the @ stands out. */
export function Who({ actor }: { readonly actor: AuditRecord['actor'] }) {
  if (actor.email === null) return <span className="sp-t2">{actor.name ?? 'unknown'}</span>;
  const at = actor.email.indexOf('@');
  return (
    <>
      {actor.email.slice(0, at)}
      <span className="sp-t3">{actor.email.slice(at)}</span>
    </>
  );
}
