import type { PersonActor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Db } from '../../platform/db/db.ts';
import type { Audit } from '../audit/index.ts';
import type { Vault } from '../vault/index.ts';
import type { PasswordHasher } from './password-hash.ts';
import type { PasswordRules } from './password-rules.ts';
import type { SessionLimits } from './session.ts';

/** What the use cases of this context are given; each names the part that it uses. */
export interface Deps {
  readonly db: Db;
  readonly audit: Pick<Audit, 'record' | 'append'>;
  readonly vault: Pick<Vault, 'seal' | 'open'>;
  readonly clock: Clock;
  readonly limits: SessionLimits;
  readonly hasher: PasswordHasher;
  readonly passwords: PasswordRules;
  /** Whether it is the first time in a minute that somebody of this key is refused for trying too often. */
  readonly firstInAWhile: (key: string) => boolean;
  /** `https://tools.example.com`, without a slash at the end: what links begin with. */
  readonly baseUrl: string;
  /** What policy permits a person in the organization at large; access gives it through compose.ts. */
  readonly permissionsOf: (actor: PersonActor) => string[];
}
