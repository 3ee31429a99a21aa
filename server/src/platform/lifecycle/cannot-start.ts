/**
 * A reason not to start that was foreseen: a sentence on what is wrong, and what to do. Whatever else ends a start is a
 * fault, and the log shows where it comes from.
 */
export class CannotStart extends Error {
  /** It may be gone by itself, as a database that is away: then the start is tried again. */
  readonly mayPass: boolean;
  constructor(message: string, options?: ErrorOptions & { readonly mayPass?: boolean }) {
    super(message, options);
    this.name = 'CannotStart';
    this.mayPass = options?.mayPass ?? false;
  }
}
