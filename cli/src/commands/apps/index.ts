import { Command } from 'commander';
import { exportCommand } from './export.ts';
import { importCommand } from './import.ts';
import { planCommand } from './plan.ts';

export function appsCommand(): Command {
  return new Command('apps')
    .description('export, review and import apps as text')
    .addCommand(exportCommand())
    .addCommand(importCommand())
    .addCommand(planCommand());
}
