import { type AppBundle, type AppPages, contract } from '@sallyport/contract';
import { type Binding, handle } from '../../platform/http/binding.ts';
import { changeApp } from './change-app.ts';
import { createApp } from './create-app.ts';
import type { AppsDeps } from './deps.ts';
import { exportApp } from './export-app.ts';
import { generateApp } from './generate-app.ts';
import { getDraft } from './get-draft.ts';
import { importApp } from './import-app.ts';
import { listApps } from './list-apps.ts';
import { openApp } from './open-app.ts';
import { getManifest, planRelease } from './plan-release.ts';
import { listReleases, publish, rollBack } from './publish.ts';
import { removeApp } from './remove-app.ts';
import { savePages } from './save-pages.ts';
import { checkQuery, removeQuery, saveQuery } from './save-query.ts';

const { apps } = contract;

/** Compiling asks the source, which may take a minute: who may not do this any more by then has not done it. */
function asking(deps: AppsDeps): AppsDeps {
  const { compiler } = deps;
  const compile: typeof compiler.compile = async (call, document) => {
    const compiled = await compiler.compile(call, document);
    await call.assertStillAdmitted?.();
    return compiled;
  };
  return { ...deps, compiler: { ...compiler, compile } };
}

export function routes(given: AppsDeps): Binding[] {
  const deps = asking(given);
  return [
    handle(apps.listApps, (call, { query }) => listApps(deps, call, query)),
    handle(apps.createApp, (call, { body }) => createApp(deps, call, body)),
    handle(apps.generateApp, (call, { body }) => generateApp(deps, call, body)),
    handle(apps.importApp, (call, { body }) =>
      importApp(deps, call, { ...body, bundle: body.bundle as AppBundle }),
    ),
    handle(apps.exportApp, (call, { params }) => exportApp(deps, call, params.id)),
    handle(apps.changeApp, (call, { params, body }) => changeApp(deps, call, params.id, body)),
    handle(apps.removeApp, (call, { params }) => removeApp(deps, call, params.id)),
    handle(apps.getDraft, (call, { params }) => getDraft(deps, call, params.id)),
    handle(apps.savePages, (call, { params, body }) =>
      savePages(deps, call, params.id, { version: body.version, pages: body.pages as AppPages }),
    ),
    handle(apps.checkQuery, (call, { params, body }) => checkQuery(deps, call, params.id, body.document)),
    handle(apps.saveQuery, (call, { params, body }) =>
      saveQuery(deps, call, params.id, { name: params.name, ...body }),
    ),
    handle(apps.removeQuery, (call, { params }) => removeQuery(deps, call, params.id, params.name)),
    handle(apps.planRelease, (call, { params }) => planRelease(deps, call, params.id)),
    handle(apps.publish, (call, { params, body }) => publish(deps, call, params.id, body)),
    handle(apps.listReleases, (call, { params, query }) => listReleases(deps, call, params.id, query)),
    handle(apps.getManifest, (call, { params }) => getManifest(deps, call, params.id, params.hash)),
    handle(apps.rollBack, (call, { params, body }) => rollBack(deps, call, params.id, body.hash)),
    handle(apps.openApp, (call, { params }) => openApp(deps, call, params.slug)),
  ];
}
