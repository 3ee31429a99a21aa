import { contract } from '@sallyport/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';
import { may, useMe } from '../lib/session.ts';
import { allSources } from '../lib/whole-lists.ts';
import { Badge } from '../ui/badge.tsx';
import { Hint } from '../ui/hint.tsx';
import { navigation } from './navigation.ts';

/** How many sources fail or have a role that may too much. */
function useAttention(): number {
  const me = useMe();
  const sources = useQuery({
    ...allSources(),
    enabled: may(me, contract.sources.listSources),
    staleTime: 60_000,
  });
  return (sources.data?.items ?? []).filter(
    (source) =>
      !source.paused &&
      source.environments.some((e) => e.status === 'failing' || e.privileges?.exceeds === true),
  ).length;
}

export function NavigationRail() {
  const me = useMe();
  const attention = useAttention();
  let group: string | undefined;
  return (
    <nav className="sp-nav" aria-label="Main">
      {navigation.map((place) => {
        const head = place.group !== group ? place.group : undefined;
        group = place.group;
        const allowed = me.permissions.includes(place.action);
        const Icon = place.icon;
        const inside = (
          <>
            <Icon size={16} stroke={1.75} aria-hidden="true" />
            {place.label}
          </>
        );
        return (
          <Fragment key={place.to}>
            {head && <p className="sp-nav-group">{head}</p>}
            {allowed ? (
              <Link
                to={place.to}
                activeOptions={{ exact: place.to === '/', includeSearch: false }}
                activeProps={{ className: 'sp-on', 'aria-current': 'page' }}
              >
                {inside}
                {place.to === '/sources' && attention > 0 && (
                  <span className="sp-end" title={`${attention} need attention`}>
                    <Badge tone="warn" small>
                      {attention}
                    </Badge>
                  </span>
                )}
              </Link>
            ) : (
              <Hint
                text={`Requires the “${place.action}” permission. Ask an admin of ${me.organization.name}.`}
              >
                {/* biome-ignore lint/a11y/useValidAnchor: a place that is named but not open to this person */}
                <a role="link" aria-disabled="true" tabIndex={0} className="sp-closed">
                  {inside}
                </a>
              </Hint>
            )}
          </Fragment>
        );
      })}
    </nav>
  );
}
