import { createRootRoute, type ErrorComponentProps, Outlet } from '@tanstack/react-router';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { Toasts } from '../ui/toast.tsx';

/** A page that failed: what, why, next. */
export function PageFailed({ error, reset }: ErrorComponentProps) {
  return (
    <main className="sp-grow">
      <ErrorState error={error} retry={reset} />
    </main>
  );
}

function NotFound() {
  return (
    <main className="sp-grow">
      <EmptyState
        title="There is nothing at this address"
        text="It may have been removed, or you may not see it."
      >
        <LinkButton to="/" size="sm">
          Go to your apps
        </LinkButton>
      </EmptyState>
    </main>
  );
}

export const rootRoute = createRootRoute({
  component: () => (
    <>
      <Outlet />
      <Toasts />
    </>
  ),
  errorComponent: PageFailed,
  notFoundComponent: NotFound,
});
