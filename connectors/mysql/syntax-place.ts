/** How the servers quote what follows, in whatever language, with dots where MariaDB cuts it: `… near '? limit 5' at line 2`. */
const QUOTED = /'([\s\S]+?)(\.\.\.)?'\D*(\d+)\D*$/;

/** Where in the statement a syntax error (1064) stands, by what it quotes; undefined where that could be elsewhere too. */
export function syntaxPlace(statement: string, message: string): number | undefined {
  const [, rest, , line] = QUOTED.exec(message) ?? [];
  if (rest === undefined) return undefined;
  if (statement.endsWith(rest)) return statement.length - rest.length;
  const places: number[] = [];
  for (let at = statement.indexOf(rest); at !== -1; at = statement.indexOf(rest, at + 1)) {
    if (statement.slice(0, at).split('\n').length === Number(line)) places.push(at);
  }
  return places.length === 1 ? places[0] : undefined;
}
