import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { NOT_DONE } from '../exit-codes.ts';

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
      const script = fileURLToPath(new URL('../../../server/src/recover.ts', import.meta.url));
      // Variables of this program: a person’s token is no business of the server’s.
      const { SALLYPORT_URL: _url, SALLYPORT_TOKEN: _token, ...env } = process.env;
      const flags = options.removeSecondFactor === true ? ['--remove-second-factor'] : [];
      const child = spawn(process.execPath, [script, ...flags, '--', email], { stdio: 'inherit', env });
      const [code] = (await once(child, 'exit')) as [number | null];
      process.exitCode = code ?? NOT_DONE;
    });
}
