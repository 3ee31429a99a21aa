interface Keys {
  readonly primaryKey: readonly string[];
  /** Sets of columns of which no two rows hold the same values; rows with a null aside. */
  readonly unique: readonly (readonly string[])[];
  /** Columns that always have a value. */
  readonly required: readonly string[];
}

/**
 * What tells the rows of a table apart, the best first: its primary key, then each unique key whose columns always have a
 * value, the narrowest first. The order of the rest is by their names: whoever asks gets the same one.
 */
export function rowKeys({ primaryKey, unique, required }: Keys): readonly (readonly string[])[] {
  const always = unique
    .filter((key) => key.every((column) => required.includes(column)))
    .sort((a, b) => a.length - b.length || (a.join() < b.join() ? -1 : 1));
  return primaryKey.length === 0 ? always : [primaryKey, ...always];
}
