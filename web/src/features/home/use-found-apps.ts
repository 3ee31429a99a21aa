import type { AppRow } from '@sallyport/contract';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { folded } from '../../lib/folded.ts';
import { inOrder } from '../../lib/in-order.ts';

/** The apps that match what is typed, by name; `openFirst` goes to the first. */
export function useFoundApps(apps: readonly AppRow[]) {
  const [text, setText] = useState('');
  const navigate = useNavigate();
  const found = useMemo(() => {
    const wanted = folded(text.trim());
    return apps
      .filter((app) => folded(`${app.name} ${app.slug}`).includes(wanted))
      .sort((a, b) => inOrder(a.name, b.name));
  }, [apps, text]);
  const openFirst = () => {
    const [first] = found;
    if (!first) return;
    if (first.release) void navigate({ to: '/a/$slug/{-$page}', params: { slug: first.slug } });
    else if (first.canEdit) void navigate({ to: '/apps/$id/edit', params: { id: first.id } });
  };
  return { text, setText, found, openFirst };
}
