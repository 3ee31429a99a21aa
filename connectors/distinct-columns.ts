import { ConnectorError } from './port.ts';

/** Q16: a row is an object, in which a second column of one name would hide the first. */
export function assertDistinct(names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name))
      throw new ConnectorError('source_refused_statement', `Two columns are named ${name}. Rename one.`);
    seen.add(name);
  }
}
