import { createRootRoute, type ErrorComponentProps, Outlet } from '@tanstack/react-router';
import { ErrorState } from '../ui/error-state.tsx';
import { FieldComplaints } from '../ui/field-complaints.tsx';
import { HintLayer } from '../ui/hint-layer.tsx';
import { Toasts } from '../ui/toast.tsx';
import { KeptPage } from './kept-page.tsx';
import { latePage } from './late-page.ts';

/** A page that failed: what, why, next. */
function PageFailed({ error, reset }: ErrorComponentProps) {
  return (
    <main className="sp-grow">
      <ErrorState error={error} retry={reset} />
    </main>
  );
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
  notFoundComponent: latePage(() => import('./not-found.tsx'), 'NotFound'),
});
