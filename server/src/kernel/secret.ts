import { inspect } from 'node:util';

/**
 * A plaintext credential while it is in memory (invariant 2). It cannot be logged, interpolated or serialised:
 * each of these throws or prints a placeholder. Only `reveal()` gives the value, and only a connector, the vault
 * or a hash function may call it.
 */
export class Secret<T = string> {
  readonly #value: T;
  constructor(value: T) {
    this.#value = value;
  }
  reveal(): T {
    return this.#value;
  }
  toJSON(): never {
    throw new TypeError('A Secret cannot be serialised.');
  }
  toString(): never {
    throw new TypeError('A Secret cannot be turned into text.');
  }
  [Symbol.toPrimitive](): never {
    throw new TypeError('A Secret cannot be turned into text.');
  }
  [inspect.custom](): string {
    return 'Secret(…)';
  }
}
