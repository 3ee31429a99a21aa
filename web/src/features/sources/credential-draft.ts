import type { Credential, Engine } from '@sallyport/contract';

export type CredentialKind = Credential['kind'];

/** The fields of a credential as they are typed. It lives in the page only until it is sent. */
export interface CredentialDraft {
  readonly kind: CredentialKind;
  readonly user: string;
  readonly password: string;
  readonly token: string;
  readonly in: 'header' | 'query';
  readonly name: string;
  readonly value: string;
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scope: string;
  readonly audience: string;
}

export const credentialNames: Record<Exclude<CredentialKind, 'password'>, string> = {
  none: 'None',
  basic: 'User and password',
  bearer: 'Bearer token',
  'api-key': 'API key',
  'oauth2-client-credentials': 'OAuth 2, client credentials',
};

export const emptyCredential = (engine: Engine): CredentialDraft => ({
  kind: engine === 'rest' ? 'none' : 'password',
  user: '',
  password: '',
  token: '',
  in: 'header',
  name: '',
  value: '',
  tokenUrl: '',
  clientId: '',
  clientSecret: '',
  scope: '',
  audience: '',
});

/** What was typed, for another engine. A database has passwords only. */
export const credentialOfEngine = (
  draft: CredentialDraft,
  engine: Engine,
  before: Engine,
): CredentialDraft => ({
  ...draft,
  kind: (engine === 'rest') === (before === 'rest') ? draft.kind : emptyCredential(engine).kind,
});

export function credentialFrom(draft: CredentialDraft): Credential {
  switch (draft.kind) {
    case 'none':
      return { kind: 'none' };
    case 'password':
      return { kind: 'password', user: draft.user, password: draft.password };
    case 'basic':
      return { kind: 'basic', user: draft.user, password: draft.password };
    case 'bearer':
      return { kind: 'bearer', token: draft.token };
    case 'api-key':
      return { kind: 'api-key', in: draft.in, name: draft.name, value: draft.value };
    case 'oauth2-client-credentials':
      return {
        kind: 'oauth2-client-credentials',
        tokenUrl: draft.tokenUrl,
        clientId: draft.clientId,
        clientSecret: draft.clientSecret,
        ...(draft.scope === '' ? {} : { scope: draft.scope }),
        ...(draft.audience === '' ? {} : { audience: draft.audience }),
      };
  }
}
