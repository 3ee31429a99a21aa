import type { AppRow, EnvironmentName } from '@sallyport/contract';
import type { Call } from '../../kernel/call.ts';
import type { SourceId } from '../../kernel/ids.ts';
import { addApp, targetOf } from './create-app.ts';
import type { AppsDeps } from './deps.ts';
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
  const catalog = await deps.catalog.read(call, input.sourceId as SourceId, input.environment);
  const table = catalog.tables.find((one) => one.schema === input.schema && one.name === input.table);
  const source = (await deps.sources(call.actor.organizationId)).find((one) => one.id === input.sourceId);
  if (table === undefined || source === undefined || source.engine === 'rest') {
    throw refuse('table_not_listed', { values: { table: `${input.schema}.${input.table}` } });
  }
  const bundle = generateBundle({
    name: input.name,
    source: source.slug,
    dialect: source.engine,
    writable: source.mode === 'read-write',
    table,
  });
  const content = await contentOf(deps, call, bundle);
  const app = await deps.db.tenant(call.actor.organizationId, async (tx) => {
    const made = await addApp(tx, call, input.name, content);
    await deps.audit.record(tx, call, {
      event: 'apps.generated',
      target: targetOf(made),
      data: {
        name: made.name,
        source: source.slug,
        table: `${input.schema}.${input.table}`,
        queries: Object.keys(content.queries).length,
      },
    });
    return made;
  });
  return rowOf(deps, call, app);
}
