import type { AppRow, CatalogTable, EnvironmentName } from '@sallyport/contract';
import type { Call } from '../../kernel/call.ts';
import type { SourceId } from '../../kernel/ids.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { addApp, targetOf } from './create-app.ts';
import type { AppsDeps } from './deps.ts';
import { asAnswered } from './generate/as-answered.ts';
import { generateBundle } from './generate/generate-bundle.ts';
import { contentOf } from './import-app.ts';
import { rowOf } from './list-apps.ts';
import { refuse } from './refusals.ts';

interface Input {
  readonly name: string;
  readonly sourceId: string;
  readonly environment: EnvironmentName;
  readonly schema: string;
  readonly table: string;
}

/** Makes a working list, detail and edit app over one table of a source; it is a draft like any other. */
export async function generateApp(deps: AppsDeps, call: Call, input: Input): Promise<AppRow> {
  deps.access.authorise(call, 'app:edit');
  const sourceId = input.sourceId as SourceId;
  // Read anew: of a table that was changed since, columns would be missing from the app, or in it and not there.
  const named = await deps.catalog.tables(call, sourceId, input.environment, [input.table], true);
  const table = named.find((one) => one.schema === input.schema);
  const source = (await deps.sources(call.actor.organizationId)).find((one) => one.id === input.sourceId);
  if (table === undefined || source === undefined || source.engine === 'rest') {
    throw refuse('table_not_listed', { values: { table: `${input.schema}.${input.table}` } });
  }
  const { engine } = source;
  const writable = source.mode === 'read-write' ? 'yes' : 'no';
  const compiled = (of: CatalogTable) =>
    contentOf(
      deps,
      call,
      generateBundle({ name: input.name, source: source.slug, dialect: engine, writable, table: of }),
    );
  const made = async (of: CatalogTable) => {
    const content = await compiled(of);
    const result = Object.values(content.queries).flatMap((query) => query.compiled.result ?? []);
    const answered = asAnswered(of, result);
    return answered === of ? content : compiled(answered);
  };
  // A role of MySQL that may not delete is told of here alone. A rule of the database may stand in the place of a write, which
  // then counts nothing: the rows are still there to see, and what it leaves alone can be done with them.
  const content = await made(table).catch((error: unknown) =>
    made({ ...table, denied: [...(table.denied ?? []), ...deniedBy(error)] }),
  );
  const app = await deps.db.tenant(call.actor.organizationId, async (tx) => {
    const added = await addApp(tx, call, input.name, content);
    await deps.audit.record(tx, call, {
      event: 'apps.generated',
      target: targetOf(added),
      data: {
        name: added.name,
        source: source.slug,
        table: `${input.schema}.${input.table}`,
        queries: Object.keys(content.queries).length,
      },
    });
    return added;
  });
  return rowOf(deps, call, app);
}

const NEEDED = { create: 'insert', update: 'update', delete: 'delete' } as const;

/** What the writes need that did not compile; throws the error again where something else did not. */
function deniedBy(error: unknown): ('insert' | 'update' | 'delete')[] {
  if (!(error instanceof Refusal) || error.code !== 'app_document_invalid') throw error;
  return error.places.map(({ path }) => {
    const write = /^queries\.(create|update|delete)_/.exec(path ?? '')?.[1];
    if (write === undefined) throw error;
    return NEEDED[write as keyof typeof NEEDED];
  });
}
