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
    .description('write the organization’s whole log to a file')
    .option('--installation', 'the installation’s own log instead, for who operates it')
    .requiredOption('--out <file>', 'where to write', givenPath)
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
