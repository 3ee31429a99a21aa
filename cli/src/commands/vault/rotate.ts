import { setTimeout as sleep } from 'node:timers/promises';
import { Command, Option } from 'commander';
import { type Connection, request } from '../../client.ts';
import { type ConnectionOptions, connectionOf, withConnection } from '../../connection.ts';
import { FOUND_AMISS } from '../../exit-codes.ts';
import { print, tell } from '../../print.ts';
import { HOLDERS, type Holder, holdersFor, leftOver } from './holders.ts';

/** `sallyport vault rotate`: rotates every key that the person may, one after the other, until each has ended. */
export function rotateCommand(): Command {
  return withConnection(new Command('rotate'))
    .description('create new data keys and re-encrypt everything under them, while the server runs')
    .addOption(new Option('--only <whose>', 'rotate one key only').choices(Object.keys(HOLDERS)))
    .action(async (options: ConnectionOptions & { only?: Holder }) => {
      const connection = connectionOf(options);
      if (options.only !== undefined) return rotate(connection, options.only);
      const permitted = await holdersFor(connection, 'rotate');
      // Without any right the server says so, in its own words.
      for (const holder of permitted.length === 0 ? (['organization'] as const) : permitted)
        await rotate(connection, holder);
      if (!permitted.includes('installation'))
        tell(
          'Not covered: the installation’s own key, which seals second factors. An owner of the organization that set the server up rotates it.',
        );
    });
}

/** Starts a rotation, or follows the one that is running, until it has ended. */
async function rotate(connection: Connection, holder: Holder): Promise<void> {
  const { words, read, rotate: begin } = HOLDERS[holder];
  const before = await request(connection, read);
  const started = await request(connection, begin).catch((error: { code?: string }) => {
    if (error.code !== 'rotation_running') throw error;
    tell(`${words}: a rotation is already going on; following it.`);
    return undefined;
  });
  let shown = '';
  for (;;) {
    const { rotation, dataKeyId } = await request(connection, read);
    if (rotation === null) throw new Error('The server knows of no rotation.');
    const progress = `${words}: ${rotation.done} of ${rotation.total} re-sealed`;
    if (progress !== shown) tell(progress);
    shown = progress;
    if (rotation.finishedAt !== null && (started === undefined || rotation.id >= started.id)) {
      if (rotation.unopened > 0) {
        print(`${words}: ${rotation.done} sealed under ${dataKeyId}; ${leftOver(rotation.unopened)}`);
        process.exitCode = FOUND_AMISS;
        return;
      }
      const sealed = rotation.total > 0 ? 'everything is sealed' : 'nothing was sealed; what comes is';
      const replaced = rotation.total > 0 || !['', dataKeyId].includes(before.dataKeyId);
      print(`${words}: ${sealed} under ${dataKeyId}${replaced ? '; the old key was destroyed' : ''}.`);
      return;
    }
    await sleep(500);
  }
}
