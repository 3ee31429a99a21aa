import { Command, CommanderError } from 'commander';
import own from '../package.json' with { type: 'json' };
import { appsCommand } from './commands/apps/index.ts';
import { auditCommand } from './commands/audit/index.ts';
import { recoverCommand } from './commands/recover.ts';
import { startCommand } from './commands/start.ts';
import { vaultCommand } from './commands/vault/index.ts';
import { NOT_DONE } from './exit-codes.ts';
import { fileFault } from './file-fault.ts';
import { tell } from './print.ts';

/** The whole command line. */
export function program(): Command {
  const whole = new Command('sallyport')
    .version(own.version, '--version', 'print the version')
    .description('Manage a Sallyport server, and verify its audit log')
    .addCommand(startCommand())
    .addCommand(auditCommand())
    .addCommand(vaultCommand())
    .addCommand(recoverCommand())
    .addCommand(appsCommand());
  alike(whole);
  return whole;
}

/** Commander hands nothing down to commands that are added, and would end the process with the exit code of a finding. */
function alike(command: Command): void {
  command.exitOverride().showHelpAfterError();
  for (const one of command.commands) alike(one);
}

/** Runs one command; what could not be done is a sentence and its exit code. */
export async function main(argv: readonly string[]): Promise<void> {
  // A reader may close the pipe early, as `head` does. That is no failure, and the exit code still tells the result.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    tell(`sallyport: The output cannot be written: ${error.message}`);
    process.exit(NOT_DONE);
  });
  try {
    await program().parseAsync([...argv], { from: 'user' });
  } catch (error) {
    // Commander has printed its own errors already; help and version come as errors too, with exit code 0.
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : NOT_DONE;
    else {
      tell(`sallyport: ${(fileFault(error) as Error).message}`);
      process.exitCode = NOT_DONE;
    }
  }
}
