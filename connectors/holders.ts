/** Who has which connections of a pool, and how many one may have at once: the rest stay for others. */
export class Holders<T extends object> {
  readonly #mostEach: number;
  readonly #holders = new Map<T, string>();
  readonly #held = new Map<string, number>();

  constructor(mostEach: number) {
    this.#mostEach = mostEach;
  }

  /** How many one has; none where they do not say who they are. */
  held(holder: string | undefined): number {
    return holder === undefined ? 0 : (this.#held.get(holder) ?? 0);
  }

  /** How many more one may have. */
  left(holder: string): number {
    return this.#mostEach - this.held(holder);
  }

  /** Those that do not say who they are may have as many as there are. */
  may(holder: string | undefined): boolean {
    return holder === undefined || this.left(holder) > 0;
  }

  /** One more, or one less, that is not there yet. */
  count(holder: string | undefined, by: 1 | -1): void {
    if (holder === undefined) return;
    const held = this.held(holder) + by;
    if (held === 0) this.#held.delete(holder);
    else this.#held.set(holder, held);
  }

  lend(connection: T, holder: string | undefined): T {
    this.count(holder, 1);
    if (holder !== undefined) this.#holders.set(connection, holder);
    return connection;
  }

  takeBack(connection: T): void {
    this.count(this.#holders.get(connection), -1);
    this.#holders.delete(connection);
  }
}
