import { contract } from '@sallyport/contract';
import { Command } from 'commander';
import { writeFolder } from '../../app-folder/write-folder.ts';
import { request } from '../../client.ts';
import { type ConnectionOptions, connectionOf, withConnection } from '../../connection.ts';
import { givenPath } from '../../given-path.ts';
import { print } from '../../print.ts';
import { findApp } from './find-app.ts';
import { replaceFolder } from './folder-on-disk.ts';

/** `sallyport apps export APP --dir DIR`: the draft as a folder of canonical text. */
export function exportCommand(): Command {
  return withConnection(new Command('export'))
    .description('export an app’s draft as a folder of text files')
    .argument('<app>', 'the app’s address (slug), id or name')
    .requiredOption(
      '--dir <folder>',
      'the folder to write; files that are no longer part of the app are removed',
      givenPath,
    )
    .option(
      '--replace',
      'overwrite files that changed since the last export or import, and those of another app',
    )
    .action(async (given: string, options: ConnectionOptions & { dir: string; replace?: true }) => {
      const connection = connectionOf(options);
      const app = await findApp(connection, given);
      const bundle = await request(connection, contract.apps.exportApp, { params: { id: app.id } });
      const files = await replaceFolder(
        options.dir,
        writeFolder(bundle),
        { server: connection.url, id: app.id },
        options.replace,
      );
      print(`${files} files in ${options.dir}`);
    });
}
