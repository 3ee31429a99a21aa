import type { AppPages, Draft } from '@sallyport/contract';
import { namesIn } from './names-in.ts';
import { referencesOf } from './references.ts';

/** Who reads each name: components by their properties, queries by their arguments. */
export function readersOf(document: AppPages, queries: Draft['queries']): ReadonlyMap<string, string[]> {
  const readers = new Map<string, string[]>();
  const add = (names: readonly string[], reader: string) => {
    for (const name of new Set(names)) readers.set(name, [...(readers.get(name) ?? []), reader]);
  };
  for (const page of Object.values(document.pages)) {
    for (const [id, { props }] of Object.entries(page.components))
      add([...(typeof props.query === 'string' ? [props.query] : []), ...namesIn(props)], id);
  }
  for (const [name, { compiled }] of Object.entries(queries))
    add(
      compiled.arguments.flatMap(({ expression }) => referencesOf(expression).map((one) => one.name)),
      name,
    );
  return readers;
}
