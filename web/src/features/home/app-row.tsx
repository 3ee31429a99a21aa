import type { AppRow as App } from '@sallyport/contract';
import { IconChevronRight } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { initials } from '../../ui/initials.ts';
import { Time } from '../../ui/time.tsx';

const audienceOf = ({ audience }: App): string => {
  if (audience.everyone) return 'Everyone';
  return audience.groups.length > 0 ? audience.groups.join(', ') : 'Builders only';
};

/** One app of the list. The whole row opens it; what can be done with it stands at its end. */
export function AppRow({
  app,
  note,
  actions,
}: {
  readonly app: App;
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
}) {
  const name = <span className="sp-m sp-cut">{app.name}</span>;
  return (
    <li className="sp-app-row">
      <span className="sp-icon-tile sp-xs sp-b" aria-hidden="true">
        {initials(app.name)}
      </span>
      {app.release ? (
        <Link to="/a/$slug/{-$page}" params={{ slug: app.slug }} className="sp-main-link sp-col sp-cut">
          {name}
        </Link>
      ) : (
        <Link to="/apps/$id/edit" params={{ id: app.id }} className="sp-main-link sp-col sp-cut">
          {name}
        </Link>
      )}
      <span className={`sp-t2 sp-cut ${note === undefined ? 'sp-wide-only' : 'sp-app-note'}`}>{note}</span>
      <span className="sp-t3 sp-cut sp-wide-only sp-audience">{audienceOf(app)}</span>
      <span className="sp-t3 sp-tn sp-nw sp-wide-only" style={{ textAlign: 'right' }}>
        Changed <Time at={app.updatedAt} within />
      </span>
      <span className="sp-app-actions">
        {actions ?? <IconChevronRight size={16} stroke={1.75} aria-hidden="true" />}
      </span>
    </li>
  );
}
