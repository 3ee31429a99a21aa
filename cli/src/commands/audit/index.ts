import { Command } from 'commander';
import { exportCommand } from './export.ts';
import { verifyCommand } from './verify.ts';

export function auditCommand(): Command {
  return new Command('audit')
    .description('take the log away and check it')
    .addCommand(exportCommand())
    .addCommand(verifyCommand());
}
