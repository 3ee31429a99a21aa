import { stat } from 'node:fs/promises';
import { type AppBundle, contract } from '@sallyport/contract';
import { Command } from 'commander';
import { checkBundle } from '../../app-folder/check-bundle.ts';
import type { KnownApp } from '../../app-folder/known-apps.ts';
import { parseJson } from '../../app-folder/parse-json.ts';
import { readFolder } from '../../app-folder/read-folder.ts';
import type { Folder } from '../../app-folder/write-folder.ts';
import { request } from '../../client.ts';
import { type ConnectionOptions, connectionOf, withConnection } from '../../connection.ts';
import { givenPath } from '../../given-path.ts';
import { print, tell } from '../../print.ts';
import { readText } from '../../read-text.ts';
import { findApp } from './find-app.ts';
import { loadFolder, notePrints } from './folder-on-disk.ts';

/** `sallyport apps import DIR|FILE [--app APP]`: a new app, or the draft of one that there is. */
export function importCommand(): Command {
  return withConnection(new Command('import'))
    .description('create an app from a folder or a JSON bundle, or replace the draft of an app')
    .argument('<path>', 'a folder, or a JSON bundle', givenPath)
    .option('--app <app>', 'replace the draft of this app')
    .option('--replace', 'with --app: replace the draft even if it changed since your last export or import')
    .action(async (path: string, options: ConnectionOptions & { app?: string; replace?: true }) => {
      if (options.replace === true && options.app === undefined)
        throw new Error('--replace requires --app: name the app whose draft to replace.');
      const connection = connectionOf(options);
      const folder = (await stat(path)).isDirectory() ? await loadFolder(path) : undefined;
      const bundle = folder === undefined ? await readBundle(path) : readFolder(folder);
      const appId = options.app === undefined ? undefined : (await findApp(connection, options.app)).id;
      const app = await request(connection, contract.apps.importApp, {
        body: { bundle, ...(appId === undefined ? {} : { appId, replace: options.replace === true }) },
      });
      print(`${app.name} (${app.slug}), ${app.id}`);
      const taken = new Map(folder);
      if (bundle.name !== app.name) {
        tell(
          `The app keeps its name ${app.name}: an import replaces a draft, and its name is no part of that.`,
        );
        taken.delete('app.yaml');
      }
      if (folder !== undefined) await note(path, taken, { server: connection.url, id: app.id });
    });
}

/** The import stands all the same where the folder may not be written, as in a checkout of a build. */
async function note(path: string, folder: Folder, app: KnownApp): Promise<void> {
  await notePrints(path, folder, app).catch((error: Error) =>
    tell(`That it was imported could not be noted for the next export. ${error.message}`),
  );
}

async function readBundle(path: string): Promise<AppBundle> {
  const checked = checkBundle(parseJson(path, await readText(path)));
  if ('bundle' in checked) return checked.bundle;
  throw new Error(`${path} is not a bundle: ${checked.fault.message}`);
}
