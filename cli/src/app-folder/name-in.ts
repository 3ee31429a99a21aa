import { parseDocument } from 'yaml';

/** The name of the app in the text of an `app.yaml`; empty when it has none. */
export function nameIn(text: string): string {
  const name = parseDocument(text, { schema: 'core' }).toJS({ maxAliasCount: 0 })?.name;
  return typeof name === 'string' ? name : '';
}
