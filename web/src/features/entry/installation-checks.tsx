import { contract } from '@sallyport/contract';
import { IconAlertCircleFilled, IconCircleCheckFilled, IconInfoCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { explainError } from '../../lib/explain-error.ts';
import { reading } from '../../lib/reading.ts';

type State = 'ok' | 'warn' | 'know';
const icons = { ok: IconCircleCheckFilled, warn: IconAlertCircleFilled, know: IconInfoCircle };

function Check({
  state,
  title,
  children,
}: {
  readonly state: State;
  readonly title: string;
  readonly children: ReactNode;
}) {
  const Icon = icons[state];
  return (
    <div className="sp-check">
      <Icon size={16} className={state === 'know' ? 'sp-t3' : `sp-${state}`} aria-hidden="true" />
      <span className="sp-m">{title}</span>
      <p>{children}</p>
    </div>
  );
}

/** What is true of this installation now, asked of the server, and what to know before going on. */
export function InstallationChecks() {
  const health = useQuery({ ...reading(contract.system.health), refetchInterval: 5_000 });
  const sealed = location.protocol === 'https:';
  return (
    <aside className="sp-installation" aria-label="This installation">
      <h2 style={{ fontSize: 14, lineHeight: '20px' }}>This installation</h2>
      <p className="sp-t3 sp-sm" style={{ margin: '2px 0 14px' }}>
        {health.data ? `Version ${health.data.version}, checked just now. ` : ''}Nothing leaves this machine.
      </p>
      {health.error ? (
        <Check state="warn" title={explainError(health.error).title.replace(/\.$/, '')}>
          Check the server’s output. This page checks again every five seconds.
        </Check>
      ) : (
        <Check
          state={health.data ? 'ok' : 'know'}
          title={health.data ? 'The database and the log are ready' : 'Checking the server'}
        >
          {health.data
            ? 'The database is responding and the audit log can be written. To use your own PostgreSQL, set DATABASE_URL.'
            : 'Checking that the database responds and the audit log can be written.'}
        </Check>
      )}
      <Check
        state={sealed ? 'ok' : 'know'}
        title={sealed ? 'Connected over HTTPS' : 'Reachable from this machine only'}
      >
        {sealed
          ? 'Nobody between you and the server can read your traffic.'
          : 'Plain HTTP is only available on this machine. Add a certificate before others use Sallyport.'}
      </Check>
      <Check state="know" title="Back up the root key">
        It is in the data folder. Without it, nobody can recover stored credentials.
      </Check>
      <Check state="know" title="What happens next">
        Set up two-factor authentication, connect a database, pick a table, and your first app is ready in
        about two minutes. Then invite people with a link.
      </Check>
      <div className="sp-check" style={{ display: 'block' }}>
        <span className="sp-t3 sp-sm">
          This page works once. It closes permanently when the owner is created.
        </span>
      </div>
    </aside>
  );
}
