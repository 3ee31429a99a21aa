import { Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Note } from '../../ui/note.tsx';
import { HeaderFields } from './header-fields.tsx';
import type { SettingsDraft } from './settings-draft.ts';

interface SettingsFieldsProps {
  readonly draft: SettingsDraft;
  readonly errors: Partial<Record<keyof SettingsDraft, string>>;
  readonly onChange: (draft: SettingsDraft) => void;
}

const mono = { input: { fontFamily: 'var(--sp-mono)', fontSize: 12.5 } };

/** Where a source is and how it is reached. */
export function SettingsFields({ draft, errors, onChange }: SettingsFieldsProps) {
  const rest = draft.engine === 'rest';
  const plain = rest && /^\s*http:/i.test(draft.baseUrl);
  const field = (name: 'host' | 'port' | 'database' | 'baseUrl' | 'testPath') => ({
    value: draft[name],
    error: errors[name],
    required: true,
    withAsterisk: false,
    autoComplete: 'off',
    spellCheck: false,
    styles: mono,
    onChange: (event: { currentTarget: HTMLInputElement }) =>
      onChange({ ...draft, [name]: event.currentTarget.value }),
  });
  return (
    <>
      {rest ? (
        <>
          <TextInput
            {...field('baseUrl')}
            label="Base URL"
            placeholder="https://api.example.com/v2"
            description="Requests from this source can only reach this host."
            inputWrapperOrder={['label', 'input', 'error', 'description']}
          />
          <TextInput
            {...field('testPath')}
            label="Test path"
            description="Requested under the base URL when you test the connection."
            inputWrapperOrder={['label', 'input', 'error', 'description']}
          />
          <HeaderFields
            headers={draft.headers}
            checked={errors.headers !== undefined}
            onChange={(headers) => onChange({ ...draft, headers })}
          />
        </>
      ) : (
        <>
          <div className="sp-row sp-g12" style={{ alignItems: 'flex-start' }}>
            <TextInput {...field('host')} className="sp-grow" label="Host" placeholder="db.internal" />
            <TextInput {...field('port')} label="Port" w={96} inputMode="numeric" />
          </div>
          <TextInput {...field('database')} label="Database" />
        </>
      )}
      {plain ? (
        <Note tone="warn" title="Anyone on the network can read the traffic, including the credential.">
          An http:// address has no TLS.
        </Note>
      ) : (
        <TlsFields draft={draft} onChange={onChange} />
      )}
    </>
  );
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i;

/** Whether the connection is encrypted, and by whose word the server is the one that it says. */
function TlsFields({ draft, onChange }: Pick<SettingsFieldsProps, 'draft' | 'onChange'>) {
  const [authority, setAuthority] = useState(draft.ca !== '');
  return (
    <>
      <Select
        label="TLS"
        data={[
          { value: 'verify', label: 'On, certificate and name verified' },
          { value: 'encrypt', label: 'On, certificate not verified' },
          ...(draft.engine === 'rest' ? [] : [{ value: 'off', label: 'Off' }]),
        ]}
        value={draft.tls}
        onChange={(value) => onChange({ ...draft, tls: (value ?? 'verify') as SettingsDraft['tls'] })}
        allowDeselect={false}
      />
      {draft.tls !== 'verify' &&
        (LOOPBACK.test(draft.host) ? (
          <Note title="The traffic does not leave Sallyport’s own machine.">
            This choice is recorded in the audit log.
          </Note>
        ) : (
          <Note
            tone="warn"
            title={
              draft.tls === 'off'
                ? 'Anyone on the network can read the traffic.'
                : 'Someone on the network could impersonate the server.'
            }
          >
            This choice is recorded in the audit log.
          </Note>
        ))}
      {draft.tls === 'verify' &&
        (authority ? (
          <Textarea
            label="CA certificate (PEM)"
            value={draft.ca}
            onChange={(event) => onChange({ ...draft, ca: event.currentTarget.value })}
            rows={4}
            styles={mono}
            spellCheck={false}
          />
        ) : (
          <button
            type="button"
            className="sp-linkish sp-sm"
            style={{ alignSelf: 'flex-start' }}
            onClick={() => setAuthority(true)}
          >
            Use a custom CA certificate
          </button>
        ))}
    </>
  );
}
