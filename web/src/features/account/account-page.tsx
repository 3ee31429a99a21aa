import '../../theme/console.css';
import './account.css';
import { useMe } from '../../lib/session.ts';
import { DefinitionList } from '../../ui/definition-list.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { MySessions } from './my-sessions.tsx';
import { MyTokens } from './my-tokens.tsx';
import { PasswordSection } from './password-section.tsx';
import { SecondFactorSection } from './second-factor-section.tsx';

/** What is one's own: password, second step, sessions, API tokens. */
export function AccountPage() {
  const me = useMe();
  return (
    <>
      <PageHeader title="Your account" />
      <div className="sp-scroll">
        <div className="sp-account">
          <section aria-label="Who you are">
            <DefinitionList
              items={[
                ['Name', me.person.name],
                ['Email', me.person.email],
                ['Organization', `${me.organization.name}, as ${me.role}`],
                ['Groups', me.groups.length > 0 ? me.groups.join(', ') : 'None'],
              ]}
            />
          </section>
          <PasswordSection />
          <SecondFactorSection />
          <MySessions />
          <MyTokens />
        </div>
      </div>
    </>
  );
}
