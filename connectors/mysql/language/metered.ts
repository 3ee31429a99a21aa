/** How often a parser may still look at its text. */
export interface Looks {
  left: number;
}

/** Some 0.7 s of a core. 5,000 words, the most that a statement may have, take a sixth of that, however they are read. */
const MOST = 4_000_000;
/** A comment and a string take some a character, whatever their words. */
const EACH_CHARACTER = 20;

export const looksAt = (text: string): Looks => ({ left: MOST + EACH_CHARACTER * text.length });

/**
 * A text that ends the work of a parser which looks at it too often. The one for MySQL reads a part of it anew for each way
 * to read what is around it: `cast(… as signed)` seven deep takes it 14 s, each further one six times as long, and nothing
 * else is served meanwhile. Looks are counted and not time, so that a text is always read alike (Q8).
 */
class Metered extends String {
  readonly #looks: Looks;

  constructor(text: string, looks: Looks) {
    super(text);
    this.#looks = looks;
  }

  override trim(): string {
    return asString(this);
  }

  override charAt(at: number): string {
    this.#look();
    return super.charAt(at);
  }

  override charCodeAt(at: number): number {
    this.#look();
    return super.charCodeAt(at);
  }

  override substr(from: number, length?: number): string {
    this.#look();
    return super.substr(from, length);
  }

  #look(): void {
    this.#looks.left -= 1;
    if (this.#looks.left < 0) throw new Error('looked at too often');
  }
}

/** The parser calls the methods of what it reads, and does not ask for its type. */
const asString = (text: Metered): string => text as unknown as string;

export const metered = (text: string, looks: Looks): string => asString(new Metered(text, looks));
