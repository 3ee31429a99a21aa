import type { SessionRow } from '@sallyport/contract';
import { IconDeviceDesktop, IconDeviceMobile, IconKey } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Badge } from '../../ui/badge.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Time } from '../../ui/time.tsx';
import { leavesKeys } from '../../ui/use-focus-return.ts';
import './sessions.css';

interface SessionListProps {
  readonly sessions: readonly SessionRow[];
  readonly action?: (session: SessionRow) => ReactNode;
}

function SessionIcon({ session }: { readonly session: SessionRow }) {
  const Icon =
    session.kind === 'token'
      ? IconKey
      : /iphone|android|mobile/i.test(session.device)
        ? IconDeviceMobile
        : IconDeviceDesktop;
  return (
    <span className="sp-icon-tile" aria-hidden="true">
      <Icon size={16} stroke={1.75} />
    </span>
  );
}

/** Browsers and tokens, with device, address and times. */
export function SessionList({ sessions, action }: SessionListProps) {
  if (sessions.length === 0) return <EmptyState title="Not signed in anywhere" />;
  return (
    <ul className="sp-sessions">
      {sessions.map((session) => (
        <li key={session.id} ref={leavesKeys} className="sp-row sp-g12">
          <SessionIcon session={session} />
          <span className="sp-col sp-grow sp-cut">
            <span className="sp-m sp-row sp-g6">
              <span className="sp-cut">{session.label ?? session.device}</span>
              {session.kind === 'token' && <Badge>Token</Badge>}
              {session.current && <Badge tone="accent">This session</Badge>}
            </span>
            <span className="sp-t3 sp-sm sp-tn sp-cut">
              {session.address}, last used <Time at={session.lastSeenAt} within />, expires{' '}
              <Time at={session.expiresAt} within />
            </span>
          </span>
          {action?.(session)}
        </li>
      ))}
    </ul>
  );
}
