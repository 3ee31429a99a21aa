import { IconLock } from '@tabler/icons-react';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { useEffect } from 'react';
import { SecondFactorNotice } from '../features/account/second-factor-notice.tsx';
import { useMe } from '../lib/session.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { Mark } from '../ui/mark.tsx';
import { PersonButton } from './person-button.tsx';
import './member-shell.css';

/** What a member has of the console. */
const OWN: readonly string[] = ['/', '/account'];

/** A member's frame: the organization, the account, and the page. */
export function MemberShell() {
  const me = useMe();
  const { pathname } = useLocation();
  return (
    <div className="sp-member">
      <header className="sp-member-head">
        <Link to="/" className="sp-row sp-b sp-member-name">
          <Mark size={20} />
          {me.organization.name}
        </Link>
        <span className="sp-end">
          <PersonButton compact />
        </span>
      </header>
      <main>
        <SecondFactorNotice />
        {OWN.includes(pathname) ? <Outlet /> : <NotTheirs />}
      </main>
    </div>
  );
}

/** Somebody passed on a link to a page of those who build or look after things. */
function NotTheirs() {
  useEffect(() => {
    document.title = 'No access · Sallyport';
  }, []);
  return (
    <EmptyState
      icon={<IconLock size={24} stroke={1.5} aria-hidden="true" />}
      title={<h1>You do not have access to this page</h1>}
      text="If you need it, ask an admin of your organization."
    >
      <LinkButton to="/" size="sm">
        Go to your apps
      </LinkButton>
    </EmptyState>
  );
}
