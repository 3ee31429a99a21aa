/** What is wrong with a value, in a sentence that names no value. */
export class ValueFault extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ValueFault';
  }
}
