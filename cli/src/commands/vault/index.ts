import { Command } from 'commander';
import { rotateCommand } from './rotate.ts';
import { statusCommand } from './status.ts';

export function vaultCommand(): Command {
  return new Command('vault')
    .description('show and rotate the data keys that encrypt credentials and second factors')
    .addCommand(statusCommand())
    .addCommand(rotateCommand());
}
