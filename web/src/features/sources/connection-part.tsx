import { contract, type SourceEnvironmentView, type SourceView } from '@sallyport/contract';
import { IconNetwork, IconShieldCheck, IconShieldX } from '@tabler/icons-react';
import { useState } from 'react';
import { useChange } from '../../lib/use-change.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { DefinitionList } from '../../ui/definition-list.tsx';
import { environmentNames } from '../../ui/environment-badge.tsx';
import { SectionHead } from '../../ui/section-head.tsx';
import { PanelSection } from '../../ui/side-panel.tsx';
import { SettingsDialog } from './settings-dialog.tsx';
import { addressOf } from './source-rows.ts';

const tlsWords = {
  verify: 'On, certificate and name verified',
  encrypt: 'On, certificate not verified',
  off: 'Off',
} as const;

interface ConnectionPartProps {
  readonly source: SourceView;
  readonly place: SourceEnvironmentView;
  readonly disabledReason: string | false;
  readonly removable: boolean;
}

/** Where the source is, and which egress rule decided about that address. */
export function ConnectionPart({ source, place, disabledReason, removable }: ConnectionPartProps) {
  const [editing, setEditing] = useState(false);
  const [removing, setRemoving] = useState(false);
  const remove = useChange(contract.sources.removeSourceEnvironment, {
    refreshes: [contract.sources.listSources, contract.sources.getSource, contract.catalog.getCatalog],
    onDone: () => setRemoving(false),
  });
  const { settings, egress } = place;
  const plain = settings.engine === 'rest' && settings.baseUrl.startsWith('http:');
  const name = environmentNames[place.environment];
  return (
    <PanelSection>
      <SectionHead icon={<IconNetwork size={15} stroke={1.75} aria-hidden="true" />} title="Connection">
        <Button size="xs" disabledReason={disabledReason} onClick={() => setEditing(true)}>
          Change…
        </Button>
      </SectionHead>
      <DefinitionList
        items={[
          [
            settings.engine === 'rest' ? 'Base URL' : 'Host',
            <span key="a" className="sp-mono">
              {addressOf(place)}
            </span>,
          ],
          [
            'Database',
            settings.engine === 'rest' ? undefined : (
              <span key="d" className="sp-mono">
                {settings.database}
              </span>
            ),
          ],
          [
            'TLS',
            <span key="t" className={settings.tls === 'verify' && !plain ? '' : 'sp-warn'}>
              {plain ? 'Off, plain HTTP' : tlsWords[settings.tls]}
            </span>,
          ],
          [
            'Answers in',
            place.latencyMs === null ? undefined : (
              <span key="l" className="sp-tn">
                {place.latencyMs.toFixed(1)} ms
              </span>
            ),
          ],
          [
            'Egress',
            egress ? (
              <span key="e" className="sp-row sp-g4" style={{ alignItems: 'flex-start' }}>
                {egress.allowed ? (
                  <IconShieldCheck
                    size={15}
                    stroke={2}
                    className="sp-ok"
                    aria-label="Allowed"
                    style={{ marginTop: 2 }}
                  />
                ) : (
                  <IconShieldX
                    size={15}
                    stroke={2}
                    className="sp-bad"
                    aria-label="Refused"
                    style={{ marginTop: 2 }}
                  />
                )}
                <span>
                  {egress.allowed ? 'Allowed' : 'Refused'} by the rule{' '}
                  <span className="sp-mono">{egress.rule}</span>
                  {egress.address && (
                    <>
                      {' '}
                      for <span className="sp-mono">{egress.address}</span>
                    </>
                  )}
                  . <span className="sp-t3">{egress.reason}</span>
                </span>
              </span>
            ) : (
              <span key="e" className="sp-t3">
                Not tested yet
              </span>
            ),
          ],
        ]}
      />
      <div style={{ marginTop: 12 }}>
        <Button
          size="xs"
          tone="danger"
          disabledReason={disabledReason || (!removable && 'A source needs at least one environment.')}
          onClick={() => setRemoving(true)}
        >
          Remove {name}…
        </Button>
      </div>
      <SettingsDialog source={source} place={place} opened={editing} onClose={() => setEditing(false)} />
      <ConfirmDialog
        opened={removing}
        onClose={() => setRemoving(false)}
        title={`Remove ${name} of ${source.name}?`}
        confirm={`Remove ${name}`}
        danger
        busy={remove.isPending && 'Removing…'}
        error={remove.error}
        onConfirm={() => remove.mutate({ params: { id: source.id, environment: place.environment } })}
      >
        Its credential is deleted now. Apps that use it stop working.
      </ConfirmDialog>
    </PanelSection>
  );
}
