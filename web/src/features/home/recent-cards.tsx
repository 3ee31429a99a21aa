import type { AppRow } from '@sallyport/contract';
import { Link } from '@tanstack/react-router';
import { recentApps } from '../../lib/recent-apps.ts';
import { useMe } from '../../lib/session.ts';
import { initials } from '../../ui/initials.ts';
import { Time } from '../../ui/time.tsx';

/** The four apps that this person opened last, when there are enough apps for that to help. */
export function RecentCards({ apps }: { readonly apps: readonly AppRow[] }) {
  const me = useMe();
  const recent = recentApps(me.person.id)
    .map(({ slug, at }) => ({ at, app: apps.find((app) => app.slug === slug && app.release) }))
    .filter((item) => item.app !== undefined)
    .slice(0, 4);
  if (recent.length === 0 || apps.length < 4) return null;
  return (
    <section aria-label="Recent">
      <div className="sp-list-head">
        <h2>Recent</h2>
      </div>
      <ul className="sp-recent">
        {recent.map(({ app, at }) => (
          <li key={app?.id}>
            <Link to="/a/$slug/{-$page}" params={{ slug: app?.slug ?? '' }}>
              <span className="sp-icon-tile sp-xs sp-b" aria-hidden="true">
                {initials(app?.name ?? '')}
              </span>
              <span className="sp-m sp-cut" style={{ display: 'block', marginTop: 12, fontSize: 14 }}>
                {app?.name}
              </span>
              <span className="sp-t3 sp-sm">
                Opened <Time at={at} within />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
