import type { CompiledView, Manifest, Plan } from '@sallyport/contract';
import { canonicalHash, canonicalJson } from '../../kernel/canonical-json.ts';
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
      const was = old.get(name)?.compiled;
      const known = was?.statements ?? [];
      const gone = known.filter((statement) => !compiled.statements.includes(statement));
      const fresh = compiled.statements.filter((statement) => !known.includes(statement));
      // The same text at another source, with another value in a place of it, or other bounds on its rows, does another thing.
      const rebound =
        was !== undefined && boundTo(was) !== boundTo(compiled)
          ? compiled.statements.filter((statement) => known.includes(statement))
          : [];
      const change = (statement: string, replaces: string | null) => ({
        query: name,
        statement,
        effect: compiled.effect,
        replaces,
      });
      return [
        ...fresh.map((statement, i) => change(statement, gone[i] ?? null)),
        ...rebound.map((statement) => change(statement, statement)),
      ];
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
      const was = old.get(name)?.compiled;
      if (was === undefined) return [];
      const kept = new Set(compiled.arguments.filter(ours).map(({ expression }) => expression));
      const lost = was.arguments.some((argument) => ours(argument) && !kept.has(argument.expression));
      const sent = new Set(was.arguments.filter((one) => !ours(one)).map((one) => one.name));
      // An argument is named by its expression: where the server's value went, whatever is sent instead is told.
      return compiled.arguments
        .filter((argument) => lost && !ours(argument) && !sent.has(argument.name))
        .map((argument) => ({ query: name, argument: argument.name }));
    }),
    pagesChanged: [
      ...next.pages.filter((page) => oldPages.get(page.slug) !== page.hash).map((page) => page.slug),
      ...[...oldPages.keys()].filter((slug) => !next.pages.some((page) => page.slug === slug)),
    ],
  };
}

/** Whether the server alone knows the value. */
const ours = ({ origin }: CompiledView['arguments'][number]): boolean => origin !== 'user';

/**
 * What stands in each hole: of the server's values which one, of the sent ones only which of them and within what limits,
 * since a component that is renamed sends the same. And where it is asked, how many rows it may answer or change, and
 * whether a window may be put around it.
 */
function boundTo({ arguments: list, holes, sourceId, windowed, maxRows, expectRows }: CompiledView): string {
  const places = new Map(
    list.map((argument, i) => {
      const { name, expression, origin, ...limits } = argument;
      return [name, ours(argument) ? [origin, expression] : [i, canonicalJson(limits)]];
    }),
  );
  return JSON.stringify([
    sourceId,
    holes.map((hole) => places.get(hole.argument)),
    { windowed, maxRows, expectRows },
  ]);
}

function sorted<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}
