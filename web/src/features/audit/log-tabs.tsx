import '../../ui/tab-bar.css';
import { Link } from '@tanstack/react-router';
import { useMe } from '../../lib/session.ts';
import { type LogName, mayRead } from './logs.ts';

/** Which log: this organization's, or the installation's own. Who may not read the second sees no choice. */
export function LogTabs({ log }: { readonly log: LogName }) {
  const me = useMe();
  if (log === 'organization' && !mayRead(me, 'installation')) return null;
  const tabs = [
    { name: 'organization', label: me.organization.name, search: { log: undefined } },
    { name: 'installation', label: 'Installation', search: { log: 'installation' } },
  ] as const;
  return (
    <nav className="sp-tab-bar sp-log-tabs" aria-label="Logs">
      {tabs.map(({ name, label, search }) => (
        // The address says which one is open: the link without a log is not the current one when there is one.
        <Link key={name} to="/audit" search={search} activeOptions={{ explicitUndefined: true }}>
          <span className="sp-cut">{label}</span>
        </Link>
      ))}
    </nav>
  );
}
