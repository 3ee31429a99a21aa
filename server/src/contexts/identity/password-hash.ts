import { createHash } from 'node:crypto';
import { type Algorithm, hash, hashRaw, verify } from '@node-rs/argon2';
import type { PersonId } from '../../kernel/ids.ts';
import { createLimiter } from '../../kernel/limiter.ts';
import type { Secret } from '../../kernel/secret.ts';
import { refuse } from './refusals.ts';

/** OWASP Password Storage Cheat Sheet: argon2id, m = 19 MiB, t = 2, p = 1. */
const OPTIONS = {
  algorithm: 2 satisfies Algorithm.Argon2id,
  memoryCost: 19_456,
  timeCost: 2,
  parallelism: 1,
};

export interface PasswordHasher {
  hash(password: Secret): Promise<string>;
  /** I2: without a hash (nobody of that e-mail) it takes the same time and answers no. */
  verify(hash: string | null, password: Secret): Promise<boolean>;
  /** One slow hash a try, found by equality: the salt is the person's own and fixed. */
  recoveryCode(person: PersonId, code: string): Promise<Buffer>;
}

/** A flood of sign-ins holds 19 MiB × `atOnce` and as many threads, and everything else goes on. */
export async function createPasswordHasher(limits = { atOnce: 2, waiting: 64 }): Promise<PasswordHasher> {
  const busy = () => refuse('sign_in_busy', { extra: { retryAfter: 2 } });
  const inTurn = createLimiter({ ...limits, busy });
  const nobody = await hash('nobody has this password', OPTIONS);
  return {
    hash: (password) => inTurn(() => hash(password.reveal(), OPTIONS)),
    verify: (stored, password) =>
      inTurn(async () => (await verify(stored ?? nobody, password.reveal())) && stored !== null),
    recoveryCode: (person, code) => {
      const salt = createHash('sha256').update(`sallyport recovery ${person}`).digest().subarray(0, 16);
      return inTurn(() => hashRaw(code, { ...OPTIONS, salt }));
    },
  };
}
