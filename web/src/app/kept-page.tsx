import { useRouter } from '@tanstack/react-router';
import { type ComponentType, useEffect, useState, useSyncExternalStore } from 'react';
import { endedSession } from '../lib/ended-session.ts';
import { endSession } from '../lib/session.ts';

/** What stands over a page whose session has ended; where it cannot be loaded, the way leads to sign-in. */
export function KeptPage() {
  const router = useRouter();
  const ended = useSyncExternalStore(endedSession.subscribe, endedSession.read);
  const [SignInAgain, setSignInAgain] = useState<ComponentType>();
  useEffect(() => {
    if (!ended) return;
    import('./sign-in-again.tsx').then(
      (file) => setSignInAgain(() => file.SignInAgain),
      () => {
        endedSession.over();
        endSession();
        void router.navigate({ to: '/signin' });
      },
    );
  }, [ended, router]);
  return ended && SignInAgain ? <SignInAgain /> : null;
}
