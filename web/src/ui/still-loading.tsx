import type { CSSProperties } from 'react';

/**
 * In the place of a page that is on its way, once that is slow: the words of `index.html`, which come before the app.
 * `waited` is how many milliseconds somebody has waited already.
 */
export const StillLoading = ({ waited = 0 }: { readonly waited?: number }) => (
  <p className="sp-late" style={{ '--sp-late': `${Math.max(0, 4_000 - waited)}ms` } as CSSProperties}>
    Still loading. If nothing happens, reload the page.
  </p>
);
