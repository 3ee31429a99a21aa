import { Command } from 'commander';
import { runScript } from './run-script.ts';

/** `sallyport recover EMAIL`: the way back for a last owner, on the server's own machine and with its settings. */
export function recoverCommand(): Command {
  return new Command('recover')
    .description('on the server: print a link to reset a password, for the last owner (others ask an admin)')
    .argument('<email>', 'the person’s e-mail address')
    .option(
      '--remove-second-factor',
      'also remove the second factor, when authenticator and recovery codes are lost',
    )
    .addHelpText(
      'after',
      '\nNeeds the environment of the server: SALLYPORT_DATA_DIR, or SALLYPORT_ROOT_KEY and DATABASE_URL; and SALLYPORT_BASE_URL, which the link starts with. Works whether the server is running or stopped.',
    )
    .action(async (email: string, options: { removeSecondFactor?: boolean }) => {
      const flags = options.removeSecondFactor === true ? ['--remove-second-factor'] : [];
      await runScript('server/src/recover.ts', [...flags, '--', email]);
    });
}
