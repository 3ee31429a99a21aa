/** A statement or a part of one that only code wrote: values are binds, and text comes from template literals. */
export class Sql {
  readonly segments: readonly string[];
  readonly values: readonly unknown[];
  /** Set for hot statements: the driver then prepares it once a connection under this name. */
  readonly name: string | undefined;
  constructor(segments: readonly string[], values: readonly unknown[], name?: string) {
    this.segments = segments;
    this.values = values;
    this.name = name;
  }
  named(name: string): Sql {
    return new Sql(this.segments, this.values, name);
  }
  /** The text with `$1…$n` placeholders. */
  get text(): string {
    return this.segments.reduce((text, segment, i) => (i === 0 ? segment : `${text}$${i}${segment}`), '');
  }
}

/**
 * Builds a statement: sql`select * from t where id = ${id}`. A value becomes a bind; an `Sql` is spliced in.
 * There is no way to splice a string, which is the point.
 */
export function sql(strings: TemplateStringsArray, ...parts: readonly unknown[]): Sql {
  const segments: string[] = [strings[0] ?? ''];
  const values: unknown[] = [];
  parts.forEach((part, i) => {
    const after = strings[i + 1] ?? '';
    if (part instanceof Sql) {
      segments[segments.length - 1] += part.segments[0] ?? '';
      segments.push(...part.segments.slice(1));
      values.push(...part.values);
      segments[segments.length - 1] += after;
    } else {
      values.push(part);
      segments.push(after);
    }
  });
  return new Sql(segments, values);
}

/** Joins fragments, for lists of conditions or of rows. An empty list is an empty fragment. */
export function join(fragments: readonly Sql[], separator: ', ' | ' and ' | ' or '): Sql {
  return fragments.reduce(
    (all, one, i) => (i === 0 ? one : sql`${all}${raw(separator)}${one}`),
    new Sql([''], []),
  );
}

function raw(text: ', ' | ' and ' | ' or '): Sql {
  return new Sql([text], []);
}
