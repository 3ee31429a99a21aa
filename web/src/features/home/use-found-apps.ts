import type { AppRow } from '@sallyport/contract';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { inOrder } from '../../lib/in-order.ts';
import { rankHits } from '../../lib/rank-hits.ts';

/** The apps that match what is typed, best first and by name; `openFirst` goes to the first. */
export function useFoundApps(apps: readonly AppRow[]) {
  const [text, setText] = useState('');
  const navigate = useNavigate();
  const found = useMemo(() => {
    const byName = apps.toSorted((a, b) => inOrder(a.name, b.name));
    return rankHits(byName, text, ({ name, slug }) => ({ name, note: slug }));
  }, [apps, text]);
  const openFirst = () => {
    const [first] = found;
    if (!first) return;
    if (first.release) void navigate({ to: '/a/$slug/{-$page}', params: { slug: first.slug } });
    else if (first.canEdit) void navigate({ to: '/apps/$id/edit', params: { id: first.id } });
  };
  return { text, setText, found, openFirst };
}
