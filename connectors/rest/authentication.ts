import { type Credential, isKeyAsUser } from '@sallyport/contract';
import type { Dial } from '../port.ts';
import type { TlsChoice } from './http-door.ts';
import { tokenSource } from './token.ts';

/** What authentication adds to a request: nothing else does. */
export interface Proof {
  readonly headers: readonly (readonly [string, string])[];
  readonly query: readonly (readonly [string, string])[];
}

export interface Authentication {
  prove(): Promise<Proof>;
  /** The source said 401 to this: true when there is something new to try. */
  refused(proof: Proof): boolean;
  /** Secrets that came while it worked, which no message may hold either. */
  words(): readonly string[];
  close(): Promise<void>;
}

const fixed = (headers: Proof['headers'], query: Proof['query'] = []): Authentication => ({
  prove: async () => ({ headers, query }),
  refused: () => false,
  words: () => [],
  close: async () => undefined,
});

const bearer = (token: string): string => `Bearer ${token}`;

export function authentication(credential: Credential, dial: Dial, tls: TlsChoice): Authentication {
  switch (credential.kind) {
    case 'none':
      return fixed([]);
    case 'basic': {
      const pair = Buffer.from(`${credential.user}:${credential.password}`).toString('base64');
      return fixed([['authorization', `Basic ${pair}`]]);
    }
    case 'bearer':
      return fixed([['authorization', bearer(credential.token)]]);
    case 'api-key':
      return credential.in === 'header'
        ? fixed([[credential.name.toLowerCase(), credential.value]])
        : fixed([], [[credential.name, credential.value]]);
    case 'oauth2-client-credentials': {
      const tokens = tokenSource(credential, dial, tls);
      return {
        prove: async () => ({ headers: [['authorization', bearer(await tokens.get())]], query: [] }),
        refused: ({ headers }) => {
          tokens.drop((token) => headers.some(([, value]) => value === bearer(token)));
          return true;
        },
        words: () => tokens.words(),
        close: () => tokens.close(),
      };
    }
    case 'password':
      throw new TypeError('An HTTP source has no database user');
  }
}

/** In `Token abc` or `Token token="abc"`, as some APIs take a key, what comes last is the key. */
const keyWithin = (value: string): readonly string[] =>
  /\s/.test(value) ? (value.match(/[^\s="]+/g) ?? []).slice(-1) : [];

/** Every secret text of a credential, which no message may hold. */
export function secretWords(credential: Credential): string[] {
  switch (credential.kind) {
    case 'password':
      return [credential.password];
    case 'basic':
      return [
        isKeyAsUser(credential) ? credential.user : credential.password,
        Buffer.from(`${credential.user}:${credential.password}`).toString('base64'),
      ];
    case 'bearer':
      return [credential.token];
    case 'api-key':
      return [credential.value, encodeURIComponent(credential.value), ...keyWithin(credential.value)];
    case 'oauth2-client-credentials':
      return [credential.clientSecret];
    case 'none':
      return [];
  }
}
