import type { AppBundle } from '@sallyport/contract';
import { Document, isMap, isPair, isScalar, Scalar, visit, type YAMLMap } from 'yaml';
import { sparseQuery, writtenComponent } from './omit-defaults.ts';

/** Path → text. Slashes in paths whatever the system. */
export type Folder = ReadonlyMap<string, string>;

/** F1: the canonical text of an app. */
export function writeFolder(bundle: AppBundle): Folder {
  const files = new Map<string, string>();
  const variables = Object.keys(bundle.variables).length === 0 ? {} : { variables: bundle.variables };
  files.set(
    'app.yaml',
    yamlOf({ format: bundle.format, name: bundle.name, home: bundle.home, ...variables }),
  );
  for (const [slug, page] of sorted(bundle.pages)) {
    const onLoad = page.onLoad.length === 0 ? {} : { onLoad: page.onLoad };
    const components = Object.fromEntries(
      sorted(page.components).map(([id, component]) => [id, writtenComponent(component)]),
    );
    files.set(
      `pages/${slug}/page.yaml`,
      yamlOf({ title: page.title, order: page.order, ...onLoad, components }),
    );
  }
  for (const [name, query] of sorted(bundle.queries)) {
    const { text, ...settings } = sparseQuery(query);
    const apart = typeof text === 'string' && !text.includes('\r');
    if (apart) files.set(`queries/${name}.sql`, `${text}\n`);
    // Line ends of a file belong to Git and to editors, so a carriage return that is the statement's own stands quoted.
    files.set(`queries/${name}.yaml`, yamlOf(apart || text === undefined ? settings : { ...settings, text }));
  }
  return files;
}

/** Free-form maps have their names sorted; maps of our own keep the order that they are written in above. */
const SORTED = new Set(['props', 'on', 'variables', 'arguments', 'choices']);

function yamlOf(value: object): string {
  const document = new Document(value, { aliasDuplicateObjects: false });
  visit(document, {
    Pair: (_key, pair) => {
      const name = isScalar(pair.key) ? String(pair.key.value) : '';
      if (name === 'layout' && isMap(pair.value)) pair.value.flow = true;
      if (SORTED.has(name) && isMap(pair.value)) sortMap(pair.value);
    },
    Scalar: (key, node) => {
      if (key !== 'key' && typeof node.value === 'string') node.type = styleOf(node.value);
    },
  });
  return document.toString({
    lineWidth: 0,
    flowCollectionPadding: true,
    // On several lines, a space that is alone on one would be lost.
    doubleQuotedMinMultiLineLength: Number.POSITIVE_INFINITY,
  });
}

/** Text of several lines as a block, which would lose spaces that stand alone; everything else as it is safest to read back. */
function styleOf(text: string): Scalar.Type {
  if (text.includes('\n') && text.trim() === '') return Scalar.QUOTE_DOUBLE;
  if (text.includes('\n')) return Scalar.BLOCK_LITERAL;
  return /[{}[\]#:&*!|>'"%@`]/.test(text) ? Scalar.QUOTE_SINGLE : Scalar.PLAIN;
}

function sortMap(map: YAMLMap): void {
  const nameOf = (item: unknown) => (isPair(item) && isScalar(item.key) ? String(item.key.value) : '');
  map.items.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

function sorted<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}
