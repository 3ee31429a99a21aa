import '../account/account.css';
import { getRouteApi, Link, Navigate } from '@tanstack/react-router';
import { PageHeader } from '../../ui/page-header.tsx';
import { ConstantsSection } from './constants-section.tsx';
import { OrganizationSection } from './organization-section.tsx';
import '../../ui/tab-bar.css';
import './settings.css';
import { VaultSection } from './vault-section.tsx';

const route = getRouteApi('/signed-in/console/settings/{-$section}');
const sections = [
  { section: 'constants', label: 'Constants' },
  { section: 'organization', label: 'Organization' },
  { section: 'vault', label: 'Vault' },
] as const;

/** Constants, the organization, and the keys. */
export function SettingsPage() {
  const { section } = route.useParams();
  if (!sections.some((each) => each.section === section))
    return <Navigate to="/settings/{-$section}" params={{ section: 'constants' }} replace />;
  return (
    <>
      <PageHeader title="Settings" />
      <nav className="sp-tab-bar" aria-label="Settings">
        {sections.map((each) => (
          <Link
            key={each.section}
            to="/settings/{-$section}"
            params={{ section: each.section }}
            aria-current={each.section === section ? 'page' : undefined}
          >
            {each.label}
          </Link>
        ))}
      </nav>
      <div className="sp-scroll">
        {section === 'organization' ? (
          <OrganizationSection />
        ) : section === 'vault' ? (
          <VaultSection />
        ) : (
          <ConstantsSection />
        )}
      </div>
    </>
  );
}
