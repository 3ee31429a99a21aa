import type { SourceEnvironmentView, SourceView } from '@sallyport/contract';
import { IconLock } from '@tabler/icons-react';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { DefinitionList } from '../../ui/definition-list.tsx';
import { Note } from '../../ui/note.tsx';
import { SectionHead } from '../../ui/section-head.tsx';
import { PanelSection } from '../../ui/side-panel.tsx';
import { Time } from '../../ui/time.tsx';
import { CredentialDialog } from './credential-dialog.tsx';

interface CredentialPartProps {
  readonly source: SourceView;
  readonly place: SourceEnvironmentView;
  readonly disabledReason: string | false;
}

/** What is known of the credential: how it is sealed, what it is bound to, who set it. Never the value. */
export function CredentialPart({ source, place, disabledReason }: CredentialPartProps) {
  const [replacing, setReplacing] = useState(false);
  const { credential } = place;
  return (
    <PanelSection>
      <SectionHead icon={<IconLock size={15} stroke={1.75} aria-hidden="true" />} title="Credential">
        <Button size="xs" disabledReason={disabledReason} onClick={() => setReplacing(true)}>
          {credential ? 'Replace…' : 'Set…'}
        </Button>
      </SectionHead>
      {credential ? (
        <>
          <DefinitionList
            items={[
              [
                'Signs in as',
                credential.user === null ? undefined : (
                  <span key="u" className="sp-mono">
                    {credential.user}
                  </span>
                ),
              ],
              [
                'Encrypted with',
                <span key="s">
                  AES-256-GCM, key <span className="sp-mono">{credential.keyId}</span>, version{' '}
                  {credential.version}
                </span>,
              ],
              [
                'Bound to',
                <span key="b" className="sp-mono">
                  {credential.boundTo}
                </span>,
              ],
              [
                'Set',
                <span key="w">
                  <Time at={credential.setAt} /> by {credential.setBy}
                </span>,
              ],
            ]}
          />
          <p className="sp-hint" style={{ marginTop: 8 }}>
            Nobody can read it again, including you. If you change the host, you must enter a new credential.
          </p>
        </>
      ) : (
        <Note tone="warn" title="No credential.">
          It was never set, or it was deleted when the address changed. Queries fail until you set one.
        </Note>
      )}
      <CredentialDialog
        source={source}
        place={place}
        opened={replacing}
        onClose={() => setReplacing(false)}
      />
    </PanelSection>
  );
}
