import '../../ui/tab-bar.css';
import { contract, type EnvironmentName } from '@sallyport/contract';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useCallback } from 'react';
import { reading } from '../../lib/reading.ts';
import { may, useMe } from '../../lib/session.ts';
import { Badge } from '../../ui/badge.tsx';
import { environmentNames } from '../../ui/environment-badge.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Note } from '../../ui/note.tsx';
import { SidePanel } from '../../ui/side-panel.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { AddEnvironment } from './add-environment.tsx';
import { ConnectionPart } from './connection-part.tsx';
import { CredentialPart } from './credential-part.tsx';
import { EngineTile } from './engine-tile.tsx';
import { PauseButton } from './pause-button.tsx';
import { PrivilegePart } from './privilege-part.tsx';
import { SourceMenu } from './source-menu.tsx';
import { engineWithVersion, statusOf } from './source-rows.ts';
import { SourceStatusDot } from './source-status.tsx';
import { TestButton } from './test-button.tsx';

const route = getRouteApi('/signed-in/console/sources/$id/{-$environment}');
const order: readonly EnvironmentName[] = ['development', 'staging', 'production'];

/** One source beside the list: state, privileges, credential, connection, by environment. */
export function SourcePanel() {
  const { id, environment } = route.useParams();
  const navigate = route.useNavigate();
  const me = useMe();
  const query = useQuery(reading(contract.sources.getSource, { params: { id } }));
  const close = useCallback(() => void navigate({ to: '/sources', search: (before) => before }), [navigate]);
  const source = query.data;
  if (!source) {
    return (
      <SidePanel label="Source" title={<h2>Source</h2>} onClose={close}>
        <div className="sp-ps">
          {query.error ? (
            <ErrorState error={query.error} retry={() => void query.refetch()} />
          ) : (
            <SkeletonLines lines={8} />
          )}
        </div>
      </SidePanel>
    );
  }
  const places = order.flatMap((name) => source.environments.find((e) => e.environment === name) ?? []);
  const place = places.find((e) => e.environment === environment) ?? places.at(-1);
  const manage = may(me, contract.sources.changeSource);
  const reason = manage
    ? false
    : `Requires the “source:manage” permission. Ask an admin of ${me.organization.name}.`;
  return (
    <SidePanel
      label={source.name}
      icon={<EngineTile engine={source.engine} large />}
      title={<h2>{source.name}</h2>}
      subtitle={engineWithVersion(source.engine, place?.serverVersion ?? null)}
      actions={
        <>
          {place && (
            <TestButton
              sourceId={source.id}
              environment={place.environment}
              disabledReason={source.paused && 'This source is paused. Resume it first.'}
            />
          )}
          <PauseButton source={source} disabledReason={reason} />
          <SourceMenu source={source} disabledReason={reason} />
        </>
      }
      onClose={close}
    >
      <nav className="sp-tab-bar sp-env-tabs" aria-label="Environments">
        {places.map((each) => (
          <Link
            key={each.environment}
            to="/sources/$id/{-$environment}"
            params={{ id: source.id, environment: each.environment }}
            search={(before) => before}
            aria-current={each === place ? 'page' : undefined}
          >
            {environmentNames[each.environment]}
            {statusOf(source, each) === 'failing' && (
              <Badge tone="bad" small>
                fails
              </Badge>
            )}
          </Link>
        ))}
        {places.length < 3 && <AddEnvironment source={source} disabledReason={reason} />}
      </nav>
      {place && (
        <>
          <section className="sp-ps">
            <div className="sp-row">
              <SourceStatusDot status={statusOf(source, place)} />
              <Badge>{source.mode === 'read' ? 'Read-only' : 'Read and write'}</Badge>
              {source.engine !== 'rest' && (
                <span className="sp-end">
                  <Link
                    to="/sources/$id/$environment/catalog"
                    params={{ id: source.id, environment: place.environment }}
                    className="sp-link"
                  >
                    Browse tables
                  </Link>
                </span>
              )}
            </div>
            {place.lastError && statusOf(source, place) !== 'healthy' && (
              <div style={{ marginTop: 10 }}>
                <Note tone="bad" title={place.lastError.title}>
                  {place.lastError.detail} <span className="sp-t2">{place.lastError.next}</span>
                </Note>
              </div>
            )}
          </section>
          <PrivilegePart source={source} place={place} />
          <CredentialPart source={source} place={place} disabledReason={reason} />
          <ConnectionPart
            source={source}
            place={place}
            disabledReason={reason}
            removable={places.length > 1}
          />
        </>
      )}
    </SidePanel>
  );
}
