import { compose } from '@sallyport/connectors/language/compose.ts';
import { type Outline, Uncompilable } from '@sallyport/connectors/language.ts';
import { ConnectorError, type Description } from '@sallyport/connectors/port.ts';
import type { EnvironmentName, QueryDocument } from '@sallyport/contract';
import type { Call } from '../../kernel/call.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { SourceSummary } from '../sources/index.ts';
import { type CompiledQuery, withHash } from './compiled-query.ts';
import type { GatewayDeps } from './deps.ts';
import { outlineOf } from './outline-of.ts';
import type { Pools } from './pools.ts';
import { refuse } from './refusals.ts';
import { relationsOf } from './relations-of.ts';
import { sourceRefusal } from './source-refusal.ts';

const BY_PREFERENCE: readonly EnvironmentName[] = ['development', 'staging', 'production'];

/**
 * Compiles a document against its source: reads it in the engine's language, asks the engine to describe each statement
 * without running it, and composes the form. Refuses with `query_not_compilable` and the places, or as the source does
 * when it cannot be reached.
 */
export async function compile(
  deps: GatewayDeps & { readonly pools: Pools },
  call: Call,
  document: QueryDocument,
): Promise<CompiledQuery> {
  try {
    const source = await sourceOf(deps, call, document);
    const outline = await outlineOf(source.engine === 'postgres' ? 'postgresql' : source.engine, document);
    if (outline.effect !== 'read' && source.mode === 'read') {
      throw new Uncompilable({
        path: 'source',
        message:
          `${source.name} is read-only, and this statement may write. ${outline.notes.join(' ')}`.trim(),
      });
    }
    const environment = BY_PREFERENCE.find((name) => source.environments.includes(name));
    if (environment === undefined) {
      throw new Uncompilable({ path: 'source', message: `${source.name} has no connection yet.` });
    }
    const descriptions =
      document.kind === 'rest' ? [] : await describe(deps, call, source, environment, outline);
    const relations = await relationsOf(deps, call, source.id, environment, outline);
    return withHash(compose(document, source.id, outline, { descriptions, relations }));
  } catch (error) {
    if (error instanceof Uncompilable) {
      throw refuse('query_not_compilable', { places: error.places, detail: error.message });
    }
    throw error;
  }
}

async function sourceOf(deps: GatewayDeps, call: Call, document: QueryDocument): Promise<SourceSummary> {
  const source = await deps.sources.bySlug(call.actor.organizationId, document.source).catch((error) => {
    if (!(error instanceof Refusal)) throw error;
    throw new Uncompilable({ path: 'source', message: error.row.title });
  });
  if ((source.engine === 'rest') !== (document.kind === 'rest')) {
    throw new Uncompilable({
      path: 'kind',
      message: `${source.name} accepts ${source.engine === 'rest' ? 'requests, not SQL' : 'SQL, not requests'}.`,
    });
  }
  return source;
}

/** The engine's own word on each statement: that it takes a bind at each hole, and what it answers (Q2, Q4, Q16). */
async function describe(
  deps: GatewayDeps & { readonly pools: Pools },
  call: Call,
  source: SourceSummary,
  environment: EnvironmentName,
  outline: Outline,
): Promise<Description[]> {
  const { pool } = await deps.pools.open(call, source.id, environment);
  const descriptions: Description[] = [];
  for (const [index, statement] of outline.statements.entries()) {
    let description: Description;
    try {
      description = await pool.describe(statement.text, outline.samples(index), call.actor.personId);
    } catch (error) {
      throw uncompilable(error, outline, index);
    }
    if (description.parameters.length !== statement.binds.length) {
      throw new Uncompilable({
        path: 'text',
        message: `The database sees ${description.parameters.length} values where the query has ${statement.binds.length}. It reads a string or a name in the query differently.`,
      });
    }
    descriptions.push(description);
  }
  return descriptions;
}

function uncompilable(error: unknown, outline: Outline, index: number): unknown {
  const about =
    error instanceof ConnectorError &&
    (error.code === 'source_refused_statement' || error.code === 'source_privilege_missing');
  if (!about) return sourceRefusal(error, true);
  const { hole, ...place } = placeOf(error, outline, index);
  const said = error.detail ?? 'The database rejected this statement.';
  return new Uncompilable({
    ...place,
    message: hole
      ? (error.plain ??
        `The database does not accept a value here: ${said} For a table, a column or a keyword, use a choice.`)
      : said,
  });
}

/** Where the engine points at, or the first place of the value that it is about. */
function placeOf(
  { position, parameter }: ConnectorError,
  outline: Outline,
  index: number,
): ReturnType<Outline['locate']> {
  if (position !== undefined) return outline.locate(index, position);
  const name = outline.statements[index]?.binds[(parameter ?? 0) - 1];
  const first = outline.holes.find((hole) => hole.argument === name);
  return first === undefined
    ? { path: 'text', hole: false }
    : { path: first.path, at: first.at, length: first.length, hole: true };
}
