/** Messages that are made once for each key; for keys of which there are few. */
export class KeptMessages {
  readonly #messages = new Map<string, Buffer>();

  get(key: string, make: () => Buffer): Buffer {
    const known = this.#messages.get(key);
    if (known !== undefined) return known;
    const made = make();
    // In memory of its own: a small buffer otherwise keeps alive the 64 KB of the pool that it was cut from.
    const own = Buffer.alloc(made.length);
    made.copy(own);
    this.#messages.set(key, own);
    return own;
  }
}
