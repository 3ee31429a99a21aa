import {
  createRootRoute,
  type ErrorComponentProps,
  lazyRouteComponent,
  Outlet,
} from '@tanstack/react-router';
import { Suspense, useSyncExternalStore } from 'react';
import { endedSession } from '../lib/ended-session.ts';
import { ErrorState } from '../ui/error-state.tsx';
import { FieldComplaints } from '../ui/field-complaints.tsx';
import { HintLayer } from '../ui/hint-layer.tsx';
import { Toasts } from '../ui/toast.tsx';

/** A page that failed: what, why, next. */
export function PageFailed({ error, reset }: ErrorComponentProps) {
  return (
    <main className="sp-grow">
      <ErrorState error={error} retry={reset} />
    </main>
  );
}

const SignInAgain = lazyRouteComponent(() => import('./sign-in-again.tsx'), 'SignInAgain');

/** What stands over a page whose session has ended. */
function KeptPage() {
  const ended = useSyncExternalStore(endedSession.subscribe, endedSession.read);
  return ended ? (
    <Suspense>
      <SignInAgain />
    </Suspense>
  ) : null;
}

export const rootRoute = createRootRoute({
  component: () => (
    <>
      <Outlet />
      <KeptPage />
      <HintLayer />
      <FieldComplaints />
      <Toasts />
    </>
  ),
  errorComponent: PageFailed,
  notFoundComponent: lazyRouteComponent(() => import('./not-found.tsx'), 'NotFound'),
});
