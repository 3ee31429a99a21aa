import { contract } from '@sallyport/contract';
import { IconCheck, IconShieldCheck, IconShieldX } from '@tabler/icons-react';
import { may, useMe } from '../../lib/session.ts';
import { useRecord } from './use-record.ts';

/** The policies that decided, as the log has them; for those who may read the log. */
export function Why({ runId, refused }: { readonly runId: string; readonly refused: string | undefined }) {
  const me = useMe();
  const record = useRecord(runId);
  const allowed = record ? record.outcome !== 'refused' : refused === undefined;
  const Icon = allowed ? IconShieldCheck : IconShieldX;
  return (
    <>
      <h4>
        <Icon size={15} stroke={1.75} aria-hidden="true" />
        Why
        <span className={`sp-end sp-m ${allowed ? 'sp-ok' : 'sp-bad'}`}>{allowed ? 'Allow' : 'Refuse'}</span>
      </h4>
      <ul className="bd-why">
        {record?.policies.map((policy) => (
          <li key={policy}>
            <IconCheck size={14} stroke={2} className={allowed ? 'sp-ok' : 'sp-bad'} aria-hidden="true" />
            <span className="sp-m">{policy}</span>
          </li>
        ))}
        {refused && <li className="sp-bad">{refused}</li>}
        {!record && (
          <li className="sp-t3">
            {may(me, contract.audit.listAuditRecords)
              ? 'Not in the audit log yet.'
              : `Policy names are in the audit log, which your role (${me.role}) cannot read.`}
          </li>
        )}
      </ul>
    </>
  );
}
