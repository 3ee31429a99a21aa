/** How the servers quote what follows, in whatever language: `… near '? limit 5' at line 2`. */
const QUOTED = /'([\s\S]+)'\D*(\d+)\D*$/;

/** Where in the statement a syntax error (1064) stands, by what it quotes; undefined where that could be elsewhere too. */
export function syntaxPlace(statement: string, message: string): number | undefined {
  const [, quoted, line] = QUOTED.exec(message) ?? [];
  if (quoted === undefined) return undefined;
  if (statement.endsWith(quoted)) return statement.length - quoted.length;
  // MariaDB puts dots where it cuts it.
  const rest = quoted.replace(/\.\.\.$/, '');
  const places: number[] = [];
  for (let at = statement.indexOf(rest); at !== -1; at = statement.indexOf(rest, at + 1)) {
    if (statement.slice(0, at).split('\n').length === Number(line)) places.push(at);
  }
  return places.length === 1 ? places[0] : undefined;
}
