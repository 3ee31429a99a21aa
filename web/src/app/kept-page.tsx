import { useRouter } from '@tanstack/react-router';
import { type ComponentType, useEffect, useState, useSyncExternalStore } from 'react';
import { interruptedSession } from '../lib/interrupted-session.ts';
import { endSession } from '../lib/session.ts';

const coverings = {
  ended: () => import('./sign-in-again.tsx').then((file) => file.SignInAgain),
  changed: () => import('./changed-session.tsx').then((file) => file.ChangedSession),
};

/** What stands over a page whose session has ended or is another; where it cannot be loaded, the way leads to sign-in. */
export function KeptPage() {
  const router = useRouter();
  const why = useSyncExternalStore(interruptedSession.subscribe, interruptedSession.read)?.why;
  const [loaded, setLoaded] = useState<{ readonly why: string; readonly Covering: ComponentType }>();
  useEffect(() => {
    if (why === undefined) return;
    coverings[why]().then(
      (Covering) => setLoaded({ why, Covering }),
      () => {
        interruptedSession.over();
        endSession();
        void router.navigate({ to: '/signin' });
      },
    );
  }, [why, router]);
  return loaded !== undefined && loaded.why === why ? <loaded.Covering /> : null;
}
