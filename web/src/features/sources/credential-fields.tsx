import { Select, TextInput } from '@mantine/core';
import type { Engine } from '@sallyport/contract';
import { SecretInput } from '../../ui/secret-input.tsx';
import { type CredentialDraft, type CredentialKind, credentialNames } from './credential-draft.ts';

interface CredentialFieldsProps {
  readonly engine: Engine;
  readonly draft: CredentialDraft;
  readonly onChange: (draft: CredentialDraft) => void;
}
type Field = Exclude<keyof CredentialDraft, 'kind' | 'in'>;

/** The credential, write-only. */
export function CredentialFields({ engine, draft, onChange }: CredentialFieldsProps) {
  const field = (name: Field, label: string, required = true) => ({
    label,
    required,
    withAsterisk: false,
    value: draft[name],
    autoComplete: 'off',
    spellCheck: false,
    onChange: (event: { currentTarget: HTMLInputElement }) =>
      onChange({ ...draft, [name]: event.currentTarget.value }),
  });
  const secret = (name: Field, label: string, required = true, placeholder = '') => (
    <SecretInput
      {...field(name, label, required)}
      placeholder={placeholder}
      autoComplete="new-password"
      reveal={`Show: ${label}`}
    />
  );
  return (
    <>
      {engine === 'rest' && (
        <Select
          label="Authentication"
          data={Object.entries(credentialNames).map(([value, label]) => ({ value, label }))}
          value={draft.kind}
          onChange={(kind) => onChange({ ...draft, kind: (kind ?? 'none') as CredentialKind })}
          allowDeselect={false}
        />
      )}
      {(draft.kind === 'password' || draft.kind === 'basic') && (
        <>
          <TextInput
            {...field('user', engine === 'postgres' ? 'Role' : 'User')}
            placeholder={engine === 'rest' ? '' : 'sallyport_ro'}
          />
          {draft.kind === 'basic'
            ? secret('password', 'Password', false, 'Empty if the user is an API key')
            : secret('password', 'Password')}
        </>
      )}
      {draft.kind === 'bearer' && secret('token', 'Token')}
      {draft.kind === 'api-key' && (
        <>
          <div className="sp-row sp-g12" style={{ alignItems: 'flex-start' }}>
            <Select
              label="Sent in"
              w={140}
              data={[
                { value: 'header', label: 'A header' },
                { value: 'query', label: 'The query' },
              ]}
              value={draft.in}
              onChange={(value) => onChange({ ...draft, in: value === 'query' ? 'query' : 'header' })}
              allowDeselect={false}
            />
            <TextInput {...field('name', 'Name')} className="sp-grow" placeholder="X-Api-Key" />
          </div>
          {secret('value', 'Key')}
        </>
      )}
      {draft.kind === 'oauth2-client-credentials' && (
        <>
          <TextInput
            {...field('tokenUrl', 'Token URL')}
            placeholder="https://login.example.com/oauth/token"
          />
          <TextInput {...field('clientId', 'Client ID')} />
          {secret('clientSecret', 'Client secret')}
          <TextInput {...field('scope', 'Scope', false)} placeholder="Optional" />
          <TextInput {...field('audience', 'Audience', false)} placeholder="Optional" />
        </>
      )}
      {draft.kind !== 'none' && (
        <p className="sp-hint">It is encrypted when you save it. Nobody can read it again, including you.</p>
      )}
    </>
  );
}
