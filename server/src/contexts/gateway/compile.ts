import { castsOf, leftOut } from '@sallyport/connectors/language/cast-any.ts';
import { compose } from '@sallyport/connectors/language/compose.ts';
import type { Casts } from '@sallyport/connectors/language/render-sql.ts';
import { type Outline, Uncompilable } from '@sallyport/connectors/language.ts';
import { ConnectorError, type Description, type Pool } from '@sallyport/connectors/port.ts';
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
    const read = (casts?: Casts) =>
      outlineOf(source.engine === 'postgres' ? 'postgresql' : source.engine, document, casts);
    const written = await read();
    if (written.effect !== 'read' && source.mode === 'read') {
      throw new Uncompilable({
        path: 'source',
        message:
          `${source.name} is read-only, and this statement may write. ${written.notes.join(' ')}`.trim(),
      });
    }
    const environment = BY_PREFERENCE.find((name) => source.environments.includes(name));
    if (environment === undefined) {
      throw new Uncompilable({ path: 'source', message: `${source.name} has no connection yet.` });
    }
    const { outline, descriptions } =
      document.kind === 'rest'
        ? { outline: written, descriptions: [] }
        : await describe(deps, call, source, environment, { written, read });
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

/**
 * The engine's own word on each statement: that it takes a bind at each hole, and what it answers (Q2, Q4, Q16). Where it
 * cannot tell the type of a value that stands where any may, as in `{{ x }} is null or id = {{ x }}`, the value gets the
 * type that it has in other places.
 */
async function describe(
  deps: GatewayDeps & { readonly pools: Pools },
  call: Call,
  source: SourceSummary,
  environment: EnvironmentName,
  { written, read }: { readonly written: Outline; readonly read: (casts: Casts) => Promise<Outline> },
): Promise<{ readonly outline: Outline; readonly descriptions: readonly Description[] }> {
  const { pool } = await deps.pools.open(call, source.id, environment);
  const ask = (outline: Outline) => askEach(pool, call, outline);
  try {
    return { outline: written, descriptions: await ask(written) };
  } catch (error) {
    if (!(error instanceof Untyped)) throw error;
    const elsewhere = await read(leftOut(written));
    const said = await ask(elsewhere).catch(() => null);
    const casts = said && castsOf(written, elsewhere, said);
    if (casts === null) throw error;
    const outline = await read(casts);
    return { outline, descriptions: await ask(outline) };
  }
}

/** Of a value that stands where any type may. */
class Untyped extends Uncompilable {}

async function askEach(
  pool: Pick<Pool, 'describe'>,
  call: Call,
  outline: Outline,
): Promise<readonly Description[]> {
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
  const free = error.untyped && place.at !== undefined && outline.takesAny().has(place.at);
  return new (free ? Untyped : Uncompilable)({
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
