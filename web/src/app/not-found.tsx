import { useEffect } from 'react';
import { LinkButton } from '../ui/link-button.tsx';
import { Mark } from '../ui/mark.tsx';

/** An address without a page, and the way home. */
export function NotFound() {
  useEffect(() => {
    document.title = 'Nothing here · Sallyport';
  }, []);
  return (
    <main className="sp-lost">
      <Mark size={34} />
      <h1>There is nothing at this address</h1>
      <p className="sp-t2">It may have been removed, or you may not see it.</p>
      <LinkButton to="/">Go to your apps</LinkButton>
    </main>
  );
}
