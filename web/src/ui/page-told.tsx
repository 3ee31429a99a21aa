import { useEffect, useState } from 'react';

/** Reads the page's title out when another page opens: a browser does so for documents only. */
export function PageTold() {
  const [title, setTitle] = useState('');
  useEffect(() => {
    const titles = new MutationObserver(() => setTitle(document.title.split(' · ')[0] ?? ''));
    titles.observe(document.head, { childList: true, subtree: true });
    return () => titles.disconnect();
  }, []);
  return (
    <span aria-live="polite" className="sp-visually-hidden">
      {title}
    </span>
  );
}
