import { contract } from '@sallyport/contract';
import { Command } from 'commander';
import { requestStream } from '../../client.ts';
import { type ConnectionOptions, connectionOf, withConnection } from '../../connection.ts';
import { givenPath } from '../../given-path.ts';
import { print } from '../../print.ts';
import { writeWhole } from '../../write-whole.ts';

/** `sallyport audit export --out FILE`. The file appears when it is whole. */
export function exportCommand(): Command {
  return withConnection(new Command('export'))
    .description('export the organization’s audit log to a file')
    .option(
      '--installation',
      'export the log of the installation instead (owners of the organization that operates it)',
    )
    .requiredOption('--out <file>', 'the file to write', givenPath)
    .action(async (options: ConnectionOptions & { out: string; installation?: true }) => {
      const connection = connectionOf(options);
      const { exportAudit, exportInstallationLog } = contract.audit;
      const route = options.installation === true ? exportInstallationLog : exportAudit;
      if (await writeWhole(options.out, () => requestStream(connection, route)))
        print(
          `Written to ${options.out}. Check it: npx sallyport audit verify ${quoted(options.out)} --key <public key>`,
        );
    });
}

/** As a shell takes it for one word. */
const quoted = (path: string): string =>
  /^[\w./@%+=:,-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
