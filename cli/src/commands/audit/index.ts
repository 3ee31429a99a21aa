import { Command } from 'commander';
import { exportCommand } from './export.ts';
import { verifyCommand } from './verify.ts';

export function auditCommand(): Command {
  return new Command('audit')
    .description('export the audit log and verify an export')
    .addCommand(exportCommand())
    .addCommand(verifyCommand());
}
