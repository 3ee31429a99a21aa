import { Command } from 'commander';
import { runScript } from './run-script.ts';

/** `sallyport recover EMAIL`: the way back for a last owner, on the server's own machine and with its settings. */
export function recoverCommand(): Command {
  return new Command('recover')
    .description(
      'on the server’s own machine: print a link by which a person chooses a new password (for a last owner; others ask an admin)',
    )
    .argument('<email>', 'whose password')
    .option(
      '--remove-second-factor',
      'also take off the second factor, when authenticator and codes are lost',
    )
    .addHelpText(
      'after',
      '\nNeeds what the server is started with: SALLYPORT_DATA_DIR with the root key, or SALLYPORT_ROOT_KEY and DATABASE_URL; and SALLYPORT_BASE_URL, with which the link begins.',
    )
    .action(async (email: string, options: { removeSecondFactor?: boolean }) => {
      const flags = options.removeSecondFactor === true ? ['--remove-second-factor'] : [];
      await runScript('server/src/recover.ts', [...flags, '--', email]);
    });
}
