import { contract } from '@sallyport/contract';
import { useRouter } from '@tanstack/react-router';
import { useSyncExternalStore } from 'react';
import { interruptedSession } from '../lib/interrupted-session.ts';
import { beginSession, resumeSession, useMe } from '../lib/session.ts';
import { useChange } from '../lib/use-change.ts';
import { Button } from '../ui/button.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { Mark } from '../ui/mark.tsx';
import { Covering } from './covering.tsx';

/**
 * Stands over a page that holds something when another tab went to another organization or signed somebody else in, and
 * hides it: what is sent from here would be sent as them. The same person may go back; the page below is kept for that.
 */
export function ChangedSession() {
  const router = useRouter();
  const before = useMe();
  const interruption = useSyncExternalStore(interruptedSession.subscribe, interruptedSession.read);
  const back = useChange(contract.identity.switchOrganization, {
    onDone: (me) => {
      if (!resumeSession(me)) interruptedSession.over();
    },
  });
  if (interruption?.why !== 'changed') return null;
  const { now } = interruption;
  const samePerson = now.person.id === before.person.id;
  const title = samePerson
    ? `You are now in ${now.organization.name}`
    : `${now.person.email} is signed in now`;
  const leave = () => {
    interruptedSession.over();
    beginSession(now);
    router.history.push('/');
  };
  const goBack = () =>
    back.mutate({
      body: { organizationId: before.organization.id },
      options: { csrfToken: now.csrfToken },
    });
  return (
    <Covering title={title}>
      <div className="sp-box sp-fields">
        <div className="sp-box-head">
          <Mark size={34} />
          <h1>{title}</h1>
          <p className="sp-t3">
            {samePerson
              ? `You switched organizations in another tab. This page belongs to ${before.organization.name}, and what you typed is kept.`
              : `Another account signed in from another tab. This page belongs to ${before.person.email}. To continue here, sign in as them in another tab.`}
          </p>
        </div>
        <FailureNote error={back.error} />
        {samePerson && (
          <Button
            tone="primary"
            size="lg"
            block
            busy={back.isPending && 'Switching…'}
            onClick={goBack}
            autoFocus
          >
            Go back to {before.organization.name}
          </Button>
        )}
        <Button tone={samePerson ? 'ghost' : 'primary'} block onClick={leave}>
          Leave this page
        </Button>
      </div>
    </Covering>
  );
}
