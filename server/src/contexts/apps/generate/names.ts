/** A JavaScript identifier that reads like `name`, free among `taken`; it is added there. */
export function identifierOf(name: string, taken: Set<string>): string {
  const base =
    name
      .normalize('NFKD')
      .replace(/[\u0300-\u036f]/g, '')
      .replace(/[^A-Za-z0-9_]+/g, '_')
      .replace(/^(?=\d)/, '_')
      .slice(0, 50) || 'item';
  let free = base;
  for (let n = 2; taken.has(free); n++) free = `${base}_${n}`;
  taken.add(free);
  return free;
}

/** How an expression reads a column of a row: `row.status`, or `row["weird name"]`. */
export function member(row: string, column: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(column) ? `${row}.${column}` : `${row}[${JSON.stringify(column)}]`;
}

/** A name as the text of a component says it, where `{{` would begin an expression. */
export const spelled = (text: string): string => text.replaceAll('{{', "{{ '{{' }}");

/** A language's own names, which no expression may read (Q12): no hole can ask a row for such a column. */
export const canBeRead = (column: string): boolean =>
  column !== '__proto__' && column !== 'prototype' && column !== 'constructor';
