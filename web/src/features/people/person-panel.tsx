import { contract } from '@sallyport/contract';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { may, useMe } from '../../lib/session.ts';
import { useChange } from '../../lib/use-change.ts';
import { allPeople } from '../../lib/whole-lists.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { DefinitionList } from '../../ui/definition-list.tsx';
import { Email } from '../../ui/email.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { initials } from '../../ui/initials.ts';
import { PanelSection, SidePanel } from '../../ui/side-panel.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { Time } from '../../ui/time.tsx';
import { notify, notifyError } from '../../ui/toast-store.ts';
import { PersonAccount } from './person-account.tsx';
import { PersonForm } from './person-form.tsx';
import { PersonSessions } from './person-sessions.tsx';

const route = getRouteApi('/signed-in/console/people/$id');

/** One person: role, groups, attributes, sessions, and the switch that ends their access. */
export function PersonPanel() {
  const me = useMe();
  const { id } = route.useParams();
  const navigate = route.useNavigate();
  const [confirming, setConfirming] = useState(false);
  const close = useCallback(() => void navigate({ to: '/people', search: (before) => before }), [navigate]);
  const list = useQuery(allPeople());
  const change = useChange(contract.identity.changePerson, {
    refreshes: [
      contract.identity.listPeople,
      contract.identity.listPersonSessions,
      contract.identity.listOrganizationSessions,
    ],
    onDone: (saved) => {
      setConfirming(false);
      notify(
        saved.disabled
          ? {
              tone: 'warn',
              title: `Access for ${saved.name} was turned off`,
              text: 'Their sessions and tokens here have ended.',
            }
          : { tone: 'ok', title: `${saved.name} can sign in again` },
      );
    },
    onRefused: (error) => {
      setConfirming(false);
      notifyError(error, 'Nothing was changed.');
    },
  });
  const person = list.data?.items.find((candidate) => candidate.id === id);
  if (!person) {
    return (
      <SidePanel label="Person" title={<h2>Person</h2>} onClose={close}>
        <div className="sp-ps">
          {list.error ? (
            <ErrorState error={list.error} retry={() => void list.refetch()} />
          ) : list.data ? (
            <EmptyState title="Person not found" />
          ) : (
            <SkeletonLines lines={6} />
          )}
        </div>
      </SidePanel>
    );
  }
  const self = person.id === me.person.id;
  const reason = may(me, contract.identity.changePerson)
    ? false
    : `Requires the “person:change” permission. Ask an admin of ${me.organization.name}.`;
  return (
    <SidePanel
      label={person.name}
      icon={
        <span className="sp-av" aria-hidden="true" style={{ width: 36, height: 36, fontSize: 12 }}>
          {initials(person.name)}
        </span>
      }
      title={<h2>{person.name}</h2>}
      subtitle={<Email of={person.email} />}
      actions={
        person.disabled ? (
          <Button
            size="sm"
            disabledReason={reason}
            busy={change.isPending && 'Turning on…'}
            onClick={() => change.mutate({ params: { id }, body: { disabled: false } })}
          >
            Turn on access
          </Button>
        ) : (
          <Button
            size="sm"
            tone="danger"
            disabledReason={reason || (self && 'You cannot turn off your own access.')}
            onClick={() => setConfirming(true)}
          >
            Turn off access…
          </Button>
        )
      }
      onClose={close}
    >
      <PanelSection>
        <DefinitionList
          items={[
            ['Access', person.disabled ? 'Turned off' : 'Active'],
            [
              'Two-factor',
              person.secondFactor ? (
                'On'
              ) : (
                <span key="f" className="sp-warn">
                  Off
                </span>
              ),
            ],
            ['Last seen', person.lastSeenAt ? <Time key="l" at={person.lastSeenAt} /> : 'Never'],
            ['Since', <Time key="s" at={person.createdAt} />],
            [
              'In the log',
              may(me, contract.audit.listAuditRecords) ? (
                <Link key="a" to="/audit" search={{ actorId: person.id }} className="sp-link">
                  Activity
                </Link>
              ) : undefined,
            ],
          ]}
        />
      </PanelSection>
      <PersonForm key={person.id} person={person} disabledReason={reason} />
      <PersonAccount key={`${person.id} account`} person={person} />
      <PersonSessions person={person} disabledReason={reason} />
      <ConfirmDialog
        opened={confirming}
        onClose={() => setConfirming(false)}
        title={`Turn off access for ${person.name}?`}
        confirm="Turn off access"
        danger
        busy={change.isPending && 'Turning off…'}
        onConfirm={() => change.mutate({ params: { id }, body: { disabled: true } })}
      >
        Their sessions and tokens in {me.organization.name} end within a second. You can turn access on again
        later.
      </ConfirmDialog>
    </SidePanel>
  );
}
