/** A type that stands before a literal, and before nothing else: `date '2026-01-01'`. */
const TYPE = /\b(date|timestamp|timestamptz|time|interval|uuid|jsonb?)\s*$/i;
/** What holds less tightly than `||`: a word, save `collate` and `at time zone`, and the end of what the literal is alone in. */
const BEFORE = /(?:^|[\w(,=])\s*$/;
const BEHIND = /^\s*(?:$|[),;]|(?!(?:collate|at)\b)[a-z_])/i;

export interface JoinedTexts {
  readonly text: string;
  /** The type that stood before the literal, and where; it is a cast behind the text now. */
  readonly type: { readonly name: string; readonly at: number } | null;
}

/**
 * What PostgreSQL takes in the place of a literal that is made of these parts, as one value where the literal was one:
 * `'{{ d }} 12:00'::timestamp` casts no second half alone. `before` and `behind`: the statement around the literal.
 */
export function joinedTexts(parts: readonly string[], before: string, behind: string): JoinedTexts {
  const joined = parts.join(' || ');
  const found = TYPE.exec(before);
  const alone = parts.length === 1 || (found === null && BEFORE.test(before) && BEHIND.test(behind));
  const text = alone ? joined : `(${joined})`;
  const name = found?.[1];
  return name === undefined
    ? { text, type: null }
    : { text: `${text}::${name}`, type: { name, at: found?.index ?? 0 } };
}
