/** Where in the statement a syntax error (1064) stands, by what it quotes; undefined where that could be elsewhere too. */
export function syntaxPlace(statement: string, message: string): number | undefined {
  // How the servers quote what follows, in whatever language: `… near '? limit 5' at line 2`.
  const end = message.lastIndexOf("'");
  const quoted = message.slice(message.indexOf("'") + 1, end);
  const line = /^\D*(\d+)\D*$/.exec(message.slice(end + 1))?.[1];
  if (quoted === '' || line === undefined) return undefined;
  if (statement.endsWith(quoted)) return statement.length - quoted.length;
  // MariaDB puts dots where it cuts it.
  const rest = quoted.replace(/\.\.\.$/, '');
  const lines = statement.split('\n', Number(line));
  const named = lines[Number(line) - 1];
  if (named === undefined) return undefined;
  const last = lines.join('\n').length;
  const at = statement.indexOf(rest, last - named.length);
  const another = statement.indexOf(rest, at + 1);
  return at !== -1 && at <= last && (another === -1 || another > last) ? at : undefined;
}
