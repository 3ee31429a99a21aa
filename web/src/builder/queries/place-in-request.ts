const LISTS: Readonly<Record<string, string>> = {
  query: 'query parameters',
  headers: 'headers',
  'body.form': 'fields',
};
const FIELDS: Readonly<Record<string, string>> = {
  path: 'Path',
  rowsAt: 'Rows at',
  errorAt: 'Error at',
  body: 'Body',
};

/** A place in a request by the name that its field bears: of `query.0.name`, “Name 1 of query parameters”. */
export function placeInRequest(path: string): string {
  const [, list = '', at = '', part] =
    /^(query|headers|body\.form)\.(\d+)(?:\.(name|value))?$/.exec(path) ?? [];
  if (list !== '') return `${part === 'name' ? 'Name' : 'Value'} ${Number(at) + 1} of ${LISTS[list]}`;
  if (path.startsWith('answerHeaders.')) return 'Response headers';
  return FIELDS[path] ?? path;
}
