/** One environment variable: what `docs/configuration.md` says of it, and how its text becomes a value. */
export interface Setting<T> {
  readonly name: string;
  /** What holds when it is not set, in words for the table. */
  readonly unset: string;
  readonly meaning: string;
  /** The form that is accepted, in words for the table and for the sentence of a refusal. */
  readonly form: string;
  /** Throws an `Error` whose message says what is wrong, and never holds a secret. */
  readonly parse: (text: string) => T;
}

/** Keeps the literal types of a setting. */
export function setting<T>(definition: Setting<T>): Setting<T> {
  return definition;
}
