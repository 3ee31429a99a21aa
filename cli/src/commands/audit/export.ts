import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { contract } from '@sallyport/contract';
import { Command } from 'commander';
import { requestStream } from '../../client.ts';
import { type ConnectionOptions, connectionOf, withConnection } from '../../connection.ts';
import { print } from '../../print.ts';

/** `sallyport audit export --out FILE`. The file appears when it is whole. */
export function exportCommand(): Command {
  return withConnection(new Command('export'))
    .description('write the organization’s whole log to a file')
    .option('--installation', 'the installation’s own log instead, for who operates it')
    .requiredOption('--out <file>', 'where to write')
    .action(async (options: ConnectionOptions & { out: string; installation?: true }) => {
      const draft = `${options.out}.part`;
      try {
        const { exportAudit, exportInstallationLog } = contract.audit;
        const route = options.installation === true ? exportInstallationLog : exportAudit;
        const body = await requestStream(connectionOf(options), route);
        await pipeline(body, createWriteStream(draft, { mode: 0o600 }));
        await rename(draft, options.out);
      } catch (error) {
        await rm(draft, { force: true });
        throw error;
      }
      print(`Written to ${options.out}. Check it: sallyport audit verify ${options.out} --key <public key>`);
    });
}
