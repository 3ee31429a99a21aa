import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDatabase } from './open-database.ts';
import type { Config } from './platform/config/config.ts';
import { ConfigError } from './platform/config/config-error.ts';
import { certificateDoubt } from './platform/config/exposure.ts';
import { readConfig } from './platform/config/read-config.ts';
import { type Options, readOptions } from './platform/config/read-options.ts';
import { sayDatabaseLost } from './platform/db/database-away.ts';
import { CannotStart } from './platform/lifecycle/cannot-start.ts';
import { EXIT_FOR_NOW, EXIT_REFUSED } from './platform/lifecycle/exit-codes.ts';
import { sayFewFiles } from './platform/lifecycle/few-files.ts';
import { sayFullDisk } from './platform/lifecycle/full-disk.ts';
import { createLifecycle } from './platform/lifecycle/lifecycle.ts';
import { settleMemory } from './platform/lifecycle/settle-memory.ts';
import { stopOnSignals } from './platform/lifecycle/signals.ts';
import { openLog } from './platform/log/log.ts';

const PROJECT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

async function main(): Promise<void> {
  const say = (text: string) => process.stdout.write(`${text}\n`);
  // Whoever read the output has gone, as a collector of logs that is restarted, or the disk that it goes to is full: no
  // reason to end, or not to come up again.
  process.stdout.on('error', () => undefined);
  let config: Config;
  let options: Options;
  try {
    options = readOptions(process.argv.slice(2));
    config = readConfig(process.env, PROJECT);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    say(error.message);
    process.exit(EXIT_REFUSED);
  }
  const log = openLog(config.logLevel);
  const doubt = certificateDoubt(config);
  if (doubt !== undefined) log.warn({}, doubt);
  const lifecycle = createLifecycle(log);
  stopOnSignals(lifecycle, log, config.drainSeconds * 1_000);
  const onLost = (error: Error) => {
    log.error({ err: error }, 'PostgreSQL is lost');
    process.exit(1);
  };
  try {
    const spawned = Promise.withResolvers<void>();
    const opening = openDatabase({ config, log, lifecycle, onLost, onSpawned: spawned.resolve });
    await Promise.race([spawned.promise, opening]);
    // Loading the rest keeps one core busy for half a second; PostgreSQL comes up on another meanwhile.
    const { start } = await import('./compose.ts');
    const running = await start({
      config,
      log,
      lifecycle,
      place: await opening,
      onLost,
      demo: options.demo,
      web: join(PROJECT, 'web', 'dist'),
    });
    say(`\n  Sallyport is ready:  ${running.url.origin}`);
    if (running.setupLink !== null)
      say(
        `  Create the owner:    ${running.setupLink}\n  The link works once. Every start, of any node, prints a new one and voids the one before.`,
      );
    say('');
    settleMemory();
  } catch (thrown) {
    // Before the stop, which may make room.
    const error = sayDatabaseLost(
      sayFullDisk(sayFewFiles(thrown), {
        dataDirectory: config.dataDirectory,
        embedded: config.database.kind === 'embedded',
      }),
    );
    await lifecycle.stop();
    say(`Sallyport did not start. ${error instanceof Error ? error.message : String(error)}`);
    if (!(error instanceof CannotStart)) log.error({ err: error }, 'not started');
    process.exit(error instanceof CannotStart && error.mayPass ? EXIT_FOR_NOW : EXIT_REFUSED);
  }
}

await main();
