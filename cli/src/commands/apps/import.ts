import { stat } from 'node:fs/promises';
import { AppBundle, contract } from '@sallyport/contract';
import { Command } from 'commander';
import { readFolder } from '../../app-folder/read-folder.ts';
import { request } from '../../client.ts';
import { type ConnectionOptions, connectionOf, withConnection } from '../../connection.ts';
import { print } from '../../print.ts';
import { readText } from '../../read-text.ts';
import { findApp } from './find-app.ts';
import { loadFolder } from './folder-on-disk.ts';

/** `sallyport apps import DIR|FILE [--app APP]`: a new app, or the draft of one that there is. */
export function importCommand(): Command {
  return withConnection(new Command('import'))
    .description('make an app from a folder or a JSON bundle, or replace the draft of one')
    .argument('<path>', 'a folder, or a file with a bundle')
    .option('--app <app>', 'replace the draft of this app')
    .option('--replace', 'with --app: also a draft that changed since you last exported or imported it')
    .action(async (path: string, options: ConnectionOptions & { app?: string; replace?: true }) => {
      if (options.replace === true && options.app === undefined)
        throw new Error('--replace goes with --app: say whose draft it replaces.');
      const connection = connectionOf(options);
      const bundle = await readBundle(path);
      const appId = options.app === undefined ? undefined : (await findApp(connection, options.app)).id;
      const app = await request(connection, contract.apps.importApp, {
        body: { bundle, ...(appId === undefined ? {} : { appId, replace: options.replace === true }) },
      });
      print(`${app.name} (${app.slug}), ${app.id}`);
    });
}

async function readBundle(path: string): Promise<AppBundle> {
  if ((await stat(path)).isDirectory()) return readFolder(await loadFolder(path));
  const parsed = AppBundle.safeParse(parse(path, await readText(path)));
  if (parsed.success) return parsed.data as AppBundle;
  const issue = parsed.error.issues[0];
  throw new Error(`${path} is not a bundle: ${issue?.path.join('.')}: ${issue?.message}`);
}

/** Node's own sentence would show the beginning of the file, which may be a secret that was named by mistake. */
function parse(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${path} is not JSON. Give the folder of an app, or a bundle that was exported.`);
  }
}
