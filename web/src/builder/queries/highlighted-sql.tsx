const TOKEN =
  /('(?:[^']|'')*')|(\$\d+|\?)|(--[^\n]*)|\b(select|from|where|and|or|not|in|is|null|join|left|right|inner|outer|full|cross|on|as|order|group|by|having|limit|offset|insert|into|values|update|set|delete|returning|with|union|all|any|distinct|case|when|then|else|end|asc|desc|like|ilike|between|exists|using|over|partition|recursive|conflict|do|nothing|true|false|GET|POST|PUT|PATCH|DELETE)\b/gi;

/** A statement with its keywords, strings and binds in colour. */
export function HighlightedSql({ text }: { readonly text: string }) {
  const parts: React.ReactNode[] = [];
  let last = 0;
  for (const match of text.matchAll(TOKEN)) {
    if (match.index > last) parts.push(text.slice(last, match.index));
    const kind = match[1] ? 'bd-s' : match[2] ? 'bd-n' : match[3] ? 'sp-t3' : 'bd-k';
    parts.push(
      <span key={match.index} className={kind}>
        {match[0]}
      </span>,
    );
    last = match.index + match[0].length;
  }
  parts.push(text.slice(last));
  return <>{parts}</>;
}
