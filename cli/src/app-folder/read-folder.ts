import { type AppBundle, isHeldByDouble, mayRound } from '@sallyport/contract';
import { isAlias, isMap, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import { checkBundle, TOO_DEEP } from './check-bundle.ts';
import type { Folder } from './write-folder.ts';

/** A folder that cannot be read, with the file and the line where a person should look. */
class FolderError extends Error {
  constructor(file: string, line: number | null, message: string) {
    super(`${file}${line === null ? '' : `:${line}`}: ${message}`);
    this.name = 'FolderError';
  }
}

const PAGE = /^pages\/([^/]+)\/page\.yaml$/;
const QUERY = /^queries\/([^/]+)\.(yaml|sql)$/;

/** F2, F3: the bundle that a folder holds. */
export function readFolder(files: Folder): AppBundle {
  const app = files.get('app.yaml');
  if (app === undefined)
    throw new FolderError('app.yaml', null, 'There is no app.yaml here, so this is not an app’s folder.');
  const pages: Record<string, unknown> = {};
  const queries: Record<string, Record<string, unknown>> = {};
  for (const [path, text] of files) {
    const page = PAGE.exec(path)?.[1];
    if (page !== undefined) pages[page] = readYaml(path, text);
    const [, query, kind] = QUERY.exec(path) ?? [];
    if (query === undefined) continue;
    if (kind === 'yaml') queries[query] = { ...readYaml(path, text), ...queries[query] };
    // The writer ends the file with one line end, which is not the statement's.
    else queries[query] = { ...queries[query], text: text.replace(/\r\n/g, '\n').replace(/\n$/, '') };
  }
  for (const [name, query] of Object.entries(queries)) {
    if (!files.has(`queries/${name}.yaml`))
      throw new FolderError(`queries/${name}.yaml`, null, `It is missing, and says how ${name}.sql runs.`);
    if (query.kind === 'sql' && query.text === undefined)
      throw new FolderError(`queries/${name}.sql`, null, `It is missing, and holds what ${name} runs.`);
  }
  const checked = checkBundle({ ...readYaml('app.yaml', app), pages, queries });
  if ('bundle' in checked) return checked.bundle;
  throw new FolderError(fileOf(checked.fault.path), null, checked.fault.message);
}

function readYaml(file: string, text: string): Record<string, unknown> {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    uniqueKeys: true,
    schema: 'core',
    strict: true,
  });
  const lineAt = (offset: number | undefined) => (offset === undefined ? null : lines.linePos(offset).line);
  const [error] = document.errors;
  if (error !== undefined) throw new FolderError(file, lineAt(error.pos[0]), sentenceOf(error.message));
  visit(document, {
    Node: (key, node) => {
      if (isAlias(node))
        throw new FolderError(
          file,
          lineAt(node.range?.[0]),
          'Aliases are not used here: write the value out.',
        );
      const written = isScalar(node) && typeof node.value === 'number' ? (node.source ?? '') : '';
      if (mayRound(written) && !isHeldByDouble(written))
        throw new FolderError(
          file,
          lineAt(node.range?.[0]),
          `The number ${written} would be rounded: write it as text, in quotes.`,
        );
      if (key === 'key' && !isScalar(node)) {
        throw new FolderError(
          file,
          lineAt(node.range?.[0]),
          "An expression must be quoted: write '{{ … }}' instead of {{ … }}.",
        );
      }
      return undefined;
    },
  });
  if (!isMap(document.contents)) throw new FolderError(file, 1, 'The file must hold names and values.');
  return document.toJS({ maxAliasCount: 0 }) as Record<string, unknown>;
}

/** The parser's first line, which names the place; that it calls itself too often is a word about itself. */
function sentenceOf(message: string): string {
  return message.startsWith('Maximum call stack') ? TOO_DEEP : (message.split('\n')[0] ?? 'not YAML');
}

function fileOf(path: readonly PropertyKey[]): string {
  const [part, name] = path;
  if (part === 'pages') return `pages/${String(name)}/page.yaml`;
  return part === 'queries' ? `queries/${String(name)}.yaml` : 'app.yaml';
}
