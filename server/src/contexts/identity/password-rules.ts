import { Worker } from 'node:worker_threads';
import { createLimiter, createLimiterOfEach } from '../../kernel/limiter.ts';
import type { Secret } from '../../kernel/secret.ts';
import { refuse } from './refusals.ts';

const SHORTEST = 10;
/** zxcvbn's scale: 3 withstands about 10^8 to 10^10 guesses. */
const WEAKEST_SCORE = 3;
const PATIENCE_MS = 10_000;
/** What people begin with who must have a long one, as "January2026!"; the dictionaries, of leaked passwords, rank it too low. */
const TRIED_FIRST = `sallyport password welcome changeme letmein admin administrator login secret company
  spring summer autumn fall winter january february march april may june july august september october november december
  monday tuesday wednesday thursday friday saturday sunday
  passwort kennwort motdepasse contraseña contrasena senha wachtwoord hasło haslo пароль`.split(/\s+/);

export interface PasswordOwner {
  readonly email: string;
  readonly name: string;
  readonly organization: string;
}

export interface PasswordRules {
  /** I1: refuses with `password_weak`, and says at `path` what is the matter. */
  assertStrong(password: Secret, owner: PasswordOwner, path: string): Promise<void>;
}

/**
 * One judgement at a time: each is a thread with 30 MB of dictionaries, for up to a second. And one of a person's, so that
 * nobody takes all the places of those who wait.
 */
export function createPasswordRules(): PasswordRules {
  const busy = () => refuse('sign_in_busy', { extra: { retryAfter: 2 } });
  const inTurn = createLimiter({ atOnce: 1, waiting: 32, busy });
  const ofEach = createLimiterOfEach<string>({ atOnce: 1, waiting: 0, busy });
  return {
    assertStrong: async (password, owner, path) => {
      const message =
        plainlyWeak(password.reveal(), owner) ??
        (await ofEach(owner.email, () => inTurn(() => guessable(password, owner))));
      if (message === undefined) return;
      throw refuse('password_weak', { detail: message, places: [{ path, message }] });
    },
  };
}

/** What can be said without a dictionary. */
export function plainlyWeak(password: string, owner: PasswordOwner): string | undefined {
  if ([...password].length < SHORTEST) return `It must have at least ${SHORTEST} characters.`;
  const text = password.toLowerCase();
  const has = (part: string) => part.length >= 4 && text.includes(part.toLowerCase());
  if (has(owner.email) || has(owner.email.split('@')[0] ?? '')) return 'It contains your email address.';
  if (words(owner.name).some(has)) return 'It contains your name.';
  if (words(owner.organization).some(has)) return 'It contains the name of the organization.';
  return undefined;
}

async function guessable(password: Secret, owner: PasswordOwner): Promise<string | undefined> {
  const known = [...words(owner.email), ...words(owner.name), ...words(owner.organization), ...TRIED_FIRST];
  const score = await scoreOf(password.reveal(), known);
  return score >= WEAKEST_SCORE ? undefined : 'It is a common password or easy to guess.';
}

function words(text: string): string[] {
  return text.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 0);
}

function scoreOf(password: string, known: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./password-strength.worker.ts', import.meta.url), {
      workerData: { password, known },
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: 128 },
    });
    const late = setTimeout(() => void worker.terminate(), PATIENCE_MS);
    worker.once('message', (score: number) => resolve(score));
    worker.once('error', reject);
    worker.once('exit', () => {
      clearTimeout(late);
      reject(new Error('the password could not be judged in time'));
    });
  });
}
