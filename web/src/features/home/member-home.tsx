import type { AppRow as App } from '@sallyport/contract';
import { IconApps, IconInfoCircle } from '@tabler/icons-react';
import { EmptyState } from '../../ui/empty-state.tsx';
import { AppList } from './app-list.tsx';
import { AppRow } from './app-row.tsx';

/** A member's apps. */
export function MemberHome({ apps }: { readonly apps: readonly App[] }) {
  if (apps.length === 0) {
    return (
      <div className="sp-home">
        <h1 className="sp-visually-hidden">Apps</h1>
        <EmptyState
          icon={<IconApps size={24} stroke={1.75} aria-hidden="true" />}
          title="No apps yet"
          text="To use an app, ask the person who runs it to give you access."
        />
      </div>
    );
  }
  return (
    <div className="sp-home">
      <h1 className="sp-visually-hidden">Apps</h1>
      <AppList apps={apps} which="you can open" row={(app) => <AppRow key={app.id} app={app} />} />
      <p className="sp-hint sp-row sp-g6" style={{ marginTop: 16 }}>
        <IconInfoCircle size={14} stroke={2} aria-hidden="true" />
        Missing something? Ask the person who runs the app to give you access.
      </p>
    </div>
  );
}
