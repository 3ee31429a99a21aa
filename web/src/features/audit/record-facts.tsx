import type { AuditRecord } from '@sallyport/contract';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { fullTime } from '../../lib/when.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { DefinitionList } from '../../ui/definition-list.tsx';
import { PanelSection } from '../../ui/side-panel.tsx';
import { visibleJson } from './visible-json.ts';
import { Who } from './who.tsx';

function targetOf({ target }: AuditRecord): ReactNode | undefined {
  if (!target) return undefined;
  const name = target.name ?? target.id;
  if (target.kind === 'source')
    return (
      <Link to="/sources/$id/{-$environment}" params={{ id: target.id }} className="sp-link">
        {name}
      </Link>
    );
  if (target.kind === 'person')
    return (
      <Link to="/people/$id" params={{ id: target.id }} className="sp-link">
        {name}
      </Link>
    );
  if (target.kind === 'app')
    return (
      <Link to="/apps/$id/edit" params={{ id: target.id }} className="sp-link">
        {name}
      </Link>
    );
  return name;
}

/** Who, from where, on what, when. */
export function RecordFacts({
  record,
  linked,
}: {
  readonly record: AuditRecord;
  /** Whether its target is a thing of this organization, and can be gone to. */
  readonly linked: boolean;
}) {
  const { local, utc } = fullTime(record.at);
  return (
    <PanelSection>
      <DefinitionList
        items={[
          [
            'Who',
            <span key="w">
              <Who record={record} />
              {record.actor.via === 'token' && <span className="sp-t3">, by API token</span>}
            </span>,
          ],
          ['From', [record.address, record.device].filter(Boolean).join(', ') || undefined],
          ['On', linked ? targetOf(record) : (record.target?.name ?? record.target?.id)],
          [
            'When',
            <span key="t" className="sp-tn">
              {local}
              {utc !== local && (
                <>
                  <br />
                  <span className="sp-t3">{utc}</span>
                </>
              )}
            </span>,
          ],
          [
            'Request',
            <span key="r" className="sp-row sp-g4 sp-mono">
              {record.requestId}
              <CopyButton text={record.requestId} label="Copy request ID" />
            </span>,
          ],
        ]}
      />
    </PanelSection>
  );
}

/** Everything else that was recorded with it. */
export function RecordData({ record }: { readonly record: AuditRecord }) {
  if (Object.keys(record.data).length === 0) return null;
  return (
    <PanelSection>
      <h2 className="sp-section-head">Details</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled text must be reachable by keys */}
      <pre className="sp-codebox sp-mono sp-data" style={{ margin: 0 }} tabIndex={0}>
        {visibleJson(record.data)}
      </pre>
    </PanelSection>
  );
}
