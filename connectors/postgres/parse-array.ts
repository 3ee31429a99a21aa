type Nested = string | null | readonly Nested[];

/**
 * Reads PostgreSQL's text form of an array: `{1,NULL,"a \"b\""}`, nested, with or without `[1:2]=` bounds. Boxes, whose
 * own text has commas, stand between semicolons.
 */
export function parseArray(text: string, between: ',' | ';' = ','): readonly Nested[] {
  let at = text.indexOf('{');
  const list = (): Nested[] => {
    const items: Nested[] = [];
    at += 1;
    while (text[at] !== '}') {
      if (at >= text.length) throw new SyntaxError('unfinished array');
      if (text[at] === between) at += 1;
      else if (text[at] === '{') items.push(list());
      else if (text[at] === '"') items.push(quoted());
      else items.push(bare());
    }
    at += 1;
    return items;
  };
  const quoted = (): string => {
    let value = '';
    for (at += 1; text[at] !== '"'; at += 1) {
      if (at >= text.length) throw new SyntaxError('unfinished array');
      if (text[at] === '\\') at += 1;
      value += text[at];
    }
    at += 1;
    return value;
  };
  const bare = (): string | null => {
    const start = at;
    while (at < text.length && text[at] !== between && text[at] !== '}') at += 1;
    const value = text.slice(start, at);
    return value.toUpperCase() === 'NULL' ? null : value;
  };
  return list();
}
