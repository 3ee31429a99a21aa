import { contract, type Me } from '@sallyport/contract';
import { may } from '../../lib/session.ts';

const { audit } = contract;

/** The logs that can be read, each with its family of routes: the organization's, and the installation's own. */
export const logs = {
  organization: {
    list: audit.listAuditRecords,
    record: audit.getAuditRecord,
    checkpoint: audit.getCheckpoint,
    export: audit.exportAudit,
  },
  installation: {
    list: audit.listInstallationRecords,
    record: audit.getInstallationRecord,
    checkpoint: audit.getInstallationCheckpoint,
    export: audit.exportInstallationLog,
  },
} as const;
export type LogName = keyof typeof logs;

export const mayRead = (me: Me, log: LogName): boolean => may(me, logs[log].list);
