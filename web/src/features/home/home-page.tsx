import { latePart } from '../../ui/late-part.tsx';
import './home.css';
import { apps } from '@sallyport/contract';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { may, useMe } from '../../lib/session.ts';
import { allApps } from '../../lib/whole-lists.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { MemberHome } from './member-home.tsx';

const BuilderHome = latePart(() => import('./builder-home.tsx'), 'BuilderHome');

/** The apps: to open for everyone; to make and change for those who build. */
export function HomePage() {
  const me = useMe();
  const list = useQuery(allApps());
  useEffect(() => {
    document.title = `Apps · ${me.organization.name}`;
  }, [me.organization.name]);
  if (list.error)
    return (
      <ErrorState error={list.error} title="Apps could not be loaded." retry={() => void list.refetch()} />
    );
  if (!list.data) {
    return (
      <div className="sp-home">
        <SkeletonLines lines={6} height={50} />
      </div>
    );
  }
  return may(me, apps.createApp) ? (
    <BuilderHome apps={list.data.items} />
  ) : (
    <MemberHome apps={list.data.items} />
  );
}
