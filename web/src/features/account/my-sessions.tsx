import { contract } from '@sallyport/contract';
import { useQuery } from '@tanstack/react-query';
import { reading } from '../../lib/reading.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { SessionList } from '../sessions/session-list.tsx';
import { EndSession } from './end-session.tsx';

/** The browsers that are signed in as you. */
export function MySessions() {
  const list = useQuery(reading(contract.identity.listMySessions));
  const sessions = list.data?.items.filter((session) => session.kind === 'session');
  return (
    <section aria-label="Sessions">
      <h2>Where you are signed in</h2>
      {list.error ? (
        <ErrorState
          error={list.error}
          title="Your sessions could not be loaded."
          retry={() => void list.refetch()}
        />
      ) : sessions ? (
        <SessionList sessions={sessions} action={(session) => <EndSession session={session} />} />
      ) : (
        <SkeletonLines lines={2} height={52} />
      )}
    </section>
  );
}
