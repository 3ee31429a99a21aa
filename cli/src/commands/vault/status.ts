import { Command } from 'commander';
import { request } from '../../client.ts';
import { type ConnectionOptions, connectionOf, withConnection } from '../../connection.ts';
import { print } from '../../print.ts';
import { HOLDERS, holdersFor, leftOver } from './holders.ts';

/** `sallyport vault status`: which key seals how much, and how the newest rotation stands. */
export function statusCommand(): Command {
  return withConnection(new Command('status'))
    .description('show the data keys in use and the state of the last rotation')
    .action(async (options: ConnectionOptions) => {
      const connection = connectionOf(options);
      const permitted = await holdersFor(connection, 'read');
      for (const holder of permitted.length === 0 ? (['organization'] as const) : permitted) {
        const { words, read } = HOLDERS[holder];
        const { dataKeyId, sealedValues, rotation } = await request(connection, read);
        print(`${words}: ${sealedValues} sealed under ${dataKeyId || 'no key yet'}; ${standing(rotation)}.`);
        if (rotation !== null && rotation.unopened > 0) print(`${words}: ${leftOver(rotation.unopened)}`);
      }
    });
}

function standing(
  rotation: { startedAt: string; finishedAt: string | null; done: number; total: number } | null,
): string {
  if (rotation === null) return 'never rotated';
  if (rotation.finishedAt !== null) return `rotated ${rotation.finishedAt}`;
  return `a rotation goes on since ${rotation.startedAt}: ${rotation.done} of ${rotation.total}`;
}
