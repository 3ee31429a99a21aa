import type { Manifest, Plan } from '@sallyport/contract';
import { canonicalHash } from '../../kernel/canonical-json.ts';
import type { DraftContent } from './app.ts';
import type { QueryCompiler } from './deps.ts';
import { touchedDifference } from './touched-tables.ts';

/** Q10: everything that this content can do, enumerated; queries and pages by name. */
export function manifestOf(
  content: DraftContent,
  compiler: Pick<QueryCompiler, 'view'>,
  sourceNames: ReadonlyMap<string, string>,
): Manifest {
  return {
    queries: sorted(content.queries).map(([name, query]) => {
      const compiled = compiler.view(query.compiled);
      return { name, sourceName: sourceNames.get(compiled.sourceId) ?? query.document.source, compiled };
    }),
    pages: sorted(content.pages.pages).map(([slug, page]) => ({
      slug,
      title: page.title,
      hash: canonicalHash(page),
    })),
  };
}

type Difference = Pick<
  Plan,
  | 'newStatements'
  | 'removedStatements'
  | 'newTables'
  | 'newColumns'
  | 'newWrites'
  | 'becameUser'
  | 'pagesChanged'
>;

/** Q10: what `next` can do that `before` could not, and the reverse for statements. `before` is null for a first release. */
export function differenceOf(before: Manifest | null, next: Manifest): Difference {
  const old = new Map(before?.queries.map((query) => [query.name, query]) ?? []);
  const oldPages = new Map(before?.pages.map((page) => [page.slug, page.hash]) ?? []);
  const nextNames = new Set(next.queries.map((query) => query.name));
  return {
    newStatements: next.queries.flatMap(({ name, compiled }) => {
      const known = old.get(name)?.compiled.statements ?? [];
      const gone = known.filter((statement) => !compiled.statements.includes(statement));
      return compiled.statements
        .filter((statement) => !known.includes(statement))
        .map((statement, i) => ({
          query: name,
          statement,
          effect: compiled.effect,
          replaces: gone[i] ?? null,
        }));
    }),
    removedStatements: [...old.values()].flatMap(({ name, compiled }) => {
      const now = next.queries.find((query) => query.name === name)?.compiled.statements ?? [];
      const gone = compiled.statements.filter((statement) => !now.includes(statement));
      // What a new statement replaces is shown beside it, not twice.
      const replaced = nextNames.has(name)
        ? now.filter((statement) => !compiled.statements.includes(statement)).length
        : 0;
      return gone.slice(replaced).map((statement) => ({ query: name, statement }));
    }),
    ...touchedDifference(before, next),
    newWrites: next.queries
      .filter(
        ({ name, compiled }) =>
          compiled.effect !== 'read' && (old.get(name)?.compiled.effect ?? 'read') === 'read',
      )
      .map(({ name }) => name),
    becameUser: next.queries.flatMap(({ name, compiled }) => {
      const known = old.get(name)?.compiled.arguments;
      if (known === undefined) return [];
      return compiled.arguments
        .filter(
          (argument) =>
            argument.origin === 'user' &&
            known.some((was) => was.name === argument.name && was.origin !== 'user'),
        )
        .map((argument) => ({ query: name, argument: argument.name }));
    }),
    pagesChanged: [
      ...next.pages.filter((page) => oldPages.get(page.slug) !== page.hash).map((page) => page.slug),
      ...[...oldPages.keys()].filter((slug) => !next.pages.some((page) => page.slug === slug)),
    ],
  };
}

function sorted<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}
