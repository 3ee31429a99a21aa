import type { AppRow, EnvironmentName } from '@sallyport/contract';
import type { Call } from '../../kernel/call.ts';
import type { SourceId } from '../../kernel/ids.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { DraftContent } from './app.ts';
import { addApp, targetOf } from './create-app.ts';
import type { AppsDeps } from './deps.ts';
import { asAnswered } from './generate/as-answered.ts';
import { type GenerateInput, generateBundle } from './generate/generate-bundle.ts';
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
  const compiled = (more: Pick<GenerateInput, 'writable' | 'table'>) =>
    contentOf(
      deps,
      call,
      generateBundle({ name: input.name, source: source.slug, dialect: engine, ...more }),
    );
  const made = async (more: Parameters<typeof compiled>[0]) => {
    const content = await compiled(more);
    const result = Object.values(content.queries).flatMap((query) => query.compiled.result ?? []);
    const answered = asAnswered(more.table, result);
    return answered === more.table ? content : compiled({ ...more, table: answered });
  };
  const otherwise = (next: () => Promise<DraftContent>) => (error: unknown) => {
    if (error instanceof Refusal && error.code === 'app_document_invalid') return next();
    throw error;
  };
  const undeleted = { ...table, denied: [...(table.denied ?? []), 'delete' as const] };
  // A role of MySQL that may not delete is told of here alone. A rule of the database may stand in the place of a write, which
  // then counts nothing: the rows are still there to see.
  const content =
    source.mode === 'read-write'
      ? await made({ writable: 'yes', table })
          .catch(otherwise(() => made({ writable: 'yes', table: undeleted })))
          .catch(otherwise(() => made({ writable: 'refused', table })))
      : await made({ writable: 'no', table });
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
