import { Command } from 'commander';
import { rotateCommand } from './rotate.ts';
import { statusCommand } from './status.ts';

export function vaultCommand(): Command {
  return new Command('vault')
    .description('the keys that seal credentials and second factors')
    .addCommand(statusCommand())
    .addCommand(rotateCommand());
}
