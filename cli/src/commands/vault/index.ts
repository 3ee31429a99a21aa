import { setTimeout as sleep } from 'node:timers/promises';
import { contract } from '@sallyport/contract';
import { Command } from 'commander';
import { request } from '../../client.ts';
import { type ConnectionOptions, connectionOf, withConnection } from '../../connection.ts';
import { print, tell } from '../../print.ts';

export function vaultCommand(): Command {
  return new Command('vault').description('the keys that seal credentials').addCommand(rotateCommand());
}

/** `sallyport vault rotate`: starts a rotation, or follows the one that is running, until it has ended. */
function rotateCommand(): Command {
  return withConnection(new Command('rotate'))
    .description('make a new data key and re-seal every credential under it, online')
    .action(async (options: ConnectionOptions) => {
      const connection = connectionOf(options);
      const started = await request(connection, contract.vault.rotateVault).catch(
        (error: { code?: string }) => {
          if (error.code !== 'rotation_running') throw error;
          tell('A rotation is already going on; following it.');
          return undefined;
        },
      );
      let shown = '';
      for (;;) {
        const { rotation, dataKeyId } = await request(connection, contract.vault.getVault);
        if (rotation === null) throw new Error('The server knows of no rotation.');
        const progress = `${rotation.done} of ${rotation.total} re-sealed`;
        if (progress !== shown) tell(progress);
        shown = progress;
        if (rotation.finishedAt !== null && (started === undefined || rotation.id >= started.id)) {
          print(`Everything is sealed under ${dataKeyId}; the old key was destroyed.`);
          return;
        }
        await sleep(500);
      }
    });
}
