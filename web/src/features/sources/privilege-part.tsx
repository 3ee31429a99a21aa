import type { SourceEnvironmentView, SourceView } from '@sallyport/contract';
import { IconAlertTriangle, IconCheck, IconX } from '@tabler/icons-react';
import { CopyField } from '../../ui/copy-field.tsx';
import { Note } from '../../ui/note.tsx';
import { SectionHead } from '../../ui/section-head.tsx';
import { PanelSection } from '../../ui/side-panel.tsx';
import { Time } from '../../ui/time.tsx';

function Has({ needed, has }: { readonly needed: boolean; readonly has: boolean }) {
  const icon = { size: 14, stroke: 2, 'aria-hidden': true } as const;
  if (needed === has) {
    return (
      <span className="sp-ok sp-row sp-g4">
        <IconCheck {...icon} />
        {has ? 'Granted' : 'Not granted'}
      </span>
    );
  }
  return (
    <span className={`${has ? 'sp-warn' : 'sp-bad'} sp-row sp-g4 sp-m`}>
      {has ? <IconAlertTriangle {...icon} /> : <IconX {...icon} />}
      {has ? 'Granted' : 'Not granted'}
    </span>
  );
}

/** What the role can do there, against what the mode needs, and the statements that take the surplus away. */
export function PrivilegePart({
  source,
  place,
}: {
  readonly source: SourceView;
  readonly place: SourceEnvironmentView;
}) {
  const report = place.privileges;
  if (source.engine === 'rest') return null;
  return (
    <PanelSection>
      {report?.exceeds && (
        <div style={{ marginBottom: 12 }}>
          <Note tone="warn" title="The role has more privileges than needed.">
            <span style={{ display: 'block' }}>
              The mode is {source.mode === 'read' ? 'read only' : 'read and write'}, but{' '}
              <span className="sp-mono">{report.role}</span> can do more.{' '}
              {source.mode === 'read' && 'Sallyport still refuses every write. '}
              {report.remedy
                ? 'Revoke the extra privileges in the database too.'
                : 'Use a role with fewer privileges.'}
            </span>
          </Note>
        </div>
      )}
      <SectionHead title="Privilege report">
        <span className="sp-t3 sp-sm">{place.checkedAt && <Time at={place.checkedAt} />}</span>
      </SectionHead>
      {report ? (
        <>
          <table className="sp-tb sp-privileges" aria-label={`Privileges of ${report.role}`}>
            <colgroup>
              <col />
              <col style={{ width: 86 }} />
              <col style={{ width: 102 }} />
            </colgroup>
            <tbody>
              {report.lines.map((line) => (
                <tr key={line.privilege}>
                  <td title={line.privilege}>{line.privilege}</td>
                  <td className="sp-t3">{line.needed ? 'Needed' : 'Not needed'}</td>
                  <td>
                    <Has {...line} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {report.remedy && (
            <div style={{ marginTop: 10 }}>
              <CopyField text={report.remedy} label="Copy statements" />
            </div>
          )}
        </>
      ) : (
        <p className="sp-t3">Not known yet. Test the connection to find out.</p>
      )}
    </PanelSection>
  );
}
