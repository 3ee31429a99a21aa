import { useEffect } from 'react';
import { LinkButton } from '../ui/link-button.tsx';
import { Mark } from '../ui/mark.tsx';

/** An address without a page, and the way home. */
export function NotFound() {
  useEffect(() => {
    document.title = 'Not found · Sallyport';
  }, []);
  return (
    <main className="sp-lost">
      <Mark size={34} />
      <h1>Page not found</h1>
      <p className="sp-t2">It may have been removed, or you may not have access to it.</p>
      <LinkButton to="/">Go to your apps</LinkButton>
    </main>
  );
}
