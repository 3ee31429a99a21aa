import { Command } from 'commander';
import own from '../package.json' with { type: 'json' };
import { appsCommand } from './commands/apps/index.ts';
import { auditCommand } from './commands/audit/index.ts';
import { recoverCommand } from './commands/recover.ts';
import { startCommand } from './commands/start.ts';
import { vaultCommand } from './commands/vault/index.ts';
import { tell } from './print.ts';

/** The whole command line. */
export function program(): Command {
  return new Command('sallyport')
    .version(own.version, '--version', 'show which version this is')
    .description('Internal tools over live databases and APIs, with a log that anybody can check')
    .showHelpAfterError()
    .addCommand(startCommand())
    .addCommand(auditCommand())
    .addCommand(vaultCommand())
    .addCommand(recoverCommand())
    .addCommand(appsCommand());
}

/** Runs one command; an error is a sentence and exit code 1. */
export async function main(argv: readonly string[]): Promise<void> {
  // Whoever reads may have seen enough, as `head` has; what was found out is in the exit code all the same.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    tell(`sallyport: What was found out cannot be written: ${error.message}`);
    process.exit(1);
  });
  try {
    await program().parseAsync([...argv], { from: 'user' });
  } catch (error) {
    tell(`sallyport: ${(error as Error).message}`);
    process.exitCode = 1;
  }
}
