/**
 * A reason not to start that was foreseen: a sentence on what is wrong, and what to do. Whatever else ends a start is a
 * fault, and the log shows where it comes from.
 */
export class CannotStart extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CannotStart';
  }
}
