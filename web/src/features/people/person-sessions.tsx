import { contract, type PersonRow } from '@sallyport/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { reading } from '../../lib/reading.ts';
import { useChange } from '../../lib/use-change.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { SectionHead } from '../../ui/section-head.tsx';
import { PanelSection } from '../../ui/side-panel.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { notify } from '../../ui/toast-store.ts';
import { SessionList } from '../sessions/session-list.tsx';

/** Where a person is signed in, and the button that ends all of it. */
export function PersonSessions({
  person,
  disabledReason,
}: {
  readonly person: PersonRow;
  readonly disabledReason: string | false;
}) {
  const [asking, setAsking] = useState(false);
  const list = useQuery(reading(contract.identity.listPersonSessions, { params: { id: person.id } }));
  const end = useChange(contract.identity.revokePersonSessions, {
    refreshes: [contract.identity.listPersonSessions, contract.identity.listOrganizationSessions],
    onDone: () => {
      setAsking(false);
      notify({ tone: 'ok', title: `${person.name} was signed out everywhere` });
    },
  });
  const sessions = list.data?.items;
  return (
    <PanelSection>
      <SectionHead title="Sessions and tokens">
        <Button
          size="xs"
          disabledReason={disabledReason || (sessions?.length === 0 && 'There are no sessions to end.')}
          onClick={() => setAsking(true)}
        >
          End all…
        </Button>
      </SectionHead>
      {list.error ? (
        <ErrorState error={list.error} retry={() => void list.refetch()} />
      ) : sessions ? (
        <SessionList sessions={sessions} />
      ) : (
        <SkeletonLines lines={2} height={48} />
      )}
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={`End all sessions for ${person.name}?`}
        confirm="End all sessions"
        danger
        busy={end.isPending && 'Ending…'}
        error={end.error}
        onConfirm={() => end.mutate({ params: { id: person.id } })}
      >
        All their sessions and tokens in this organization end. They can sign in again.
      </ConfirmDialog>
    </PanelSection>
  );
}
