import { Link, Outlet } from '@tanstack/react-router';
import { SecondFactorNotice } from '../features/account/second-factor-notice.tsx';
import { useMe } from '../lib/session.ts';
import { Mark } from '../ui/mark.tsx';
import { PersonButton } from './person-button.tsx';
import './member-shell.css';

/** A member's frame: the organization, the account, and the page. */
export function MemberShell() {
  const me = useMe();
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
        <Outlet />
      </main>
    </div>
  );
}
